"""The platform's addresses in demo mode: the tests' settings are those of a real one."""

from django.urls import include, path

from yizhan.config.urls import urlpatterns as real

urlpatterns = [*real, path("demo/", include("yizhan.demo.urls"))]
