"""The web application, with every view imported before the first visit."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhan.config.settings")
application = get_wsgi_application()

_ = get_resolver().url_patterns  # mistakes in a view show at the start, not at a visit
gc.collect()
gc.freeze()  # what is loaded by now lives for ever
gc.set_threshold(50_000, 20, 50)
