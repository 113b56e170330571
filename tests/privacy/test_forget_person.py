"""注销: a pseudonym stays, and nothing that was counted or proven changes."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from tests.orders import stories
from tests.orders.traces import kinds, refused
from tests.privacy.cases import plain_texts, sealed_texts
from tests.world import wish
from yizhan.base import sms
from yizhan.base.actor import ANONYMOUS
from yizhan.base.chain import seal_waiting, verify
from yizhan.base.fields import clean_photo
from yizhan.base.models import Notice, Step, StoredFile
from yizhan.insights.queries import finished_orders
from yizhan.orders import operations as orders
from yizhan.orders.figures import Period, summary
from yizhan.orders.listing import Wanted, how_many, narrowed
from yizhan.orders.models import Invitation, Order, Photo
from yizhan.orders.queries import board
from yizhan.people import operations as people
from yizhan.people.acting import acting_for
from yizhan.people.models import Card, Person, Post, Proxy
from yizhan.privacy import jobs, operations
from yizhan.privacy.models import DataRequest
from yizhan.ratings.models import Rating

NAME, PHONE, PLACE = "王桂兰", "13800000001", "渭工路 18 号院"
SAID = ("三单元的楼道灯不亮", "谢谢", "换了一只灯泡", "我自己换好了", "六楼", NAME, PHONE, PLACE)


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return clean_photo(out.getvalue())


@pytest.fixture
def life(world, at):
    """Some months of 王阿姨: rated, finished, withdrawn, answered, by paper, and 小陈's work."""
    aunt = world.by.aunt_wang
    stories.rated(world, at, photos=(jpeg(),))
    stories.finished(world, at)
    stories.turned_away(world, at)
    asked = stories.asked(world, at)
    asked = orders.answer(order=asked, words="六楼", by=aunt, at=at)
    orders.withdraw(order=asked, reason="我自己换好了", by=aunt, at=at)
    paper = orders.place(wish=wish(world), by=ANONYMOUS, at=at)
    orders.withdraw(order=paper, reason="我自己换好了", by=stories.holder(paper), at=at)
    people.describe_self(person=world.aunt_wang, name=NAME, home=world.weigong, by=aunt, at=at)
    operations.file_request(kind="explain", words="三号那天为什么没有人来", by=aunt, at=at)
    SocialAccount.objects.create(user=world.aunt_wang, provider="weixin", uid="union-of-wang")
    EmailAddress.objects.create(user=world.aunt_wang, email="wang@example.cn")
    Authenticator.objects.create(user=world.aunt_wang, type="totp", data={})
    sms.send(PHONE, f"{NAME}您好", kind="people.sign_in_code", at=at)
    Client().force_login(world.aunt_wang)
    return world


def counted(world, at):
    """What is counted anywhere: summary, board, table, ratings, invitations, orders done."""
    sums = [
        summary(by, Period.around("week", at.date()), at) for by in (world.by.zhou, world.by.sun)
    ]
    columns = [(column.key, column.count) for column in board(world.by.sun, at)]
    table = how_many(narrowed(Order.objects.visible_to(world.by.sun, at), Wanted(), at))
    rated = list(Rating.objects.order_by("pk").values_list("level", "solved", "round", "person"))
    invited = list(Invitation.objects.order_by("pk").values_list("state", "person"))
    states = list(Order.objects.order_by("pk").values_list("pk", "state", "author", "placed_at"))
    return sums, columns, table, rated, invited, states, finished_orders("610302")


def mine(found):
    """The texts that tell of 王阿姨."""
    return [(where, text) for where, text in found if any(word in text for word in SAID)]


