"""Settings, read from the environment.

Nothing set means one machine: SQLite, files on disk, the embedded broker. `DATABASE_URL`, `CELERY_BROKER_URL`,
`CACHE_URL`, `EMAIL_URL` and the `MEDIA_S3_*` variables make it many; every variable is listed in docs/operations.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, validate

from readinggroup.environment import embedded_broker_urls, forget_empty_variables, make_data_dir, secret_key_from_file
from readinggroup.policy import content_security_policy
from readinggroup.schedule import beat_schedule
from readinggroup.source_urls import source_urls

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(BASE_DIR / ".env", recurse=False)
forget_empty_variables()

DATA_DIR = make_data_dir(Path(env.str("DATA_DIR", str(BASE_DIR / "data"))).absolute())
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key_from_file(env.str("SECRET_KEY_FILE", ""), DATA_DIR)

SITE_NAME = env.str("SITE_NAME", "Tuesday Readers")
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SITE_IS_SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])

# --- What is installed ------------------------------------------------------------------------------------------

SOCIAL_PROVIDERS = {
    name: (env.str(f"{name.upper()}_CLIENT_ID", ""), env.str(f"{name.upper()}_CLIENT_SECRET", ""))
    for name in ("github", "google", "orcid")
}

INSTALLED_APPS = [
    "sessions",
    "papers",
    "readinggroup",
    "readinggroup.apps.WorkbenchConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    # A provider without its client id answers 500 on its sign-in address, so only configured ones are installed.
    *(f"allauth.socialaccount.providers.{name}" for name, (client_id, _) in SOCIAL_PROVIDERS.items() if client_id),
    "csp",
    "markdownx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "readinggroup.urls"
WSGI_APPLICATION = "readinggroup.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "readinggroup.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache, background work ---------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'readinggroup.sqlite3'}", conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing with "locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)

EMBEDDED_BROKER_URL, EMBEDDED_CACHE_URL = embedded_broker_urls(DATA_DIR)
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", EMBEDDED_BROKER_URL)
CACHES = {
    "default": {
        "BACKEND": "readinggroup.cache.PatientRedisCache",
        "LOCATION": env.str("CACHE_URL", EMBEDDED_CACHE_URL),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# The row is the job (readinggroup/jobs.py); the broker only wakes workers, so it may lose everything.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_TASK_DEFAULT_QUEUE = "metadata"
CELERY_TASK_ROUTES = {
    "sessions.render_slides": {"queue": "slides"},
    "sessions.suggest_cues": {"queue": "slides"},
    "papers.draw_cover": {"queue": "slides"},
    "readinggroup.send_*": {"queue": "mail"},
    "sessions.send_mailing": {"queue": "mail"},
    "sessions.post_to_chat": {"queue": "mail"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = beat_schedule(sweep_seconds=env.float("SWEEP_SECONDS", 30.0))
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "run" / "beat-schedule")

# --- Members ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "readinggroup.Member"
AUTHENTICATION_BACKENDS = [
    "readinggroup.permissions.OrganiserBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Organisers may do everything in the admin with the rows of these apps; the rest is for superusers.
ORGANISER_APP_LABELS = ["group_sessions", "papers", "readinggroup"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SIGNUP = env.str("SIGNUP", "open", validate=validate.OneOf(["open", "invitation", "closed"]))

ACCOUNT_ADAPTER = "readinggroup.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "readinggroup.accounts.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if env.bool("ACCOUNT_RATE_LIMITS", True) else False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_IS_SECURE
SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": client_id, "secret": secret}]}
    for name, (client_id, secret) in SOCIAL_PROVIDERS.items()
    if client_id
}

# --- Mail -------------------------------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    _email = env.dj_email_url("EMAIL_URL")
    for _key in ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"):
        globals()[_key] = _email[_key]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _email["EMAIL_USE_TLS"], _email["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <readinggroup@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Files ------------------------------------------------------------------------------------------------------

FONTS_ROOT = Path(env.str("FONTS_ROOT", str(BASE_DIR / "build" / "fonts")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "build" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONTS_ROOT)]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(DATA_DIR / "media")))
MEDIA_URL = "/media/"
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", "")
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if MEDIA_S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT_URL", None),
            "region_name": env.str("MEDIA_S3_REGION", None),
            "access_key": env.str("MEDIA_S3_ACCESS_KEY", None),
            "secret_key": env.str("MEDIA_S3_SECRET_KEY", None),
            "signature_version": "s3v4",
            "querystring_expire": 3600,
            "file_overwrite": False,
            "default_acl": None,
        },
    }
FILE_UPLOAD_PERMISSIONS = 0o640
SLIDES_MAX_MEGABYTES = env.int("SLIDES_MAX_MEGABYTES", 100)
SLIDES_MAX_PAGES = env.int("SLIDES_MAX_PAGES", 500)
RECORDING_MAX_MEGABYTES = env.int("RECORDING_MAX_MEGABYTES", 2000)
OFFICE_PROGRAM = env.str("OFFICE_PROGRAM", "")
IMAGE_MAX_MEGABYTES = env.int("IMAGE_MAX_MEGABYTES", 10)

# --- Writing ----------------------------------------------------------------------------------------------------

MARKDOWNX_MARKDOWNIFY_FUNCTION = "readinggroup.markdown.render_markdown"
MARKDOWNX_URLS_PATH = "/write/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/write/images/"

# --- The way out to the internet --------------------------------------------------------------------------------

FETCH_CONTACT = env.str("FETCH_CONTACT", "")
FETCH_ALLOWED_PRIVATE_HOSTS: list[str] = env.list("FETCH_ALLOWED_PRIVATE_HOSTS", [])
ARXIV_API_URL = env.str("ARXIV_API_URL", "https://export.arxiv.org/api/query")
CROSSREF_API_URL = env.str("CROSSREF_API_URL", "https://api.crossref.org/works")
# arXiv's terms of use: one request every three seconds. Crossref's polite pool allows more than this.
ARXIV_SECONDS_PER_REQUEST = env.float("ARXIV_SECONDS_PER_REQUEST", 3.0)
CROSSREF_SECONDS_PER_REQUEST = env.float("CROSSREF_SECONDS_PER_REQUEST", 0.5)
SOURCE_URLS = source_urls(env)
YOUTUBE_OEMBED_URL = env.str("YOUTUBE_OEMBED_URL", "https://www.youtube.com/oembed")
VIMEO_OEMBED_URL = env.str("VIMEO_OEMBED_URL", "https://vimeo.com/api/oembed.json")
SOURCE_SECONDS_PER_REQUEST = env.float("SOURCE_SECONDS_PER_REQUEST", 1.0)
PEERTUBE_HOSTS: list[str] = env.list("PEERTUBE_HOSTS", [])

# --- Security ---------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = content_security_policy(
    providers=SOCIALACCOUNT_PROVIDERS,
    peertube_hosts=PEERTUBE_HOSTS,
    # Browsers play recordings straight from the bucket, by signed addresses.
    media_origins=env.list("MEDIA_S3_ORIGINS", []),
)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SITE_IS_SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SITE_IS_SECURE else "csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 0)
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", False)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$"]  # Health checks come from inside, without TLS.
if env.int("TRUSTED_PROXY_COUNT", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Language and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("GROUP_TIME_ZONE", "Europe/Berlin")
SLOT_OFFER_HOURS = env.int("SLOT_OFFER_HOURS", 24, validate=validate.Range(min=1))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"httpx2": {"level": "WARNING"}},  # It logs addresses, and that of a chat is a secret.
}
