"""Readable, unique address parts."""

import secrets

from django.db import models
from django.utils.text import slugify


def unique_slug(model: type[models.Model], text: str, *, field: str = "slug", max_length: int = 100) -> str:
    """Return a slug of `text` that no row of `model` has yet; when taken, a short random tail is added.

    The unique constraint has the last word in a race; text without Latin letters gets a random slug.
    """
    base = slugify(text)[:max_length].strip("-")
    slug = base or secrets.token_hex(4)
    while model._default_manager.filter(**{field: slug}).exists():
        slug = f"{base}-{secrets.token_hex(3)}".strip("-")
    return slug
