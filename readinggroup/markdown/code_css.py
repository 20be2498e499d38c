"""The colours of code, made from two styles of accessible-pygments: light and dark beside each other."""

from a11y_pygments.a11y_high_contrast_light.style import Theme as Light
from a11y_pygments.github_dark.style import Theme as Dark
from pygments.style import Style
from pygments.token import STANDARD_TYPES

HEADER = "/* Code in rendered Markdown. Made by `manage.py build_code_css` from readinggroup/markdown/code_css.py. */\n"


def code_css() -> str:
    """The whole of static/css/code.css: one rule per kind of token that either style colours."""
    rules = []
    light, dark = _declarations(Light), _declarations(Dark)
    for token, name in sorted(STANDARD_TYPES.items(), key=lambda item: item[1]):
        if not name or token not in light:
            continue
        day, night = light[token], dark[token]
        lines = []
        if day["color"] or night["color"]:
            lines.append(f"  color: light-dark({_colour(day)}, {_colour(night)});")
        if day["bold"] and night["bold"]:
            lines.append("  font-weight: 600;")
        if day["italic"] and night["italic"]:
            lines.append("  font-style: italic;")
        if lines:
            rules.append("\n".join([f".code .{name} {{", *lines, "}"]))
    return HEADER + "\n".join(rules) + "\n"


def _declarations(style: type[Style]) -> dict[object, dict[str, object]]:
    return {token: dict(declared) for token, declared in style}


def _colour(declared: dict[str, object]) -> str:
    return f"#{declared['color']}" if declared["color"] else "currentcolor"
