"""Readable, unique address parts."""

import secrets

from django.db import models
from django.utils.text import slugify

SLUGS_AT_ONCE = 500


def unique_slug(model: type[models.Model], text: str, *, field: str = "slug", max_length: int = 100) -> str:
    """Return a slug of `text` that no row of `model` has yet; when taken, a short random tail is added.

    The unique constraint has the last word in a race; text without Latin letters gets a random slug.
    """
    base = slugify(text)[:max_length].strip("-")
    slug = base or secrets.token_hex(4)
    while model._default_manager.filter(**{field: slug}).exists():
        slug = f"{base}-{secrets.token_hex(3)}".strip("-")
    return slug


def unique_slugs(
    model: type[models.Model], texts: list[str], *, field: str = "slug", max_length: int = 100
) -> list[str]:
    """As `unique_slug`, for many rows that are about to be made, in a few queries."""
    bases = [slugify(text)[:max_length].strip("-") or secrets.token_hex(4) for text in texts]
    taken: set[str] = set()
    for start in range(0, len(bases), SLUGS_AT_ONCE):
        chunk = {f"{field}__in": bases[start : start + SLUGS_AT_ONCE]}
        taken.update(model._default_manager.filter(**chunk).values_list(field, flat=True))
    slugs = []
    for base in bases:
        slug = base
        while slug in taken:
            slug = f"{base}-{secrets.token_hex(3)}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def free_slug(model: type[models.Model], slug: str, *, field: str = "slug", max_length: int = 120) -> str:
    """`slug` as it is when a row of `model` may have it, else "": then the row makes its own."""
    if slug != slugify(slug)[:max_length] or model._default_manager.filter(**{field: slug}).exists():
        return ""
    return slug
