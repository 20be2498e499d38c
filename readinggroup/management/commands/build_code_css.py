from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from readinggroup.markdown.code_css import code_css


class Command(BaseCommand):
    help = "Write static/css/code.css, the colours of code in rendered Markdown."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = settings.BASE_DIR / "static" / "css" / "code.css"
        target.write_text(code_css(), encoding="utf-8")
        self.stdout.write(f"Wrote {target}")
