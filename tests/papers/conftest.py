import re

import pytest


@pytest.fixture
def replay(httpserver, shared_dir, settings):
    """The recorded answers of arXiv and Crossref, in place of arXiv and Crossref."""
    from tests.replay import Replay

    answers = Replay(shared_dir / "api")
    httpserver.expect_request(re.compile(".*")).respond_with_handler(answers)
    host = f"127.0.0.1:{httpserver.port}"
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [host]
    settings.ARXIV_API_URL = f"http://{host}/api/query"
    settings.CROSSREF_API_URL = f"http://{host}/works"
    paths = {
        "datacite": "/dois",
        "openalex": "/openalex",
        "semantic_scholar": "/graph/v1/paper",
        "openreview": "/notes",
        "pubmed": "/eutils",
        "open_library": "/api/books",
        "github": "/repos",
        "wayback": "/wayback/available",
    }
    settings.SOURCE_URLS = {name: f"http://{host}{path}" for name, path in paths.items()}
    settings.YOUTUBE_OEMBED_URL = f"http://{host}/youtube/oembed"
    settings.VIMEO_OEMBED_URL = f"http://{host}/api/oembed.json"
    settings.ARXIV_SECONDS_PER_REQUEST = settings.CROSSREF_SECONDS_PER_REQUEST = 0
    settings.SOURCE_SECONDS_PER_REQUEST = 0
    return answers
