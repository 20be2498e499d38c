"""Names of people and groups as citation formats want them: family, given, particle; or one literal."""

import re

#: Words with which a family name may begin, written small.
PARTICLES = {
    "af", "al", "av", "ben", "bin", "da", "dal", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "e", "el", "la", "le", "ten", "ter", "tho", "und", "van", "vom", "von", "y", "zu", "zum", "zur", "'t",
}  # fmt: skip
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_GROUP = re.compile(
    r"\b(collaborations?|consortium|team|group|project|committee|society|foundation|university|institute|network|"
    r"initiative|community|contributors|authors|openai|deepmind|anthropic|google|meta ai|microsoft)\b",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def csl_name(name: str) -> dict[str, str]:
    """A name of CSL-JSON: `family` and `given`, with `non-dropping-particle` and `suffix`, or `literal`.

    A group, and a name in Chinese, Japanese or Korean writing, whose parts nobody marked, is one literal.
    """
    name = " ".join(name.split())
    if _GROUP.search(name) or _CJK.search(name) or " " not in name:
        return {"literal": name}
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return {"family": family, "given": given} if given else {"literal": family}
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower().strip(",") in SUFFIXES else ""
    start = next(
        (place for place, word in enumerate(words[:-1]) if place and word in PARTICLES),
        len(words) - 1,
    )
    end = start
    while end < len(words) - 1 and words[end] in PARTICLES:
        end += 1
    parts = {
        "family": " ".join(words[end:]),
        "given": " ".join(words[:start]),
        "non-dropping-particle": " ".join(words[start:end]),
        "suffix": suffix,
    }
    return {kind: part for kind, part in parts.items() if part}


def family_of(name: dict[str, str]) -> str:
    return name.get("family") or name.get("literal", "")
