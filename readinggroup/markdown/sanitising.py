"""The last step of every render: what is not on these lists does not leave the house."""

import nh3
from pygments.token import STANDARD_TYPES

from readinggroup.markdown.images import WIDTH_CLASSES
from readinggroup.markdown.math_styles import ALL_CLASSES

PROSE_TAGS = frozenset(
    """
    a blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr img input li ol p pre s section
    span strong sub sup table tbody td th thead tr u ul b i
    """.split()
)
# The elements of MathML Core that the converter writes; no `maction`, `annotation-xml`, `semantics` or links.
MATH_TAGS = frozenset(
    """
    math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
    """.split()
)
MATH_ATTRIBUTES = frozenset(
    """
    accent accentunder depth display displaystyle height largeop linethickness lspace mathvariant
    maxsize minsize movablelimits notation rspace scriptlevel stretchy symmetric voffset width
    columnspan rowspan form fence separator
    """.split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id", "role", "aria-label", "rel"},
    "div": {"role", "aria-label", "tabindex"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "input": {"checked", "disabled", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "section": {"role", "aria-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS},
}
for _tag in ("mtable", "mtr", "mtd", "mrow", "math"):
    ATTRIBUTES[_tag].add("id")

_CODE_CLASSES = {name for name in STANDARD_TYPES.values() if name} | {"w"}
CLASSES: dict[str, set[str]] = {
    "a": {"footnote-back"},
    "div": {"table-scroll", "math-display"},
    "img": set(WIDTH_CLASSES),
    "input": {"task-list-item-checkbox"},
    "li": {"task-list-item"},
    "ol": {"contains-task-list"},
    "ul": {"contains-task-list"},
    "pre": {"code"},
    "section": {"footnotes"},
    "span": _CODE_CLASSES | {"math-error", "math-error-reason"} | ALL_CLASSES,
    "sup": {"footnote-ref"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
    **{tag: set(ALL_CLASSES) for tag in MATH_TAGS},
}
URL_SCHEMES = {"http", "https", "mailto"}

_CLEANER = nh3.Cleaner(
    tags=set(PROSE_TAGS | MATH_TAGS),
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    url_schemes=URL_SCHEMES,
    link_rel=None,
    strip_comments=True,
    tag_attribute_values={"input": {"type": {"checkbox"}}},
)
_PHRASE_CLEANER = nh3.Cleaner(
    tags={"code", "em", "strong", "sub", "sup", *MATH_TAGS},
    attributes={tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS},
    allowed_classes={tag: set(ALL_CLASSES) for tag in MATH_TAGS},
    link_rel=None,
)


def sanitise(html: str) -> str:
    """Keep what the lists above name; drop all other tags, attributes, classes and addresses."""
    return _CLEANER.clean(html)


def sanitise_phrase(html: str) -> str:
    """The same for a heading repeated in a table of contents: no links, no ids, no blocks."""
    return _PHRASE_CLEANER.clean(html)
