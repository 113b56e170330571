import pytest

from tests.portal.admin import PAGE, administrator, browser, send
from yizhan.base.actor import CLOCK
from yizhan.base.models import Step, Switch
from yizhan.base.switches import is_on
from yizhan.base.verdict import Refused
from yizhan.portal import operations

pytestmark = pytest.mark.django_db
DISTRICT, STREET = "610302", "610302002"


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def admin(world):
    return administrator(world)


def test_a_module_is_switched_off_in_a_street_with_its_step(admin, at):
    switch = operations.switch(module="orders", region_code=STREET, on=False, by=admin, at=at)

    step = switch.steps.get()
    assert (step.kind, step.region_code, step.facts) == (
        "switched_off",
        STREET,
        {"module": "orders"},
    )
    assert (step.actor_id, step.post_id, step.at) == (admin.person_id, admin.post_id, at)
    assert not is_on("orders", STREET)
    assert is_on("orders")


def test_switching_back_undoes_it(admin, at):
    operations.switch(module="orders", region_code=DISTRICT, on=False, by=admin, at=at)
    switch = operations.switch(module="orders", region_code=DISTRICT, on=True, by=admin, at=at)

    assert is_on("orders")
    assert [step.kind for step in switch.steps] == ["switched_off", "switched_on"]


@pytest.mark.parametrize(
    ("module", "region", "on", "code"),
    [
        ("core", DISTRICT, False, "unknown_module"),
        ("portal", DISTRICT, False, "unknown_module"),
        ("orders", "610302099", False, "unknown_region"),
        ("orders", "610302100", False, "unknown_region"),
        ("notices", STREET, False, "district_only"),
        ("orders", STREET, True, "same"),
    ],
)
def test_what_cannot_be_switched(admin, at, module, region, on, code):
    with pytest.raises(Refused) as refused:
        operations.switch(module=module, region_code=region, on=on, by=admin, at=at)

    assert refused.value.code == code
    assert not Switch.objects.exists()
    assert not Step.objects.exists()


@pytest.mark.parametrize("who", ["ma", "sun", "chen", "aunt_wang"])
def test_only_the_system_administrator_switches(world, at, who):
    with pytest.raises(Refused) as refused:
        operations.switch(
            module="orders", region_code=STREET, on=False, by=getattr(world.by, who), at=at
        )
    assert refused.value.code == "no_power"
    assert browser(getattr(world, who)).get(PAGE).status_code == 404


def test_the_page_switches_and_shows_who_did(world, admin):
    client = browser(world.zhou)
    answer = send(client, f"{PAGE}/switch", module="orders", region=STREET, on="0")
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)

    text = client.get(PAGE).text
    assert "经二路街道：关闭点单" in text
    assert "系统管理员，渭滨区" in text
    assert not is_on("orders", STREET)


def test_the_same_form_sent_twice_switches_once(world, admin):
    client, fields = browser(world.zhou), {"module": "orders", "region": STREET, "on": "0"}
    for _ in range(2):
        answer = client.post(f"{PAGE}/switch", {"command_id": "one", **fields})
        assert answer.status_code == 302

    assert Step.objects.count() == 1


def test_a_late_form_is_refused_on_the_page(world, admin, at):
    operations.switch(module="orders", region_code=STREET, on=False, by=CLOCK, at=at)
    answer = send(browser(world.zhou), f"{PAGE}/switch", module="orders", region=STREET, on="0")

    assert answer.status_code == 409
    assert "已经是关着的" in answer.text


def test_an_incomplete_form_says_what_is_missing(world, admin):
    answer = send(browser(world.zhou), f"{PAGE}/switch", module="orders", region="")

    assert answer.status_code == 422
    assert "请选街道或社区" in answer.text
    assert "请选打开或关闭" in answer.text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/switch", f"{PAGE}/pilot"])
def test_strangers_sign_in_and_others_find_nothing(world, path):
    fields = {"module": "orders", "region": STREET, "on": "0"}
    for person, status in ((None, 302), (world.sun, 404), (world.aunt_wang, 404)):
        client = browser(person)
        answer = client.get(path) if path == PAGE else send(client, path, **fields)
        assert answer.status_code == status
    assert not Switch.objects.exists()


@pytest.mark.parametrize("streets", [1, 2])
def test_the_page_asks_a_constant_number_of_queries(
    world, admin, at, django_assert_num_queries, streets
):
    for code in (STREET, "610302005")[:streets]:
        operations.switch(module="places", region_code=code, on=False, by=admin, at=at)
    client = browser(world.zhou)
    client.get(PAGE)

    with django_assert_num_queries(10):
        assert client.get(PAGE).status_code == 200
