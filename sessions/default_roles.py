"""The roles that a new site begins with."""

import tomllib
from importlib.resources import files
from typing import Any


def read_default_roles() -> list[dict[str, Any]]:
    """The fields of each role, in the order in which they speak."""
    data = tomllib.loads(files("sessions").joinpath("default_roles.toml").read_text(encoding="utf-8"))
    return [
        {name: text.strip() if isinstance(text, str) else text for name, text in role.items()} for role in data["roles"]
    ]


def add_default_roles(model: Any) -> None:
    """Put the roles into the table of `model` that are not there yet; those that somebody edited stay."""
    known_names = set(model.objects.values_list("name", flat=True))
    known = set(model.objects.values_list("slug", flat=True))
    for position, role in enumerate(read_default_roles(), start=1):
        if role["slug"] not in known and role["name"] not in known_names:
            model.objects.create(position=position, **role)


def put_default_roles(apps: Any, schema_editor: Any) -> None:
    """What a migration does for a new site."""
    add_default_roles(apps.get_model("group_sessions", "Role"))


def remove_unused_default_roles(apps: Any, schema_editor: Any) -> None:
    """Take away those that nobody played, when the migration is undone."""
    slugs = [role["slug"] for role in read_default_roles()]
    apps.get_model("group_sessions", "Role").objects.filter(slug__in=slugs, assignments=None).delete()
