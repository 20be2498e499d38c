"""Members and topics behind the names that people write."""

from django.db import IntegrityError, transaction

from papers.models import Topic
from readinggroup.models import Member
from readinggroup.slugs import unique_slug


def member_called(name: str) -> Member | None:
    """The active member of this name, None when there is none."""
    return Member.objects.active().filter(name__iexact=name).first() if name else None


def topic_called(name: str) -> Topic:
    """The topic of this name, made where it is new."""
    name = name[:80]
    known = Topic.objects.filter(name__iexact=name).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Topic.objects.create(name=name, slug=unique_slug(Topic, name))
    except IntegrityError:
        return Topic.objects.get(name__iexact=name)
