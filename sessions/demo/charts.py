"""Charts and tables on the demo's slides; each draws the `data` of one slide into a box."""

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sessions.demo.drawing import Box, Theme, fill, mix, write


def draw_bars(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Lying bars: `labels`, `values`, optional `highlight` (an index), `unit` and `shown` (texts for the values)."""
    values = data["values"]
    shown = data.get("shown") or [f"{value:g}{data.get('unit', '')}" for value in values]
    step = box.height / len(values)
    label_width = box.width * 0.3
    room = box.width - label_width - 110
    for place, (label, value) in enumerate(zip(data["labels"], values, strict=True)):
        y = box.top - step * (place + 1)
        bar = Box(box.x + label_width + 16, y + step * 0.22, max(room * value / max(values), 2), step * 0.56)
        strong = place == data.get("highlight", 0)
        fill(canvas, bar, theme.main if strong else mix(theme.main, theme.paper, 0.6), radius=4)
        write(canvas, label, Box(box.x, y, label_width, step * 0.5 + 11), size=18, color=theme.ink)
        canvas.setFillColor(theme.ink)
        canvas.setFont("Sans-Bold", 18)
        canvas.drawString(bar.right + 10, bar.y + bar.height / 2 - 6, shown[place])


def draw_columns(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Standing columns, in groups when `values` holds lists; `names` is then the legend."""
    groups = [value if isinstance(value, list) else [value] for value in data["values"]]
    top = max(value for group in groups for value in group)
    plot = box.inset(bottom=34, top=30)
    step = plot.width / len(groups)
    colors = [theme.main, theme.second, mix(theme.main, theme.paper, 0.5)]
    for place, group in enumerate(groups):
        width = min(step * 0.7 / len(group), 90)
        left = plot.x + step * place + (step - width * len(group)) / 2
        for number, value in enumerate(group):
            bar = Box(left + width * number, plot.y, width - 4, plot.height * value / top)
            fill(canvas, bar, colors[number % len(colors)], radius=3)
            canvas.setFillColor(theme.ink)
            canvas.setFont("Sans-Bold", 16)
            canvas.drawCentredString(bar.x + bar.width / 2, bar.top + 6, f"{value:g}{data.get('unit', '')}")
        label = Box(plot.x + step * place, box.y, step, 26)
        write(canvas, data["labels"][place], label, size=16, color=theme.muted, centred=True)
    _legend(canvas, theme, box, data.get("names", []), colors)


def draw_lines(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """Curves through the points of each series (`x`, `y`), with axis names; a `mark` is a dashed line at an x."""
    has_names = any(series["name"] for series in data["series"])
    plot = box.inset(left=44 if has_names else 10, bottom=40, right=130 if has_names else 10, top=12)
    xs = [x for series in data["series"] for x in series["x"]]
    ys = [y for series in data["series"] for y in series["y"]]
    low, high = data.get("y_from", min(ys)), data.get("y_to", max(ys))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - min(xs)) / ((max(xs) - min(xs)) or 1)
        return plot.x + across * plot.width, plot.y + (y - low) / ((high - low) or 1) * plot.height

    _axes(canvas, theme, plot, data)
    if "mark" in data:
        x, _ = place(data["mark"], low)
        canvas.setDash(4, 4)
        canvas.setStrokeColor(theme.muted)
        canvas.line(x, plot.y, x, plot.top)
        canvas.setDash()
        write(canvas, data.get("mark_name", ""), Box(x + 8, plot.top - 40, 200, 40), size=15, color=theme.muted)
    colors = [theme.main, theme.second, theme.muted]
    for number, series in enumerate(data["series"]):
        points = [place(x, y) for x, y in zip(series["x"], series["y"], strict=True)]
        _curve(canvas, points, colors[number % 3])
        x, y = points[-1]
        write(canvas, series["name"], Box(x + 10, y - 12, 124, 44), size=16, font="Sans-Bold", color=colors[number % 3])


def draw_table(canvas: Canvas, theme: Theme, box: Box, data: dict[str, Any]) -> None:
    """`header` and `rows` of texts; the row `highlight` stands on a tint."""
    rows = [data["header"], *data["rows"]]
    height = min(box.height / len(rows), 52)
    first = box.width * data.get("first", 0.4)
    others = (box.width - first) / max(len(data["header"]) - 1, 1)
    for place, row in enumerate(rows):
        y = box.top - height * (place + 1)
        if place and place - 1 == data.get("highlight", -1):
            fill(canvas, Box(box.x - 10, y, box.width + 20, height), theme.soft, radius=4)
        canvas.setStrokeColor(theme.ink if place == 0 else mix(theme.muted, theme.paper, 0.6))
        canvas.setLineWidth(1.4 if place == 0 else 0.6)
        canvas.line(box.x - 10, y, box.right + 10, y)
        for column, text in enumerate(row):
            x = box.x if column == 0 else box.x + first + others * (column - 1)
            cell = Box(x, y, (first if column == 0 else others) - 12, height - 12)
            font, color = ("Sans-Bold", theme.muted) if place == 0 else ("Sans", theme.ink)
            write(canvas, text, cell, size=18, font=font, color=color)


def _axes(canvas: Canvas, theme: Theme, plot: Box, data: dict[str, Any]) -> None:
    canvas.setStrokeColor(theme.ink)
    canvas.setLineWidth(1.2)
    canvas.line(plot.x, plot.y, plot.right, plot.y)
    canvas.line(plot.x, plot.y, plot.x, plot.top)
    write(canvas, data.get("x_name", ""), Box(plot.x, plot.y - 36, plot.width, 26), size=16, color=theme.muted)
    canvas.saveState()
    canvas.translate(plot.x - 18, plot.y)
    canvas.rotate(90)
    canvas.setFillColor(theme.muted)
    canvas.setFont("Sans", 16)
    canvas.drawString(0, 0, data.get("y_name", ""))
    canvas.restoreState()


def _curve(canvas: Canvas, points: list[tuple[float, float]], color: Any) -> None:
    """A Catmull-Rom spline, written as the Bezier pieces that PDF knows."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    padded = [points[0], *points, points[-1]]
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.curveTo(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
    canvas.setStrokeColor(color)
    canvas.setLineWidth(3)
    canvas.setLineCap(1)
    canvas.drawPath(path)


def _legend(canvas: Canvas, theme: Theme, box: Box, names: list[str], colors: list[Any]) -> None:
    x = box.x
    for name, color in zip(names, colors, strict=False):
        fill(canvas, Box(x, box.top - 8, 12, 12), color, radius=2)
        canvas.setFillColor(theme.ink)
        canvas.setFont("Sans", 15)
        canvas.drawString(x + 18, box.top - 7, name)
        x += 40 + canvas.stringWidth(name, "Sans", 15)
