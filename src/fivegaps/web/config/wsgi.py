"""What a WSGI server such as gunicorn loads."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from fivegaps.web.config.encodings import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fivegaps.web.config.settings")
application = in_utf8(get_wsgi_application())
