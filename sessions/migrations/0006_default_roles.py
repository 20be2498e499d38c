from django.db import migrations

from sessions.default_roles import put_default_roles, remove_unused_default_roles


class Migration(migrations.Migration):
    dependencies = [("group_sessions", "0005_role_play")]

    operations = [migrations.RunPython(put_default_roles, remove_unused_default_roles)]
