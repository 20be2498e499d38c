"""Drawings on the demo's slides: flows, patches, attention maps, rays, energies. Seeded, so always the same."""

import math
import random
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sessions.demo.drawing import Box, Theme, fill, mix, write


def draw_flow(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Boxes from left to right with arrows; the box `highlight` is filled. `notes` stand below the boxes."""
    steps = data["steps"]
    gap = 34.0
    width = (box.width - gap * (len(steps) - 1)) / len(steps)
    height = min(box.height * 0.5, 130)
    y = box.y + box.height * 0.5 - height * 0.3
    for place, text in enumerate(steps):
        cell = Box(box.x + (width + gap) * place, y, width, height)
        strong = place == data.get("highlight", -1)
        fill(canvas, cell, theme.main if strong else theme.soft, radius=8)
        color = theme.on_deep if strong else theme.ink
        write(
            canvas,
            text,
            cell.inset(12, 12, 12, height * 0.34 - 0.1 * len(text)),
            size=21,
            font="Sans-Bold",
            color=color,
            centred=True,
        )
        if place < len(steps) - 1:
            arrow(canvas, theme, cell.right + 5, y + height / 2, cell.right + gap - 5, y + height / 2)
        note = (data.get("notes") or [""] * len(steps))[place]
        write(canvas, note, Box(cell.x, y - 80, width, 68), size=17, color=theme.muted, centred=True)


def draw_patches(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """A drawn landscape cut into patches, of which a share of `masked` is hidden, beside the whole one."""
    side = min(box.height, (box.width - 60) / 2)
    left = Box(box.x + (box.width - side * 2 - 60) / 2, box.y, side, side)
    for place, masked in enumerate((data.get("masked", 0.75), 0.0)):
        draw_picture(
            canvas, theme, Box(left.x + (side + 60) * place, left.y, side, side), data.get("cells", 12), masked
        )
    arrow(canvas, theme, left.right + 10, left.y + side / 2, left.right + 50, left.y + side / 2)


def draw_picture(canvas: Canvas, theme: Theme, box: Box, cells: int, masked: float) -> None:
    chance = random.Random(7)  # noqa: S311 - a picture, not a secret
    step = box.width / cells
    hidden = set(chance.sample(range(cells * cells), round(cells * cells * masked)))
    for number in range(cells * cells):
        column, row = number % cells, number // cells
        x, y = (column + 0.5) / cells, (row + 0.5) / cells
        hill = 0.32 + 0.14 * math.sin(x * 7) + 0.06 * math.sin(x * 17)
        sun = math.hypot(x - 0.72, y - 0.74) < 0.13
        color = mix(theme.soft, theme.main, 0.15 + 0.5 * (1 - y))
        if y < hill:
            color = mix(theme.deep, theme.main, 0.5 * y / hill)
        elif sun:
            color = theme.second
        if number in hidden:
            color = mix(theme.muted, theme.paper, 0.72)
        fill(canvas, Box(box.x + column * step, box.y + row * step, step - 1.5, step - 1.5), color)


def draw_attention(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """A map of weights between words; `pattern` is "diagonal", "noisy" or "anchor"."""
    words = data["words"]
    count = len(words)
    side = min(box.height - 30, box.width * 0.55)
    left = box.x + (150 if any(words) else 0)
    side = side if any(words) else box.width
    cell = side / count
    chance = random.Random(count)  # noqa: S311
    for row in range(count):
        canvas.setFillColor(theme.ink)
        canvas.setFont("Sans", min(17, cell * 0.6))
        canvas.drawRightString(left - 10, box.top - cell * (row + 0.65), words[row])
        for column in range(count):
            weight = _weight(data.get("pattern", "diagonal"), row, column, chance)
            square = Box(left + cell * column, box.top - cell * (row + 1), cell - 2, cell - 2)
            fill(canvas, square, mix(theme.soft, theme.main, weight), radius=2)
    note = Box(left + side + 40, box.y, box.right - left - side - 40, box.height)
    write(canvas, data.get("note", ""), note, size=20, color=theme.ink)


def _weight(pattern: str, row: int, column: int, chance: random.Random) -> float:
    near = math.exp(-abs(row - column) / 1.1)
    if pattern == "noisy":
        return min(1.0, 0.25 + near * 0.4 + chance.random() * 0.5)
    if pattern == "anchor":
        return min(1.0, near * 0.7 + (0.8 if column == 0 else 0.05 * chance.random()))
    return near


def draw_rays(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Two cameras look at one object; the samples along each ray are the points that a network is asked about."""
    middle_x, middle_y = box.x + box.width * 0.55, box.y + box.height * 0.52
    unit = min(box.width / 800, 1)
    for share in range(9, 0, -1):
        canvas.setFillColor(mix(theme.paper, theme.second, 0.12 + (10 - share) * 0.07))
        canvas.circle(middle_x, middle_y, share * 14 * max(unit, 0.6), stroke=0, fill=1)
    for camera_y in (box.y + 24, box.top - 24):
        camera_x = box.x + 70 * unit + 10
        for spread in (-60, 0, 60):
            end_x, end_y = middle_x + 170 * max(unit, 0.55), middle_y + spread + (middle_y - camera_y) * 0.35
            canvas.setStrokeColor(mix(theme.main, theme.paper, 0.45))
            canvas.setLineWidth(1.4)
            canvas.line(camera_x, camera_y, end_x, end_y)
            for place in range(5, 15):
                x = camera_x + (end_x - camera_x) * place / 15
                y = camera_y + (end_y - camera_y) * place / 15
                canvas.setFillColor(theme.main)
                canvas.circle(x, y, 3.4, stroke=0, fill=1)
        fill(canvas, Box(camera_x - 34, camera_y - 16, 40, 32), theme.muted, radius=5)
    write(canvas, data.get("note", ""), Box(box.right - 190, box.top - 90, 190, 90), size=17, color=theme.muted)


def draw_landscape(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """An energy with `valleys`; a ball rolls from a damaged pattern into the nearest stored one."""
    names = data["valleys"]
    steps = 240
    points = []
    for place in range(steps + 1):
        share = place / steps
        height = 0.62 - 0.36 * math.cos(share * len(names) * 2 * math.pi + math.pi)
        points.append((box.x + share * box.width, box.y + 40 + height * (box.height - 80)))
    path = canvas.beginPath()
    path.moveTo(box.x, box.y)
    for x, y in points:
        path.lineTo(x, y)
    path.lineTo(box.right, box.y)
    path.close()
    canvas.setFillColor(theme.soft)
    canvas.drawPath(path, stroke=0, fill=1)
    x, y = points[int(steps / len(names) * 1.22)]
    canvas.setFillColor(theme.second)
    canvas.circle(x, y + 14, 14, stroke=0, fill=1)
    for place, name in enumerate(names):
        width = box.width / len(names)
        label = Box(box.x + width * place, box.y + 6, width, 50)
        write(canvas, name, label, size=17, font="Sans-Bold", color=theme.ink, centred=True)


def draw_scatter(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Two clouds of points; with `outline` those to be forgotten are ringed."""
    chance = random.Random(data.get("seed", 3))  # noqa: S311
    clouds = ((0.32, 0.6, theme.main), (0.66, 0.4, theme.second))
    canvas.setLineWidth(1)
    for across, up, color in clouds:
        for _ in range(90):
            x = box.x + box.width * (across + chance.gauss(0, 0.075))
            y = box.y + box.height * (up + chance.gauss(0, 0.13))
            canvas.setFillColor(mix(color, theme.paper, chance.random() * 0.4))
            canvas.circle(x, y, 5.5, stroke=0, fill=1)
            if data.get("outline") and color is theme.second and chance.random() < 0.25:
                canvas.setStrokeColor(theme.ink)
                canvas.circle(x, y, 10, stroke=1, fill=0)
    write(canvas, data.get("note", ""), Box(box.right - 250, box.top - 110, 250, 110), size=17, color=theme.muted)


def arrow(canvas: Canvas, theme: Theme, x1: float, y1: float, x2: float, y2: float) -> None:
    canvas.setStrokeColor(theme.muted)
    canvas.setFillColor(theme.muted)
    canvas.setLineWidth(2)
    canvas.line(x1, y1, x2 - 7, y2)
    path = canvas.beginPath()
    path.moveTo(x2, y2)
    path.lineTo(x2 - 10, y2 + 5)
    path.lineTo(x2 - 10, y2 - 5)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
