"""Which words name an organisation whose people wrote a paper."""

import re

_ORGANISATION = re.compile(
    r"^(?=.{2,60}$)(?:[A-Z][\w.&-]*)(?:[ /,&]+[A-Z][\w.&-]*){0,5}$",
)
_LAB = re.compile(
    r"google|deepmind|facebook|\bmeta\b|microsoft|openai|nvidia|amazon|apple|ibm|baidu|tencent|alibaba|huawei|"
    r"salesforce|uber|"
    r"anthropic|mistral|cohere|hugging ?face|university|universit|institut|college|school|\blabs?\b|research|"
    r"\bAI\b|MIT\b|"
    r"stanford|berkeley|cmu\b|eth\b|epfl|inria|mila\b|fair\b|max planck|allen|academy|samsung|sony|adobe|bytedance",
    re.IGNORECASE,
)


def is_organisation(text: str) -> bool:
    """Whether a line is the name of a laboratory, a company or a university, and nothing else."""
    return bool(_ORGANISATION.match(text) and _LAB.search(text))
