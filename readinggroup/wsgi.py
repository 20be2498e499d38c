"""The web server's entry: `gunicorn readinggroup.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinggroup.settings")

application = get_wsgi_application()
