"""The formula converter aligns with `style=`; a strict Content-Security-Policy drops it, so each declaration becomes a
class of static/css/math.css. A declaration without a class is left out."""

import colorsys
import re

CLASSES = {
    "text-align:left": "math-left",
    "text-align:right": "math-right",
    "padding-left:0": "math-pl-0",
    "padding-right:0": "math-pr-0",
    "padding-left:1em": "math-pl-1",
    "padding-left:0.1em": "math-pl-thin",
    "padding-right:0.1em": "math-pr-thin",
    "padding-top:0": "math-pt-0",
    "padding-bottom:0": "math-pb-0",
    "padding-top:0.1667em": "math-pt-thin",
    "width:100%": "math-w-100",
    "width:50%": "math-w-50",
    "width:7.5%": "math-w-7",
    "border-left:0.05em solid currentcolor": "math-line-left",
    "border-right:0.05em solid currentcolor": "math-line-right",
    "border-top:0.05em solid currentcolor": "math-line-top",
    "border-left:0.05em dashed currentcolor": "math-dash-left",
    "border-right:0.05em dashed currentcolor": "math-dash-right",
    "border-top:0.05em dashed currentcolor": "math-dash-top",
    "font-variant-caps:small-caps": "math-small-caps",
    "math-shift:compact": "math-compact",
    **{f"font-size:{size}%": f"math-size-{size}" for size in (50, 60, 70, 80, 90)},
}
# Hues in degrees; the stylesheet gives each a shade that can be read in light and in dark.
HUES = (
    (20, "red"),
    (45, "orange"),
    (70, "yellow"),
    (165, "green"),
    (200, "teal"),
    (260, "blue"),
    (330, "violet"),
    (361, "red"),
)
COLOURS = frozenset(f"math-{name}" for _, name in HUES) | {"math-gray"}
ENCLOSURES = frozenset({"menclose-updiagonalstrike", "menclose-downdiagonalstrike", "menclose-phasorangle"})
FONTS = frozenset({"math-core-sans-serif-font", "math-core-serif-font"})
ALL_CLASSES = frozenset(CLASSES.values()) | COLOURS | ENCLOSURES | FONTS

_STYLE = re.compile(r'(<[a-z]+)((?: [a-z-]+="[^"]*")*?) style="([^"]*)"')
_COLOUR = re.compile(r"color:#([0-9A-Fa-f]{6})$")


def styles_to_classes(mathml: str) -> str:
    """Replace every `style` attribute of the converter's output by classes."""
    return _STYLE.sub(_replace, mathml)


def _replace(match: re.Match[str]) -> str:
    classes = [name for declaration in match.group(3).split(";") if (name := _class_for(declaration))]
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    return f"{match.group(1)}{match.group(2)}{attribute}"


def _class_for(declaration: str) -> str | None:
    declaration = re.sub(r"\s*:\s*", ":", declaration.strip())
    if colour := _COLOUR.match(declaration):
        return _colour_class(colour.group(1))
    return CLASSES.get(declaration)


def _colour_class(code: str) -> str:
    red, green, blue = (int(code[start : start + 2], 16) / 255 for start in (0, 2, 4))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.1:
        return "math-gray"
    return next(f"math-{name}" for limit, name in HUES if hue * 360 < limit)
