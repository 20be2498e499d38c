"""Summaries of presentations: their links to files that came in together lead to what these became here.

A link can only be followed when every page is here. What a summary was before is remembered beside what it became, so
that the next import can tell what changed in the document from what was only linked.
"""

from typing import Any

from papers.services.import_runs import ImportRun, digest
from papers.services.page_links import PageLinks
from readinggroup.markdown import render_markdown
from sessions.models import Presentation

#: Under this name an import remembers the summary as the document writes it.
WRITTEN = "summary written"


def without_known_summary(values: dict[str, Any], key: str, run: ImportRun) -> dict[str, Any]:
    """What the document says of a presentation, without a summary that it told in the same words before."""
    before, noted = run.before.get(key) or {}, run.written.setdefault(key, {})
    noted[WRITTEN] = digest(values["summary"])
    if before.get(WRITTEN) != noted[WRITTEN]:
        return values
    noted["summary"] = before["summary"]
    return {name: value for name, value in values.items() if name != "summary"}


def link_summaries(run: ImportRun) -> None:
    """Point the links of summaries that this import wrote at the pages here; say which lead nowhere."""
    links = PageLinks(run) if run.summaries else None
    for key, presentation, line in run.summaries:

        def lost(href: str, line: int = line) -> None:
            run.warn(line, href, "a relative link in a summary; kept as it is")

        linked = links.follow(presentation.summary, lost=lost) if links else presentation.summary
        if linked != presentation.summary:
            Presentation.objects.filter(pk=presentation.pk).update(summary=linked, summary_html=render_markdown(linked))
            run.written[key]["summary"] = digest(linked)
    run.summaries.clear()
