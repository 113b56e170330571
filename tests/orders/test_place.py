"""点单: from a phone, with or without an account."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.orders.door import assert_kept, assert_sent_to
from tests.orders.stories import anonymous, placed, station
from tests.orders.traces import heard, last, refused, step
from yizhan.base import files
from yizhan.base.codes import is_receipt, spaced
from yizhan.base.models import Notice
from yizhan.orders.models import Order
from yizhan.routing.models import Category

WORDS, PLACE = "三单元的楼道灯不亮", "渭工路 18 号院 3 号楼 201"


def typed(**more):
    """What someone types into the form."""
    return {"words": WORDS, "region": "610302002002", "category": "daily", **more}


def newest():
    return Order.objects.with_names().latest("pk")


def test_an_order_with_an_account(world, at):
    with heard() as told:
        order = placed(world, at)

    assert (order.state, order.version, order.round) == ("placed", 1, 1)
    assert (order.source, order.brief, order.region_code) == (
        "phone_page",
        "家庭小修",
        "610302002002",
    )
    assert (order.author, order.entered_by, order.handler, order.unit) == (
        world.aunt_wang,
        None,
        None,
        None,
    )
    facts = {"source": "phone_page", "category": "daily_repair", "station": "", "photos": 0}
    assert last(order) == step("placed", world.by.aunt_wang, at, **facts)
    assert told == sorted(
        [
            ("order_arrived", world.sun.pk),
            ("order_arrived", world.ma.pk),
            ("order_placed", world.aunt_wang.pk),
        ]
    )


def test_the_promises_run_on_the_working_calendar(world, at):
    """Placed on a Sunday: 8 working hours end on Tuesday morning, 5 working days on Friday."""
    order = placed(world, at)

    assert order.placed_at == at
    assert order.arrange_by == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert order.finish_by == datetime(2026, 11, 27, 10, tzinfo=UTC)


def test_the_receipt_opens_the_order_and_nothing_else_does(world, at):
    order = placed(world, at)

    assert is_receipt(order.receipt_code)
    assert Order.objects.of_receipt(order.receipt_code) == order
    assert Order.objects.of_receipt(order.code) is None


def test_words_place_and_telephone_lie_sealed_in_the_database(world, at):
    order = placed(world, at)

    opened = [field.open() for field in (order.words, order.place, order.contact_phone)]
    assert opened == [WORDS, PLACE, "13800000001"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders_order WHERE id = %s", [order.pk])
        row = cursor.fetchone()
    raw = b"|".join(bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)
    assert order.code.encode() in raw
    for secret in (WORDS, PLACE, "13800000001", "王阿姨", order.receipt_code):
        assert secret.encode() not in raw


def test_an_order_without_an_account(world, at):
    with heard() as told:
        order = anonymous(world, at)

    assert order.author is None
    assert ("order_placed", "13800000001") in told
    notice = Notice.objects.get(kind="order_placed")
    assert notice.to is None
    assert spaced(order.receipt_code) in notice.text
    assert order.receipt_code not in str(notice.facts)
    assert notice.link == f"/orders/{order.receipt_code}/"


def test_who_leaves_no_number_is_not_written_to(world, at):
    with heard() as told:
        anonymous(world, at, contact_phone="")

    assert told == sorted([("order_arrived", world.sun.pk), ("order_arrived", world.ma.pk)])


def test_an_order_from_a_station(world, at):
    order = placed(world, at, station=station(world))

    assert last(order)["facts"]["station"] == "WGL1"
    assert order.rough_area == "渭工路驿站一带"


@pytest.mark.parametrize(
    ("code", "words"), [("emergency", "马上拨打"), ("legal", "专门的办理渠道")]
)
def test_what_does_not_belong_here_gets_its_exit(world, at, code, words):
    category = Category.objects.get(code=code)

    with refused(f"exit_{category.exit}", words):
        placed(world, at, category=category)
    assert not Order.objects.exists()


def test_photos_are_kept_sealed(world, at):
    order = placed(world, at, photos=[b"first", b"second"])

    kept = [photo.file for photo in order.photos.order_by("pk")]
    assert [files.read(file) for file in kept] == [b"first", b"second"]
    assert [(file.media_type, file.is_sealed) for file in kept] == [("image/jpeg", True)] * 2
    assert last(order)["facts"]["photos"] == 2


def test_the_page_ends_at_the_progress_page_with_the_receipt(door):
    visitor = door()
    answer = visitor.send("place", **typed())

    order = newest()
    assert_sent_to(answer, f"/orders/{order.receipt_code}/?new=1")
    assert (order.words.open(), order.category.code, order.author) == (WORDS, "daily", None)
    page = visitor.client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert spaced(order.receipt_code) in page.text


def test_htmx_is_told_to_go_there(door):
    answer = door("aunt_wang").send("place", htmx=True, **typed())

    assert_sent_to(answer, f"/orders/{newest().receipt_code}/?new=1", htmx=True)


def test_a_signed_in_resident_is_the_author(world, door):
    door("aunt_wang").send("place", **typed(contact_phone="138 0000 0001", place=PLACE))

    order = newest()
    assert order.author == world.aunt_wang
    assert (order.contact_phone.open(), order.place.open()) == ("13800000001", PLACE)


def test_who_does_not_choose_a_category_leaves_it_to_staff(door):
    door().send("place", **typed(category=""))

    assert (newest().category.code, newest().brief) == ("other", "居民求助")


def test_the_station_says_where(world, door):
    station(world)
    door().send("place", **typed(region="", station="WGL1"))

    order = newest()
    assert (order.station.code, order.region_code) == ("WGL1", "610302002002")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"words": "灯坏"}, "请写清楚是什么事，至少 5 个字"),
        ({"region": ""}, "请选一个社区，好知道派给谁"),
        ({"region": "610302100001"}, "选择"),
        ({"contact_phone": "12345"}, "请填手机号，或带区号的座机号"),
        ({"words": "长" * 1001}, "请留在 1000 个字以内"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(door, fields, missing):
    answer = door().send("place", **typed(place="三单元门口", **fields))

    assert_kept(answer, missing, "三单元门口", fields.get("words", WORDS))
    assert not Order.objects.exists()


def test_an_emergency_keeps_the_words_and_shows_the_numbers(door):
    answer = door().send("place", **typed(category="emergency"))

    assert_kept(answer, "马上拨打下面的电话", "119", "120", "110", WORDS, status=409)
    assert not Order.objects.exists()


def test_a_double_tap_places_one_order(door):
    visitor = door()
    first, second = (visitor.send("place", **typed(command_id="tap")) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1


def test_a_reused_command_with_other_words_is_refused(door):
    visitor = door()
    visitor.send("place", **typed(command_id="tap"))
    answer = visitor.send("place", **typed(command_id="tap", words="另外一件事情"))

    assert_kept(answer, "内容却不同", "另外一件事情", status=409)
    assert Order.objects.count() == 1


def test_too_many_at_once_are_asked_to_wait(door, settings):
    """Counted for one address, whichever form is used; the words stay."""
    limits = settings.ACCOUNT_RATE_LIMITS
    settings.ACCOUNT_RATE_LIMITS = {**limits, "place": "2/10m/ip"}
    visitor = door()
    sent = [visitor.send("place", **typed()).status_code for _ in range(2)]
    late = visitor.send("place", **typed())
    call = visitor.send("call_back", phone="13800000099", region="610302002002")

    assert "place" in limits
    assert sent == [302, 302]
    assert_kept(late, "提交得太频繁了", WORDS, status=409)
    assert_kept(call, "提交得太频繁了", "13800000099", status=409)
    assert Order.objects.count() == 2


def test_a_retired_category_cannot_be_chosen(at, door):
    Category.objects.filter(code="daily").update(ended_date=at.date())

    assert door().send("place", **typed()).status_code == 422
