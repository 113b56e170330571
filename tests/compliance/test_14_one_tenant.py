"""Line 14: a district is the only tenant. Streets get posts and switches, never an application."""

import re

from django.apps import apps
from django.conf import settings

from tests import house
from yizhan.people.models import Unit
from yizhan.people.roles import ROLES
from yizhan.regions.models import Region

OWN = re.compile(
    r"(?i)tenant(?!s$)|domain_?name|subdomain|site_id|app_?key|logo|theme_?color|hostname"
)


def test_one_installation_serves_one_district_in_one_database():
    assert isinstance(settings.DISTRICT, str)
    assert list(settings.DATABASES) == ["default"]
    assert "django.contrib.sites" not in settings.INSTALLED_APPS
    assert (settings.PACKS / settings.DISTRICT / "district.toml").exists()


def test_no_unit_or_region_has_an_application_of_its_own():
    named = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("yizhan.")
        for field in model._meta.concrete_fields
        if OWN.search(field.name)
    ]

    assert named == []
    names = [one.name for model in (Unit, Region) for one in model._meta.concrete_fields]
    assert not [name for name in names if name.endswith(("brand", "url"))]


def test_no_operation_makes_a_district():
    made = [one.name for one in house.every_operation() if re.search("tenant|district", one.name)]

    assert made == []
    packs = [path.name for path in settings.PACKS.iterdir() if path.is_dir()]
    assert {len(name) for name in packs} == {6}


def test_only_posts_without_an_area_keep_the_system():
    keepers = [role for role in ROLES.values() if any(p.startswith("system.") for p in role.powers)]

    assert {role.code for role in keepers} == {"system_admin", "security_admin", "audit_admin"}
    assert {role.reach for role in keepers} == {"none"}
