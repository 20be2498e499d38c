from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """`django.contrib.sessions` owns the label "sessions", so tables and permissions here are `group_sessions_*`."""

    name = "sessions"
    label = "group_sessions"
    verbose_name = "Sessions and presentations"

    def ready(self) -> None:
        from sessions import belongings, search

        belongings.register_all()
        search.register_all()
