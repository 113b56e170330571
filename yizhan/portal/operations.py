"""Switching modules on and off."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from yizhan.base import switches
from yizhan.base.actor import Actor
from yizhan.base.switches import Switch
from yizhan.portal import rules
from yizhan.portal.modules import MODULES, PILOT
from yizhan.regions.models import Region


@transaction.atomic
def switch(*, module: str, region_code: str, on: bool, by: Actor, at: datetime) -> Switch:
    """Switch a module on or off for the district, a street or a community and all below it.

    Nothing is lost: records of what is off are not shown until it is on again. Refused with
    no_power, unknown_module, unknown_region, district_only, or same.
    """
    _lock()
    rules.can_switch(
        module,
        by,
        is_whole_district=region_code == settings.DISTRICT,
        is_known=Region.objects.current().own().filter(code=region_code).exists(),
        is_on=switches.is_on(module, region_code),
        on=on,
    ).or_refuse()
    return switches.set_module(module=module, region_code=region_code, on=on, by=by, at=at)


@transaction.atomic
def pilot(*, by: Actor, at: datetime) -> Region:
    """驿站 + 点单: what a pilot needs is on for the whole district, everything else is off."""
    district = _lock()
    rules.can_pilot(by).or_refuse()
    for module in MODULES:
        wanted = module.code in PILOT
        if switches.is_on(module.code) != wanted:
            switches.set_module(
                module=module.code, region_code=settings.DISTRICT, on=wanted, by=by, at=at
            )
    return district


def _lock() -> Region:
    """The district's row: switches are changed one after another, and read anew."""
    district = Region.objects.current().select_for_update().get(code=settings.DISTRICT)
    switches.ask_again()
    return district
