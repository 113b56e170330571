"""三员分立: each of the three opens its own pages, and none sees an order, a number, a resident."""

import io
import re
from html import unescape
from zipfile import BadZipFile, ZipFile

import pytest

from tests import house
from tests.orders import stories
from tests.privacy.admins import ROLES, administrator, browser
from yizhan.base import chain
from yizhan.base.models import Notice
from yizhan.orders.models import Order
from yizhan.people.models import Person
from yizhan.places.models import Station

OWN = {
    "system_admin": {"portal:modules", "places:layers"},
    "security_admin": {"people:accounts", "people:account"},
    "audit_admin": {"audit:looks", "audit:acts", "audit:chain", "audit:retention"},
}
WORDS = ("三单元的楼道灯不亮", "18 号院", "换了一只灯泡", "旺旺奶奶")


@pytest.fixture(autouse=True)
def plain(settings):
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def town(world, at):
    """Orders in every story, looks at them, messages, a station, a chain."""
    names = ("accepted", "rated")
    told = [getattr(stories, name)(world, at, contact_name="旺旺奶奶") for name in names]
    stories.station(world)
    clerk = browser(world.sun)
    for order in told:
        clerk.get(f"/orders/{order.code}/")
    Notice.objects.update(sent_at=at)
    chain.seal_waiting(at=at)
    return world


def addresses():
    """Every route with an address for each thing it can be about."""
    orders = list(Order.objects.values_list("code", flat=True))
    stations = list(Station.objects.values_list("code", flat=True))
    known = Person.objects.filter(name__isnull=False).order_by("pk")
    people = [known.filter(posts=None)[0].code, known.filter(posts__role="member")[0].code]
    for page in house.every_url():
        if "weixin" in page.route or page.route.startswith("demo/"):
            continue
        keys = orders if "orders/" in page.route else stations
        keys = people if "accounts/<slug" in page.route else keys
        for key in keys if "<" in page.route else [""]:
            route = re.sub(r"<int:\w+>", "1", page.route)
            yield page.name, "/" + re.sub(r"<[^>]*>", key, route)


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            return unescape("\n".join(parts.read(name).decode() for name in parts.namelist()))
    except BadZipFile:
        return content.decode()


def secrets(world):
    """What no administrator may read: words and codes of orders, numbers, names of residents."""
    found = [*WORDS]
    for order in Order.objects.all():
        found += [order.code, order.receipt_code]
    for person in Person.objects.exclude(phone=None):
        number = person.phone.open()
        found += [number, f"{number[:3]}****{number[-4:]}"]
    residents = Person.objects.filter(posts=None, username=None)
    helpers = Person.objects.filter(posts__role__in=["member", "volunteer"])
    return found + [person.full_name for person in residents.union(helpers)]


def opened(client):
    """Every page that opens, with what it says; what only takes a POST is asked once."""
    only_posts = set()
    for name, address in addresses():
        if name in only_posts:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 405:
            only_posts.add(name)
        if answer.status_code == 200:
            yield name, address, text_of(answer)


def test_each_opens_its_own_pages_and_reads_nothing_of_residents(town):
    clients = {role: browser(administrator(town, role)[0]) for role in ROLES}
    resident = {name for name, _, _ in opened(browser(town.grandpa_li))}
    hidden = secrets(town)
    own = {role: set() for role in ROLES}
    leaked = []
    for role, client in clients.items():
        for name, address, text in opened(client):
            own[role] |= {name} - resident
            leaked += [f"{role} {address}: {word}" for word in hidden if word in text]

    assert leaked == []
    assert own == OWN


def test_files_of_the_record_hold_nothing_either(town):
    client = browser(administrator(town, "audit_admin")[0])
    for form in ("csv", "xlsx"):
        text = text_of(client.get("/audit/looks/", {"as": form, "days": "366"}))
        assert "点单" in text
        assert not [word for word in secrets(town) if word in text]


@pytest.mark.parametrize(("role", "home"), [
    ("system_admin", "/settings/modules"),
    ("security_admin", "/settings/accounts"),
    ("audit_admin", "/audit/looks/"),
])  # fmt: skip
def test_each_begins_at_its_own_page_and_finds_the_others_in_the_menu(town, rf, role, home):
    from yizhan.people.sign_in import Adapter

    person, _ = administrator(town, role)
    request = rf.get("/")
    request.user = person

    assert Adapter(request).get_login_redirect_url(request) == home
    text = browser(person).get(home).text
    others = {"/settings/modules", "/settings/accounts", "/audit/looks/"} - {home}
    assert f'href="{home}"' in text
    assert not [path for path in others if f'href="{path}"' in text]
