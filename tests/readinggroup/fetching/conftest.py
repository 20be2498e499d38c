import pytest


@pytest.fixture
def allow(settings):
    """Let the fetcher reach a server of the test's own: `allow(httpserver)`."""

    def allow(server) -> str:
        host = f"127.0.0.1:{server.port}"
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [*settings.FETCH_ALLOWED_PRIVATE_HOSTS, host]
        return f"http://{host}"

    return allow
