"""Fonts, colours and text boxes for the demo's slides. Lengths are PDF points, the origin is bottom left."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

PAGE_WIDTH, PAGE_HEIGHT = 960.0, 540.0
MARGIN = 64.0

_FONTS = {
    "Serif": ("font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    "Serif-Bold": ("font_source_serif_pro", "files/SourceSerifPro-Semibold.ttf"),
    "Serif-Italic": ("font_source_serif_pro", "files/SourceSerifPro-It.ttf"),
    "Sans": ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    "Sans-Bold": ("font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    "Math": ("ziamath", "fonts/STIXTwoMath-Regular.ttf"),
}


@dataclass(frozen=True)
class Theme:
    """`paper` and `ink` make the page; `deep` fills covers; `main`, `second` and `soft` colour the figures."""

    paper: Color
    ink: Color
    muted: Color
    deep: Color
    main: Color
    second: Color
    soft: Color

    @property
    def on_deep(self) -> Color:
        return HexColor("#ffffff")


def _theme(paper: str, ink: str, muted: str, deep: str, main: str, second: str, soft: str) -> Theme:
    return Theme(*(HexColor(value) for value in (paper, ink, muted, deep, main, second, soft)))


THEMES = {
    "brick": _theme("#fffdf9", "#261c19", "#7a6a62", "#7d2c24", "#b5432f", "#e0a458", "#f3e2d6"),
    "teal": _theme("#fbfdfc", "#14292b", "#5d7476", "#1d4e57", "#2f8f8b", "#e2a03f", "#d8ebe8"),
    "indigo": _theme("#fcfcff", "#1d1b33", "#6b688a", "#352f7a", "#5b53d6", "#e5739a", "#e2e1f8"),
    "night": _theme("#16181f", "#eef0f5", "#9aa0b2", "#0c0e14", "#7aa2f7", "#f7b267", "#2a2e3d"),
    "plum": _theme("#fffcfd", "#2b1424", "#80677a", "#4f1540", "#a3386c", "#4b8f8c", "#f4dfe9"),
    "slate": _theme("#fbfcfd", "#1c2430", "#65707f", "#26344a", "#48688f", "#d98e4a", "#dfe6ee"),
    "forest": _theme("#fcfdf9", "#182618", "#64745f", "#174a36", "#3c8d54", "#d8a536", "#dfeedd"),
    "ocean": _theme("#fafdff", "#102334", "#5b7286", "#12395b", "#2273b9", "#f08a5d", "#d6e8f7"),
}


def register_fonts() -> None:
    """Make the type of the site known to reportlab; the font packages are installed with the project."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, (package, path) in _FONTS.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(_package_folder(package) / path)))
    pdfmetrics.registerFontFamily(
        "Sans", normal="Sans", bold="Sans-Bold", italic="Serif-Italic", boldItalic="Sans-Bold"
    )
    pdfmetrics.registerFontFamily(
        "Serif", normal="Serif", bold="Serif-Bold", italic="Serif-Italic", boldItalic="Serif-Bold"
    )


def _package_folder(name: str) -> Path:
    """Where a package lies, without importing it: only its font files are wanted."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name}, which carries a font, is not installed.")
    return Path(spec.origin).parent


@dataclass(frozen=True)
class Box:
    """A rectangle on the page: left, bottom, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.y + self.height

    @property
    def right(self) -> float:
        return self.x + self.width

    def inset(self, left: float = 0, bottom: float = 0, right: float = 0, top: float = 0) -> "Box":
        return Box(self.x + left, self.y + bottom, self.width - left - right, self.height - bottom - top)

    def halves(self, gap: float = 40) -> tuple["Box", "Box"]:
        half = (self.width - gap) / 2
        return Box(self.x, self.y, half, self.height), Box(self.x + half + gap, self.y, half, self.height)


def write(  # noqa: PLR0913 - how text looks is many small facts
    canvas: Canvas,
    text: str,
    box: Box,
    *,
    size: float = 20,
    font: str = "Sans",
    color: Color,
    centred: bool = False,
    from_bottom: bool = False,
    leading: float = 1.28,
) -> float:
    """Set `text` (reportlab's small markup allowed) into the box, from its top; return the height used.

    The type shrinks in small steps until the text fits.
    """
    if not text or box.width <= 0:
        return 0
    while True:
        style = ParagraphStyle(
            "text",
            fontName=font,
            fontSize=size,
            leading=size * leading,
            textColor=color,
            alignment=TA_CENTER if centred else TA_LEFT,
        )
        paragraph = Paragraph(text, style)
        _, height = paragraph.wrap(box.width, 10_000)
        if height <= box.height or size <= 8:
            break
        size -= 1
    paragraph.drawOn(canvas, box.x, box.y if from_bottom else box.top - height)
    return height


def fill(canvas: Canvas, box: Box, color: Color, *, radius: float = 0) -> None:
    canvas.setFillColor(color)
    canvas.roundRect(box.x, box.y, box.width, box.height, radius, stroke=0, fill=1)


def mix(first: Color, second: Color, share: float) -> Color:
    """The colour between two; `share` 0 is the first, 1 the second."""
    return Color(*(a + (b - a) * share for a, b in zip(first.rgb(), second.rgb(), strict=True)))
