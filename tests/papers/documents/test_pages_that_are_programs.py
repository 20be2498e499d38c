"""Pages of MDX, Quarto and R Markdown, in which text and program stand together."""

import pytest

from papers.documents.reading import read_document

PAGE = """---
title: Looms
---

import Tabs from '@theme/Tabs';
import { Card, Paper } from "../components";

export const year = 1804;

## Holes

Cards {/* how many? */}have holes.

<Paper title="Cards that weave" href="https://arxiv.org/abs/1506.03134" />

<Tabs>
<TabItem value="yarn" label="On yarn">

It is soft, see <Link to="./silk">silk</Link>.

</TabItem>
</Tabs>

<Image src={require("./loom.png").default} alt="A loom" />

```jsx
import Tabs from '@theme/Tabs';
<Tabs />
```
"""


def test_page_of_components_keeps_words_links_and_pictures():
    document = read_document(PAGE, name="looms.mdx")
    assert document.reports[0].body.split("\n\n") == [
        "## Holes",
        "Cards have holes.",
        "[Cards that weave](https://arxiv.org/abs/1506.03134)",
        "**On yarn**",
        "It is soft, see [silk](./silk).",
        "![A loom](./loom.png)",
        "```jsx\nimport Tabs from '@theme/Tabs';\n<Tabs />\n```",
    ]
    assert [(link.href, link.line) for link in document.links] == [
        ("https://arxiv.org/abs/1506.03134", 14),
        ("./silk", 19),
    ]
    assert document.reports[0].papers[0].href == "https://arxiv.org/abs/1506.03134"


def test_what_is_left_out_of_a_page_is_told_with_its_line():
    warnings = read_document(PAGE, name="looms.mdx").warnings
    assert [(warning.line, warning.kept.split("\n")[0]) for warning in warnings] == [
        (5, "import Tabs from '@theme/Tabs';"),
        (6, 'import { Card, Paper } from "../components";'),
        (8, "export const year = 1804;"),
        (12, "{/* how many? */}"),
        (14, '<Paper title="Cards that weave" href="https://arxiv.org/abs/1506.03134" />'),
        (16, "<Tabs>"),
        (17, '<TabItem value="yarn" label="On yarn">'),
        (24, '<Image src={require("./loom.png").default} alt="A loom" />'),
    ]


@pytest.mark.parametrize(
    "text", ["import the cards from “Jacquard”", "export default settings to a card", "import cards from the loom"]
)
def test_sentences_are_no_program(text):
    document = read_document(f"---\ntitle: Looms\n---\n\n{text}\n")
    assert (document.reports[0].body, document.warnings) == (text, [])


@pytest.mark.parametrize("text", ["A List<Card> of cards", "Ask <Name> about it"])
def test_name_in_angle_brackets_is_no_component(text):
    assert read_document(f"---\ntitle: Looms\n---\n\n{text}\n").reports[0].body.replace("\\", "") == text


@pytest.mark.parametrize(
    ("fence", "plain"),
    [
        ("```{r setup, include=FALSE}", "```r"),
        ("```{python}", "```python"),
        ("~~~ {.haskell .numberLines}", "~~~haskell"),
        ("```r", "```r"),
    ],
)
def test_chunk_of_code_is_a_block_in_its_language(fence, plain):
    code = f"\n#| label: loom\nimport a from 'b'\n{fence[:3]}"
    document = read_document(f"---\ntitle: Looms\n---\n\nOn looms.\n\n{fence}{code}\n", name="looms.Rmd")
    assert (document.reports[0].body, document.warnings) == (f"On looms.\n\n{plain}{code}", [])
