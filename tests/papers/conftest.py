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
    settings.ARXIV_SECONDS_PER_REQUEST = settings.CROSSREF_SECONDS_PER_REQUEST = 0
    return answers
