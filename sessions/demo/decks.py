"""Draw the demo's slide decks: `python -m sessions.demo.decks FOLDER` writes them all as PDF.

A deck is a TOML file in `slides/`: a theme, a cover and a list of slides, each with a `kind` from `FIGURES` or one of
the text kinds below. The same file always gives the same bytes.
"""

import sys
import tomllib
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sessions.demo import charts, diagrams
from sessions.demo.drawing import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    THEMES,
    Box,
    Theme,
    fill,
    mix,
    register_fonts,
    write,
)

FIGURES = {
    "bars": charts.draw_bars,
    "columns": charts.draw_columns,
    "lines": charts.draw_lines,
    "table": charts.draw_table,
    "flow": diagrams.draw_flow,
    "patches": diagrams.draw_patches,
    "attention": diagrams.draw_attention,
    "rays": diagrams.draw_rays,
    "landscape": diagrams.draw_landscape,
    "scatter": diagrams.draw_scatter,
}
_PAGE = Box(0, 0, PAGE_WIDTH, PAGE_HEIGHT)


def deck_names() -> list[str]:
    folder = files("sessions.demo").joinpath("slides")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def draw_deck(name: str) -> bytes:
    """Return the PDF of the deck `name`. Raises FileNotFoundError for an unknown one."""
    source = files("sessions.demo").joinpath("slides", f"{name}.toml").read_text(encoding="utf-8")
    return draw(tomllib.loads(source))


def draw(deck: dict[str, Any]) -> bytes:
    register_fonts()
    theme = THEMES[deck["theme"]]
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    canvas.setTitle(deck["title"])
    canvas.setAuthor(deck.get("presenter", ""))
    _draw_cover(canvas, theme, deck)
    canvas.showPage()
    slides = deck["slides"]
    for number, slide in enumerate(slides, start=2):
        _draw_slide(canvas, theme, slide)
        _draw_footer(canvas, theme, slide, deck["title"], number, len(slides) + 1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_cover(canvas: Canvas, theme: Theme, deck: dict[str, Any]) -> None:
    canvas.linearGradient(0, PAGE_HEIGHT, PAGE_WIDTH, 0, (theme.deep, mix(theme.deep, theme.main, 0.75)))
    art = deck.get("art")
    if art:
        _draw_art(canvas, theme, deck, art)
    width = 520 if art else 780
    height = write(
        canvas,
        deck["title"],
        Box(MARGIN, 190, width, 260),
        size=46,
        font="Serif-Bold",
        color=theme.on_deep,
        leading=1.15,
    )
    pale = mix(theme.on_deep, theme.deep, 0.18)
    subtitle = Box(MARGIN, 100, width, 450 - height - 100 - 20)
    write(canvas, deck.get("subtitle", ""), subtitle, size=21, font="Serif", color=pale)
    canvas.setFillColor(pale)
    canvas.setFont("Sans", 17)
    canvas.drawString(MARGIN, 52, " · ".join(part for part in (deck.get("presenter"), deck.get("source")) if part))


def _draw_art(canvas: Canvas, theme: Theme, deck: dict[str, Any], art: str) -> None:
    """A figure as the cover's picture, on a sheet of paper."""
    sheet = Box(620, 110, 300, 320)
    fill(canvas, sheet, theme.paper, radius=10)
    inside = sheet.inset(18, 18, 18, 18)
    if art == "patches":
        diagrams.draw_picture(canvas, theme, Box(inside.x, inside.y + 10, 264, 264), 12, deck.get("masked", 0.0))
    else:
        FIGURES[art](canvas, theme, inside, deck["art_data"])


def _draw_slide(canvas: Canvas, theme: Theme, slide: dict[str, Any]) -> None:
    kind = slide["kind"]
    if kind == "statement":
        fill(canvas, _PAGE, theme.deep)
        box = Box(MARGIN + 20, 150, PAGE_WIDTH - 2 * MARGIN - 40, 250)
        write(canvas, slide["text"], box, size=50, font="Serif-Bold", color=theme.on_deep, leading=1.2)
        write(
            canvas,
            slide.get("note", ""),
            Box(MARGIN + 20, 64, 740, 60),
            size=19,
            color=mix(theme.on_deep, theme.deep, 0.25),
        )
        return
    fill(canvas, _PAGE, theme.paper)
    fill(canvas, Box(MARGIN, PAGE_HEIGHT - 58, 44, 5), theme.main)
    title = Box(MARGIN, PAGE_HEIGHT - 128, PAGE_WIDTH - 2 * MARGIN, 58)
    write(canvas, slide["title"], title, size=33, font="Serif-Bold", color=theme.ink, leading=1.1)
    body = Box(MARGIN, 84, PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 84 - 150)
    if slide.get("caption"):
        write(canvas, slide["caption"], Box(MARGIN, 56, body.width, 48), size=16, color=theme.muted, from_bottom=True)
        body = body.inset(bottom=34)
    if kind in FIGURES:
        FIGURES[kind](canvas, theme, body, slide)
    elif kind == "two":
        for half, column in zip(body.halves(), slide["columns"], strict=True):
            head = write(canvas, column["title"], half, size=25, font="Sans-Bold", color=theme.main)
            _draw_points(canvas, theme, half.inset(top=head + 14), column["points"], size=23)
    elif kind == "formula":
        _draw_formula(canvas, theme, body, slide)
    else:
        _draw_points(canvas, theme, body, slide["points"], size=27)


def _draw_points(canvas: Canvas, theme: Theme, box: Box, points: list[str], *, size: float) -> None:
    y = box.top
    for point in points:
        canvas.setFillColor(theme.main)
        canvas.circle(box.x + 5, y - size * 0.72, 4, stroke=0, fill=1)
        line = Box(box.x + 26, box.y, box.width - 26, max(y - box.y, size * 1.4))
        y -= write(canvas, point, line, size=size, color=theme.ink) + size * 0.75


def _draw_formula(canvas: Canvas, theme: Theme, box: Box, slide: dict[str, Any]) -> None:
    sheet = Box(box.x, box.top - 130, box.width, 130)
    fill(canvas, sheet, theme.soft, radius=8)
    line = sheet.inset(20, 20, 20, 36)
    formula = (
        slide["formula"].replace("<sub>", '<sub size="22" rise="7">').replace("<super>", '<super size="22" rise="13">')
    )
    write(canvas, formula, line, size=34, font="Math", color=theme.ink, centred=True, leading=1.5)
    _draw_points(canvas, theme, box.inset(top=156), slide["points"], size=22)


def _draw_footer(canvas: Canvas, theme: Theme, slide: dict[str, Any], title: str, number: int, count: int) -> None:
    dark = slide["kind"] == "statement"
    canvas.setFillColor(mix(theme.on_deep, theme.deep, 0.4) if dark else theme.muted)
    canvas.setFont("Sans", 12)
    canvas.drawString(MARGIN, 26, title)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, 26, f"{number} / {count}")


def main(folder: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name in deck_names():
        (target / f"{name}.pdf").write_bytes(draw_deck(name))


if __name__ == "__main__":
    main(sys.argv[1])
