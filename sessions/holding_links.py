"""The links of this floor: in the summaries of presentations, and slides that live elsewhere."""

from collections.abc import Iterator
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Q

from papers.link_holders import LinkHolder, Place, links_in, register_holder, replace_in
from sessions.models import Presentation
from sessions.services.presentations import edit_presentation, may_edit


def presentation_links() -> Iterator[str]:
    for slides, summary in Presentation.objects.values_list("slides_url", "summary").iterator():
        yield slides
        yield from links_in(summary)


def presentation_places(urls: list[str]) -> Iterator[Place]:
    mentioned = reduce(or_, (Q(summary__contains=url) for url in urls))
    for talk in Presentation.objects.filter(Q(slides_url__in=urls) | mentioned).with_presenters():
        held = {talk.slides_url, *links_in(talk.summary)}
        for url in urls:
            if url in held:
                edit = partial(_replace, talk, url)
                yield Place(url, talk.display_title, talk.get_absolute_url(), partial(may_edit, talk), edit)


def _replace(talk: Presentation, old: str, new: str, by: Any) -> None:
    slides = new if talk.slides_url == old else talk.slides_url
    edit_presentation(talk, slides_url=slides, summary=replace_in(talk.summary, old, new))


def register_all() -> None:
    register_holder(LinkHolder(presentation_links, presentation_places))
