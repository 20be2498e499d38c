"""A local server that gives the recorded answers of arXiv and Crossref, found by the address that was asked."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug import Request, Response

HOSTS = ("export.arxiv.org", "api.crossref.org")
CONTENT_TYPES = {".json": "application/json", ".xml": "application/atom+xml"}


class Replay:
    """Answers of `folder`; `asked` lists what was asked, `override` answers one path differently."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.overrides: dict[str, Response] = {}
        self.intercept: Callable[[Request], Response] | None = None
        self.answers = {}
        self._lock = threading.Lock()
        for entry in json.loads((folder / "manifest.json").read_text()):
            if urlsplit(entry["url"]).hostname in HOSTS and entry["status"]:
                self.answers.setdefault(_key(entry["url"]), (folder / entry["file"], entry["status"]))

    def override(self, part: str, body: str | bytes = "", status: int = 200, **headers: str) -> None:
        """Answer every address that contains `part` like this."""
        self.overrides[part] = Response(body, status=status, headers=headers)

    def __call__(self, request: Request) -> Response:
        return self.intercept(request) if self.intercept else self.answer(request)

    def answer(self, request: Request) -> Response:
        url = unquote(request.full_path)
        with self._lock:
            self.asked.append(url)
        for part, response in self.overrides.items():
            if part in url:
                return response
        found = self.answers.get(_key(request.full_path))
        if found is None:
            return Response("Resource not found.", status=404, content_type="text/plain")
        path, status = found
        kind = CONTENT_TYPES.get(path.suffix, "text/plain")
        return Response(path.read_bytes(), status=status, content_type=kind)


def _key(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Path and query, without what says who asks."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "mailto"]
    return unquote(parts.path).lower(), tuple(sorted(query))
