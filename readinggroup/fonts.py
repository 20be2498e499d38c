"""The site's fonts, cut from the packages that carry them.

Source Serif and Source Sans (SIL Open Font License) come from their Python packages, the mathematics from STIX Two
Math in `ziamath`; fontTools keeps the scripts that papers use and writes WOFF2 into the build folder. Nothing of it is
committed.
"""

import logging
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

from readinggroup.building import only_builder

#: Latin with all its accents, Greek, Cyrillic, punctuation, currency, letter-like signs, arrows, common mathematics.
TEXT = [
    (0x20, 0x24F), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x206F),
    (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
]  # fmt: skip
#: What formulas need: letters, the mathematical alphabets, operators, arrows, brackets and their pieces.
MATHEMATICS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x237, 0x237), (0x2C6, 0x2DC), (0x300, 0x36F), (0x370, 0x3FF),
    (0x2000, 0x206F), (0x20D0, 0x20FF), (0x2100, 0x214F), (0x2190, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x266F),
    (0x27C0, 0x27FF), (0x2900, 0x2AFF), (0x1D400, 0x1D7FF),
]  # fmt: skip


@dataclass(frozen=True)
class Font:
    """One file to ship: where it comes from, what it is called, and which characters it keeps."""

    name: str
    package: str
    path: str
    ranges: tuple[tuple[int, int], ...] = tuple(TEXT)
    layout_features: tuple[str, ...] = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "onum", "tnum", "sups", "subs")

    @property
    def source(self) -> Path:
        return Path(str(files(self.package))) / self.path

    @property
    def file_name(self) -> str:
        return f"{self.name}.woff2"


FONTS = (
    Font("source-sans-400", "font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    Font("source-sans-400-italic", "font_source_sans_pro", "files/SourceSansPro-It.ttf"),
    Font("source-sans-600", "font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    Font("source-serif-400", "font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    Font("source-serif-400-italic", "font_source_serif_pro", "files/SourceSerifPro-It.ttf"),
    Font("source-serif-600", "font_source_serif_pro", "files/SourceSerifPro-Semibold.ttf"),
    Font("stix-two-math", "ziamath", "fonts/STIXTwoMath-Regular.ttf", tuple(MATHEMATICS), ("*",)),
)
LICENCES = {
    "source-sans-OFL.txt": ("font_source_sans_pro", "files/LICENSE.txt"),
    "source-serif-OFL.txt": ("font_source_serif_pro", "files/LICENSE.txt"),
}
STAMP = "built-from.txt"


def build_fonts(folder: Path) -> bool:
    """Write every font as WOFF2 into `folder`, with its licence; return False when they were there already."""
    with only_builder(folder):
        if _is_current(folder):
            return False
        logging.getLogger("fontTools").setLevel(logging.WARNING)
        for font in FONTS:
            _write(font, folder / font.file_name)
        for name, (package, path) in LICENCES.items():
            shutil.copyfile(Path(str(files(package))) / path, folder / name)
        # Last, so that an interrupted build is built again.
        (folder / STAMP).write_text(_origin())
    return True


def _is_current(folder: Path) -> bool:
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text() == _origin()


def _origin() -> str:
    packages = {"font-source-sans-pro", "font-source-serif-pro", "ziamath", "fonttools"}
    return "\n".join([*(f"{name} {version(name)}" for name in sorted(packages)), *map(repr, FONTS)])


def _write(font: Font, target: Path) -> None:
    options = Options(flavor="woff2", layout_features=list(font.layout_features), notdef_outline=True, hinting=False)
    loaded = load_font(str(font.source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in font.ranges for code in range(first, last + 1)])
    subsetter.subset(loaded)
    save_font(loaded, str(target), options)
