from collections.abc import Iterable

from papers.models import Author, Paper, PaperAuthor


def set_authors(paper: Paper, people: Iterable[tuple[str, str]]) -> None:
    """Make `people` (name, ORCID iD or "") the authors of `paper`, in this order.

    Who was an author of it under the same name before stays the same Author; authors of nothing are removed.
    """
    before = {credit.author.name: credit.author for credit in paper.credits.select_related("author")}
    PaperAuthor.objects.filter(paper=paper).delete()
    credits = []
    for position, (name, orcid) in enumerate(people, start=1):
        author = _author_with_orcid(name, orcid) if orcid else before.get(name) or Author.objects.create(name=name)
        credits.append(PaperAuthor(paper=paper, author=author, position=position))
    PaperAuthor.objects.bulk_create(credits, batch_size=500)
    Author.objects.filter(pk__in=[author.pk for author in before.values()], credits=None).delete()


def _author_with_orcid(name: str, orcid: str) -> Author:
    author, _ = Author.objects.get_or_create(orcid=orcid, defaults={"name": name})
    return author
