from django.db import migrations

from sessions.default_roles import add_default_roles, read_default_roles


def add(apps, schema_editor):
    add_default_roles(apps.get_model("group_sessions", "Role"))


def remove_unused(apps, schema_editor):
    slugs = [role["slug"] for role in read_default_roles()]
    apps.get_model("group_sessions", "Role").objects.filter(slug__in=slugs, assignments=None).delete()


class Migration(migrations.Migration):
    dependencies = [("group_sessions", "0005_role_play")]

    operations = [migrations.RunPython(add, remove_unused)]
