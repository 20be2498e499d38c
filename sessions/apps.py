from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """`django.contrib.sessions` owns the label "sessions", so tables and permissions here are `group_sessions_*`."""

    name = "sessions"
    label = "group_sessions"
    verbose_name = "Sessions and presentations"

    def ready(self) -> None:
        from django.db.models.signals import pre_delete

        from readinggroup.first_pages import register_drawer
        from readinggroup.texts import register_listener
        from sessions import digest, discussing, holding_links, mails
        from sessions.belongings import presentations as belongings
        from sessions.noted_texts import TEXTS_WITH_A_PAGE
        from sessions.search import presentations as search
        from sessions.search import questions as question_search
        from sessions.services.harvesting import forget_row, harvest_row
        from sessions.slides.renderer import draw_first_page

        belongings.register_all()
        search.register_all()
        digest.register_all()
        discussing.register_all()
        holding_links.register_all()
        mails.register_all()
        question_search.register_all()
        register_drawer(draw_first_page)
        register_listener(harvest_row)
        for model in TEXTS_WITH_A_PAGE:
            pre_delete.connect(forget_row, sender=model, dispatch_uid=f"forget {model._meta.label}")
