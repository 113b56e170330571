"""Where everything is. The API answers 401 by itself: the login page is no answer for a machine."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from yizhan.portal.api import api

api_urls = api.urls
for pattern in api_urls[0]:
    if pattern.callback:
        login_not_required(pattern.callback)

urlpatterns = [
    path("", include("yizhan.portal.urls")),
    path("stations/", include("yizhan.places.urls")),
    path("", include("yizhan.people.urls")),
    path("", include("yizhan.privacy.urls")),
    path("", include("yizhan.notices.urls")),
    path("orders/", include("yizhan.orders.urls")),
    path("disputes/", include("yizhan.disputes.urls")),
    path("whistles/", include("yizhan.whistles.urls")),
    path("duplicates/", include("yizhan.duplicates.urls")),
    path("callbacks/", include("yizhan.callbacks.urls")),
    path("ladder/", include("yizhan.ladder.urls")),
    path("routing/", include("yizhan.routing.urls")),
    path("ledgers/", include("yizhan.documents.urls")),
    path("dispatch/", include("yizhan.dispatch.urls")),
    path("pendings/", include("yizhan.pendings.urls")),
    path("answers/", include("yizhan.answers.urls")),
    path("conduct/", include("yizhan.conduct.urls")),
    path("feedback/", include("yizhan.feedback.urls")),
    path("insights/", include("yizhan.insights.urls")),
    path("accounts/", include("yizhan.people.account_urls")),
    path("api/", api_urls),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("yizhan.demo.urls")))
