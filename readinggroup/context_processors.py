from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page may say about the site itself."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "SIGNUP": settings.SIGNUP,
        "SOCIAL_SIGN_IN": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
