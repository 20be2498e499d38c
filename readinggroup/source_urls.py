"""Where metadata are asked for; each address has an environment variable, such as DATACITE_API_URL."""

from environs import Env

PUBLIC = {
    "datacite": "https://api.datacite.org/dois",
    "openalex": "https://api.openalex.org/works",
    "semantic_scholar": "https://api.semanticscholar.org/graph/v1/paper",
    "openreview": "https://api2.openreview.net/notes",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "open_library": "https://openlibrary.org/api/books",
    "wayback": "https://archive.org/wayback/available",
    "github": "https://api.github.com/repos",
}


def source_urls(env: Env) -> dict[str, str]:
    """Return the address of each source, as `env` says or the public one."""
    return {name: env.str(f"{name.upper()}_API_URL", url) for name, url in PUBLIC.items()}