def test_nothing_kept_tells_who_it_was_and_nothing_counted_changes(life, at):
    before, steps = counted(life, at), dict(Step.objects.values_list("pk", "kind"))
    photo = Photo.objects.select_related("file").get()
    assert len(mine(sealed_texts())) > 20

    gone = operations.forget_person(person=life.aunt_wang, by=life.by.aunt_wang, at=at)
    jobs.drop_files([photo.file_id])

    assert counted(life, at) == before
    assert steps.items() <= dict(Step.objects.values_list("pk", "kind")).items()
    seal_waiting(at=at)
    assert verify() == []
    assert mine(sealed_texts()) == []
    assert mine(plain_texts()) == []
    assert (Photo.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not storages["files"].exists(photo.file.path)
    assert gone.pk == life.aunt_wang.pk


def test_the_row_is_a_pseudonym_that_nobody_signs_in_with(life, at):
    person = operations.forget_person(person=life.aunt_wang, by=life.by.aunt_wang, at=at)

    assert (person.name, person.phone, person.phone_index, person.username) == (None,) * 4
    assert (person.home, person.last_login, person.phone_verified_at) == (None,) * 3
    assert (person.is_active, person.has_usable_password(), person.forgotten_at) == (
        False,
        False,
        at,
    )
    assert kinds(person)[-1] == "forgotten"
    for model in (SocialAccount, EmailAddress, Authenticator):
        assert not model.objects.filter(user=person).exists()
    assert not [one for one in Notice.objects.filter(to=person) if one.phone]


def test_its_sessions_end_and_no_others(life, at):
    browsers = {key: Client() for key in ("aunt_wang", "grandpa_li")}
    for key, browser in browsers.items():
        browser.force_login(getattr(life, key))

    operations.forget_person(person=life.aunt_wang, by=life.by.aunt_wang, at=at)

    assert browsers["aunt_wang"].get("/me/").status_code == 302
    assert browsers["grandpa_li"].get("/me/").status_code == 200
    assert Session.objects.count() == 1


def test_the_number_starts_a_new_and_different_person(life, at, sent, settings):
    operations.forget_person(person=life.aunt_wang, by=life.by.aunt_wang, at=at)
    client = Client()

    client.post("/accounts/login/code/", {"phone": PHONE})
    code = sent[-1][2]["code"]
    client.post("/accounts/login/code/confirm/", {"code": code})

    newcomer = Person.objects.with_phone(PHONE)
    assert newcomer
    assert newcomer.pk != life.aunt_wang.pk
    assert client.get("/me/").context["user"] == newcomer
    assert "还没有点过单" in client.get("/orders/mine").text


def test_the_number_leaves_what_others_placed_too(world, at):
    theirs = orders.place(wish=wish(world), by=world.by.grandpa_li, at=at)
    orders.withdraw(order=theirs, reason="", by=world.by.grandpa_li, at=at)

    operations.forget_person(person=world.aunt_wang, by=world.by.aunt_wang, at=at)

    kept = Order.objects.get()
    assert (kept.contact_phone, kept.contact_name) == (None, None)
    assert kept.words.open() == "三单元的楼道灯不亮"
    assert kinds(kept)[-1] == "forgotten"


def test_what_waits_is_settled(world, at):
    by = world.by.aunt_wang
    for kind in ("delete", "explain"):
        operations.file_request(kind=kind, words="请说明三号的事", by=by, at=at)

    operations.forget_person(person=world.aunt_wang, by=by, at=at)

    found = DataRequest.objects.order_by("pk").values_list("kind", "state", "words", "ended_at")
    assert list(found) == [("delete", "done", None, at), ("explain", "withdrawn", None, at)]


@pytest.mark.parametrize("story", [stories.placed, stories.asked, stories.accepted])
def test_not_while_an_order_of_ones_own_is_open(world, at, story):
    order = story(world, at)

    with refused("still_needed", f"您的单子 {order.code} 还在办"):
        operations.forget_person(person=world.aunt_wang, by=world.by.aunt_wang, at=at)
    assert Person.objects.get(pk=world.aunt_wang.pk).name


def test_not_while_another_s_open_order_carries_the_number(world, at):
    orders.place(wish=wish(world), by=world.by.grandpa_li, at=at)

    with refused("still_needed", "还有 1 张别人点的单子在办"):
        operations.forget_person(person=world.aunt_wang, by=world.by.aunt_wang, at=at)


def test_not_while_one_holds_a_post_or_has_an_order_in_hand(world, at):
    stories.accepted(world, at)
    with refused("still_needed", "您还有岗位"):
        operations.forget_person(person=world.chen, by=world.by.chen, at=at)

    ended = at.date() - timedelta(days=1)
    Post.objects.filter(person=world.chen).update(until_date=ended, skills="会水电")
    with refused("still_needed", "您手上的单子"):
        operations.forget_person(person=world.chen, by=world.by.chen, at=at)


def test_a_helper_leaves_and_the_orders_they_did_stay(world, at):
    order = stories.rated(world, at, contact_phone="13900000099")
    ended = at.date() - timedelta(days=1)
    Post.objects.filter(person=world.chen).update(until_date=ended, skills="会水电")
    before = counted(world, at)

    operations.forget_person(person=world.chen, by=world.by.chen, at=at)

    assert counted(world, at) == before
    assert Order.objects.get(pk=order.pk).handler_id == world.chen.pk
    assert Post.objects.get(person=world.chen).skills == ""
    assert not [text for _, text in sealed_texts() if "陈志远" in text or "13800000004" in text]


@pytest.mark.parametrize("who", ["grandpa_li", "sun", "zhou"])
def test_nobody_else_may(world, at, who):
    with refused("not_self", "只有本人"):
        operations.forget_person(person=world.aunt_wang, by=getattr(world.by, who), at=at)


def test_once_is_enough(world, at):
    operations.forget_person(person=world.aunt_wang, by=world.by.aunt_wang, at=at)

    with refused("forgotten", "已经注销"):
        operations.forget_person(person=world.aunt_wang, by=world.by.aunt_wang, at=at)


def test_staff_do_it_for_a_person_and_the_history_says_so(world, at):
    by = replace(world.by.sun, on_behalf_of=world.aunt_wang.pk)

    person = operations.forget_person(person=world.aunt_wang, by=by, at=at)

    step = person.steps.last()
    assert (step.actor_id, step.post_id, step.on_behalf_of) == (
        world.sun.pk,
        world.by.sun.post_id,
        world.aunt_wang.pk,
    )


def test_a_card_and_what_the_family_may_do_end_at_once(world, at):
    person = stories.registered(world, at)
    people.issue_card(person=person, by=world.by.sun, at=at)
    until = at.date() + timedelta(days=30)
    proxy = people.entrust(principal=person, scopes=["order"], until=until, by=world.by.sun, at=at)
    people.take_on(proxy=proxy, by=world.by.grandpa_li, at=at)
    agent = acting_for(world.by.grandpa_li, person, how="family", day=at.date())

    with refused("not_self", "只有本人"):
        operations.forget_person(person=person, by=agent, at=at)
    with refused("own_only", "请本人来提"):
        operations.file_request(kind="delete", words="", by=agent, at=at)
    by = replace(world.by.sun, on_behalf_of=person.pk)
    operations.forget_person(person=person, by=by, at=at)

    card, kept = Card.objects.get(), Proxy.objects.get()
    assert (card.state, card.ending, kept.state) == ("ended", "returned", "ended")
    assert acting_for(world.by.grandpa_li, person, how="family", day=at.date()) is None
    assert not Notice.objects.filter(to=person, read_at=None).exists()
    assert verify() == []
