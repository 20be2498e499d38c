from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = "Papers, reports and reading lists"

    def ready(self) -> None:
        from papers import belongings, digest, holding_links, search

        belongings.register_all()
        search.register_all()
        digest.register_all()
        holding_links.register_all()
