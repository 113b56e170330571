"""A small town of its own for the tests of accounts: two streets, four people, their posts."""

from datetime import date
from types import SimpleNamespace

import pytest

from yizhan.base.verdict import Refused
from yizhan.people.models import Person, Post, Unit
from yizhan.regions.models import Region

SINCE = date(2026, 1, 1)
PASSWORD = "a-long-enough-phrase"


class KeptSender:
    """A sender that keeps what it was given."""

    name = "kept"
    keeps_text = False
    messages: list[tuple[str, str, dict[str, str]]] = []

    def send(self, phone, text, *, kind, values):
        self.messages.append((phone, text, dict(values)))
        return "kept"


class BrokenSender:
    """A carrier that is down."""

    name = "broken"
    keeps_text = False

    def send(self, phone, text, *, kind, values):
        from yizhan.base.sms import NotSent

        raise NotSent("down")


def region(code, name, kind, parent=None):
    return Region.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=SINCE)


def unit(code, name, kind, where, parent=None):
    made = Unit.objects.create(code=code, name=name, kind=kind, region=where, parent=parent)
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save()
    return made


def person(name, *, username=None, phone=""):
    made = Person(name=name, username=username)
    if phone:
        made.set_phone(phone)
    if username:
        made.set_password(PASSWORD)
    else:
        made.set_unusable_password()
    made.save()
    return made


def post(who, role, where, *, until=None):
    return Post.objects.create(
        person=who, role=role, unit=where, since_date=SINCE, until_date=until
    )


def load():
    """The town. Codes start with 6199, which no real district of the tests uses."""
    kinds = Region.Kind
    district = region("619901", "试验区", kinds.DISTRICT)
    street = region("619901001", "试验街道", kinds.STREET, district)
    first = region("619901001001", "前街社区居委会", kinds.COMMUNITY, street)
    second = region("619901001002", "后街社区居委会", kinds.COMMUNITY, street)
    office = unit("t-office", "试验街道办事处", "street", street)
    community = unit("t-first", "前街社区", "community", first, office)
    branch = unit("t-branch", "前街第一支部", "branch", first, community)
    aunt = person("欧阳阿姨", phone="13900010001")
    clerk = person("孙小梅", username="t.sun", phone="13900010002")
    member = person("陈一", phone="13900010003")
    guard = person("安全员", username="t.guard")
    return SimpleNamespace(
        district=district,
        street=street,
        first=first,
        second=second,
        office=office,
        community=community,
        branch=branch,
        aunt=aunt,
        clerk=clerk,
        member=member,
        guard=guard,
        clerk_post=post(clerk, "clerk", community),
        member_post=post(member, "member", branch),
        guard_post=post(guard, "security_admin", office),
    )


def refused_code(act):
    """The code with which an act is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code
