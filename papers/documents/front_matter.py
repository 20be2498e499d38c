"""Front matter in YAML (`---`) or TOML (`+++`), also where it is not quite valid."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

from papers.documents.warnings import DocumentWarning

MAX_LINES = 5_000
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
#: Settings of the programs that make sites out of Markdown: they say how and where a page is shown, and nothing else.
SETTINGS = frozenset(
    (
        "layout permalink slug url aliases alias redirect_from redirect_to weight order nav_order nav_exclude "
        "nav_title id uid type theme template sitemap robots noindex toc toc_sticky table_of_contents sidebar "
        "sidebar_position sidebar_label sidebar_link pagination_next pagination_prev paginate pagination hide_title "
        "hide_table_of_contents comments comment disqus share read_time author_profile classes class css js scripts "
        "stylesheets headless active widget design content_meta show_date show_breadcrumbs show_edit_page showtoc "
        "tocopen hidemeta pin pinned sticky featured published publish listed unlisted hidden private "
        "render_with_liquid output outputs build cascade menu menus navbar in_menu has_children parent grand_parent "
        "has_toc parent_url breadcrumb excerpt_separator highlight syntax_highlighter mermaid lang language locale "
        "encoding markup format editor execute jupyter kernelspec csl number-sections pygments header_type listing "
        "abbrlink modified lastmod updated last_modified last_modified_at last_updated showhero hero_style readingtime "
        "reading_time bibliography code-fold toc-depth title-block-banner creative_commons search_omit "
    ).split()
)
_TABLES = ("params", "extra", "taxonomies")
_KEY = re.compile(r"^(\s*(?:- +)*)([^\s:#'\"\[\]{}-][^:#\[\]{}]{0,60}?)\s*:(?:\s+|$)(.*)$")


@dataclass
class FrontMatter:
    """`values` by their names in lower case, as plain Python; `lines` says where each stands (from 1)."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    warnings: list[DocumentWarning] = field(default_factory=list)

    def text(self, *names: str) -> str:
        """The first of these values that is a text or number, as text; "" if there is none."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str | int | float | date) and not isinstance(value, bool):
                self.used.add(name)
                return str(value).strip()
        return ""

    def flag(self, *names: str) -> bool | None:
        for name in names:
            value = self.values.get(name)
            if isinstance(value, bool) or str(value).lower() in {"true", "false", "yes", "no"}:
                self.used.add(name)
                return str(value).lower() in {"true", "yes"}
        return None

    def words(self, *names: str) -> list[str]:
        """A list of words, however it is written: as a list, or parted by commas or, failing these, blanks."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                self.used.add(name)
                parts = value.strip("[] ").split(",") if "," in value else value.split()
                return [part.strip(" '\"") for part in parts if part.strip(" '\"")]
            if isinstance(value, list):
                value = [part for parts in value for part in (parts if isinstance(parts, list) else [parts])]
            if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
                self.used.add(name)
                return [str(part).strip() for part in value if str(part).strip()]
        return []

    def day(self, *names: str) -> date | None:
        """The day as its writer saw it, whatever zone it is written in."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, datetime):
                self.used.add(name)
                return value.date()
            if isinstance(value, date):
                self.used.add(name)
                return value
        return None

    def line_of(self, name: str) -> int:
        return self.lines.get(name, 1)


class WrittenLoader(yaml.SafeLoader):
    """As SafeLoader, without aliases (a few lines of them unfold to gigabytes) and with times left as written."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def _written_time(loader: Any, node: Any) -> Any:
    match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", node.value)
    try:
        return date(*(int(part) for part in match.groups())) if match else node.value
    except ValueError:
        return node.value


# With its own constructor a moment keeps the day that its writer wrote, which another zone would change.
WrittenLoader.add_constructor("tag:yaml.org,2002:timestamp", _written_time)
# Of 2101.00010, which names a paper, a number would keep less.
WrittenLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: node.value)


def read_front_matter(lines: list[str]) -> tuple[FrontMatter, int]:
    """Return the front matter and the number of lines it takes, 0 when there is none."""
    opening = lines[0].rstrip() if lines else ""
    closings = _FENCES.get(opening)
    if not closings:
        return FrontMatter(), 0
    end = next((n for n, line in enumerate(lines[1 : MAX_LINES + 2], start=1) if line.rstrip() in closings), None)
    if end is None:
        return FrontMatter(), 0
    inside = lines[1:end]
    if opening == "---" and not any(":" in line for line in inside) and any(line.strip() for line in inside):
        return FrontMatter(), 0  # a rule above the text
    found = FrontMatter()
    values = _read_toml(inside, found) if opening == "+++" else _read_yaml(inside, found)
    found.values = {str(name).strip().lower(): value for name, value in _unfolded(values).items()}
    for number, line in enumerate(inside, start=2):
        if match := re.match(r"([^\s:=#-][^:=]*?)\s*[:=]", line):
            found.lines.setdefault(match[1].strip(" \"'").lower(), number)
    return found, end + 1


def _unfolded(values: dict[str, Any]) -> dict[str, Any]:
    """What generators want in a table of its own (`[params]`, `[extra]`, `[taxonomies]`) beside the other values."""
    inner = [values[name] for name in _TABLES if isinstance(values.get(name), dict)]
    outer = {name: value for name, value in values.items() if not (name in _TABLES and isinstance(value, dict))}
    return {name: value for table in (*inner, outer) for name, value in table.items()}


def _read_toml(lines: list[str], found: FrontMatter) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(lines), parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _warn(found, lines, f"the front matter is not valid TOML ({error}); read line by line")
        pairs = [line.split("=", 1) for line in lines if "=" in line]
        return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def _read_yaml(lines: list[str], found: FrontMatter) -> dict[str, Any]:
    text = "\n".join(lines)
    values = _load(text)
    if isinstance(values, dict):
        return values
    _warn(found, lines, "the front matter is not valid YAML; read as well as possible")
    # Tabs are no indentation in YAML; how wide they were meant shows in which width makes sense of the lines.
    for width in (4, 8, 2):
        values = _load("\n".join(_quoted(line.expandtabs(width)) for line in lines))
        if isinstance(values, dict):
            return values
    matches = [match for match in map(_KEY.match, lines) if match and not match[1]]
    return {match[2]: match[3].strip().strip("\"'") for match in matches}


def _load(text: str) -> Any:
    try:
        return yaml.load(text, Loader=WrittenLoader)  # noqa: S506 -- a SafeLoader that refuses aliases
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return None


def _quoted(line: str) -> str:
    """The line with its value in quotes, so that colons, brackets and signs in it stay text."""
    match = _KEY.match(line)
    if not match or not match[3].strip() or match[3].strip() in {"|", ">", "|-", ">-"}:
        return line
    value = match[3].strip()
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value = value[1:-1]
    if re.fullmatch(r"true|false|-?\d+(?:\.\d+)?|\d{4}-\d\d?-\d\d?.*|\[[^\[\]:]*\]", value):
        return line
    return f"{match[1]}{match[2]}: {json.dumps(value, ensure_ascii=False)}"


def _warn(found: FrontMatter, lines: list[str], reason: str) -> None:
    found.warnings.append(DocumentWarning(1, " ".join(lines)[:200], reason))
