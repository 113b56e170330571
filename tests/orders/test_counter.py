"""办事台 on the screen: register, give out a card, serve; nobody outside learns that it exists."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.orders.stories import done_for, entered_for, entrusted, registered
from tests.orders.traces import traces
from tests.world import QIAONAN, WEIGONG
from yizhan.orders.models import Order
from yizhan.people import operations as people
from yizhan.people.acting import card_shown
from yizhan.people.models import Card, Person, Proxy
from yizhan.privacy.models import Look
from yizhan.ratings.models import Rating


@pytest.fixture
def zhao_lan(world, at):
    """赵秀兰, registered without a telephone."""
    cache.clear()
    return registered(world, at)


def looks(by):
    """What this person looked at: kind, subject, purpose."""
    found = Look.objects.filter(actor=by).order_by("pk")
    return list(found.values_list("kind", "subject_id", "purpose"))


def new(world, **more):
    return {"name": "钱大妈", "home": WEIGONG, "told": "on"} | more


def test_the_counter_lists_those_of_the_area_with_masked_names(world, at, door, zhao_lan):
    registered(world, at, "周大爷", home=world.regions[QIAONAN], by=world.by.feng)
    page = door("sun").get("counter").text

    assert "赵**" in page
    assert "赵秀兰" not in page
    assert "周**" not in page
    assert zhao_lan.code in page


@pytest.mark.parametrize("who", ["liu", "chen", "zhou", "anju", "aunt_wang"])
@pytest.mark.parametrize("name", ["counter", "register_person"])
def test_whoever_has_no_counter_finds_none(world, door, who, name):
    assert door(who).get(name).status_code == 404
    assert door(who).send(name, **new(world)).status_code == 404


def test_registering(world, at, door, zhao_lan):
    answer = door("sun").send("register_person", **new(world, name=" 钱  大妈 "))

    person = Person.objects.latest("pk")
    assert (person.full_name, person.notice_version) == ("钱 大妈", "2026-11")
    assert answer.headers["Location"] == f"/orders/counter/{person.code}/person?how=in_person"


def test_without_the_notice_nobody_is_registered(world, door, zhao_lan):
    answer = door("sun").send("register_person", **new(world, told=""))

    assert answer.status_code == 422
    assert "请先把告知书念给本人听" in answer.text
    assert not Person.objects.filter(notice_version="2026-11").exclude(pk=zhao_lan.pk).exists()


def test_another_area_cannot_be_chosen(world, door, zhao_lan):
    assert door("sun").send("register_person", **new(world, home=QIAONAN)).status_code == 422


def test_a_namesake_is_shown_and_staff_decide(world, at, door, zhao_lan):
    again = door("sun").send("register_person", **new(world, name="赵秀兰"))

    assert again.status_code == 409
    assert "同名的人" in again.text
    assert "照样登记" in again.text
    assert zhao_lan.code in again.text
    assert ("search", zhao_lan.pk, "登记时核对同名") in looks(world.sun)
    sent = door("sun").send("register_person", **new(world, name="赵秀兰", anyway="on"))
    assert sent.status_code == 302


def test_of_a_resident_with_an_account_only_two_digits_are_shown(world, door, zhao_lan):
    page = door("sun").send("register_person", **new(world, name="王桂兰")).text

    assert "尾号 01" in page
    assert world.aunt_wang.code not in page
    assert "13800000001" not in page


def test_the_search_finds_by_name_and_writes_it_down(world, at, door, zhao_lan):
    found = door("sun").send("counter", wanted="赵秀")

    assert zhao_lan.code in found.text
    assert looks(world.sun) == [("search", zhao_lan.pk, "")]
    assert "没有找到" in door("sun").send("counter", wanted="李四").text
    assert door("sun").send("counter", wanted="").status_code == 422


def test_the_person_s_page_waits_for_how_they_are_there(world, at, door, zhao_lan):
    order = entered_for(world, zhao_lan, at)

    waiting = door("qian").get("person", zhao_lan.code)
    assert "要替这位居民办事" in waiting.text
    assert order.code not in waiting.text
    page = door("qian").get("person", zhao_lan.code, how="phone")
    assert "本人来电" in page.text
    assert f"/orders/{order.code}/?for={zhao_lan.code}&amp;how=phone" in page.text
    assert "赵秀兰" not in page.text
    assert looks(world.qian) == [("open", zhao_lan.pk, ""), ("open", zhao_lan.pk, "本人来电")]


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "anju", "aunt_wang"])
def test_a_person_elsewhere_is_not_found(world, at, door, zhao_lan, who):
    card = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)
    proxy = entrusted(world, at, zhao_lan, world.grandpa_li)
    before, visitor, code = traces(), door(who), zhao_lan.code

    for name in ("person", "card_sheet"):
        assert visitor.get(name, code).status_code == 404
    assert visitor.get("proxy_sheet", code, proxy.number).status_code == 404
    assert visitor.send("issue_card", code).status_code == 404
    assert visitor.send("entrust", code, scopes="order", days="30", signed="on").status_code == 404
    assert visitor.send("end_proxy", code, proxy.number).status_code == 404
    for name in ("end_card", "replace_card"):
        assert visitor.send(name, code, card.number, ending="lost").status_code == 404
    assert traces() == before


def test_residents_with_an_account_have_no_page_here(world, door, zhao_lan):
    assert door("sun").get("person", world.aunt_wang.code).status_code == 404


def test_a_card_is_given_out_printed_and_read(world, at, door, zhao_lan):
    answer = door("sun").send("issue_card", zhao_lan.code)
    assert answer.headers["Location"] == f"/orders/counter/{zhao_lan.code}/card_sheet"
    card = Card.objects.get()
    sheet = door("sun").get("card_sheet", zhao_lan.code).text
    code = card.code.open()

    assert f"{code[:5]}-{code[5:9]}-{code[9:]}" in sheet
    assert "<svg" in sheet
    assert "赵秀兰" not in sheet
    assert ("export", zhao_lan.pk, "打印服务卡") in looks(world.sun)
    late = door("sun").send("issue_card", zhao_lan.code)
    assert late.status_code == 409
    assert "has_card" not in late.text


def test_a_lost_card_is_replaced_and_a_card_without_reason_is_not_ended(world, at, door, zhao_lan):
    old = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)

    assert door("sun").send("end_card", zhao_lan.code, old.number).status_code == 422
    door("sun").send("replace_card", zhao_lan.code, old.number, ending="lost")
    assert Card.objects.in_use().get(person=zhao_lan).pk != old.pk
    late = door("sun").send("end_card", zhao_lan.code, old.number, ending="returned")
    assert late.status_code == 409
    assert "已经停用" in late.text


def read(person, code):
    """A card's code, as a camera opens it."""
    client = Client()
    if person:
        client.force_login(person)
    return client.get(reverse("people:card", args=[code]))


def test_the_card_leads_staff_to_the_person(world, at, door, zhao_lan):
    card = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)

    answer = read(world.qian, card.code.open())
    assert answer.status_code == 302
    there = answer.headers["Location"]
    assert there.startswith(f"/orders/counter/{zhao_lan.code}/person?how=")
    assert "出示了服务卡" in door("qian").client.get(there).text


def test_everybody_else_reads_the_same_page_for_every_code(world, at, door, zhao_lan):
    card = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)
    pages = {
        re.sub(r"[\w-]{20,}", "", read(None, code).text)
        for code in (card.code.open(), "48271K3QX9P2W", "x")
    }

    assert len({re.sub(r"/c/[^\"']*", "", page) for page in pages}) == 1
    for person in (None, world.aunt_wang, world.liu, world.zhou):
        page = read(person, card.code.open())
        assert page.status_code == 200
        assert "捡到了这张卡" in page.text
        assert zhao_lan.code not in page.text
        assert "赵" not in page.text


def test_staff_elsewhere_and_dead_cards_find_nothing(world, at, door, zhao_lan):
    card = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)
    code = card.code.open()
    for page in (read(world.feng, code), read(world.sun, "48271K3QX9P2W")):
        assert "没有这张使用中的卡" in page.text
    people.end_card(card=card, ending=Card.Ending.LOST, by=world.by.sun, at=at)

    assert "没有这张使用中的卡" in read(world.sun, code).text


def test_guessing_codes_is_stopped(world, at, door, zhao_lan):
    card = people.issue_card(person=zhao_lan, by=world.by.sun, at=at)
    for _ in range(10):
        assert read(world.sun, "48271K3QX9P2W").status_code == 200

    assert read(world.sun, card.code.open()).status_code == 409
    assert read(world.ma, card.code.open()).status_code == 302


def for_them(person, how="in_person"):
    return f"?for={person.code}&how={how}"


def post(door_of, path, **fields):
    return door_of.client.post(path, {"command_id": "one", **fields})


def test_staff_enter_for_the_person(world, at, door, zhao_lan):
    visitor, path = door("qian"), f"/orders/enter{for_them(zhao_lan, card_shown(zhao_lan))}"
    form = visitor.client.get(path).text
    assert "您正在替 <b>赵**</b> 办事" in form
    assert "赵同志" in form
    assert f'value="{WEIGONG}" selected' in form

    words = {"words": "想请人来修水龙头", "category": "daily_repair", "region": WEIGONG}
    answer = post(visitor, path, **words, source="walk_in")

    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.code}/slip"
    assert (order.author, order.entered_by) == (zhao_lan, world.qian)
    assert order.steps.get().facts["how"] == "card"
    assert visitor.get("slip", order).status_code == 200


def test_staff_rate_for_the_person_and_the_page_says_so(world, at, door, zhao_lan):
    order = done_for(world, zhao_lan, at)
    visitor, words = door("qian"), for_them(zhao_lan)
    page = visitor.client.get(f"/orders/{order.code}/{words}").text
    assert "您正在替" in page
    assert order.receipt_code not in page.replace("-", "")
    assert f'action="/orders/{order.code}/rate{words}"'.replace("&", "&amp;") in page

    answer = post(visitor, f"/orders/{order.code}/rate{words}", level="4", solved="yes", words="")

    assert answer.headers["Location"] == f"/orders/{order.code}/{words}"
    assert Rating.objects.get().given_by == world.qian
    assert "由渭工路社区代办" in visitor.client.get(f"/orders/{order.code}/{words}").text
    record = unescape(door("ma").get("show", order).text)
    assert "由渭工路社区代办" in record
    assert "代评" in record
    assert ("open", order.pk, "") in looks(world.qian)


def test_without_the_words_of_the_address_nothing_is_done_for_anybody(world, at, door, zhao_lan):
    order = done_for(world, zhao_lan, at)
    fields = {"level": "4", "solved": "yes", "words": ""}

    assert door("sun").send("rate", order, **fields).status_code == 409
    for who, how in (("feng", "in_person"), ("sun", "family"), ("zhou", "phone")):
        path = f"/orders/{order.code}/rate{for_them(zhao_lan, how)}"
        assert post(door(who), path, **fields).status_code == 404
    other = registered(world, at, "钱一")
    path = f"/orders/{order.code}/rate{for_them(other)}"
    assert post(door("sun"), path, **fields).status_code == 404
    assert not Rating.objects.exists()


def test_a_receipt_in_the_address_is_nobody_s_mandate(world, at, door, zhao_lan):
    order = done_for(world, zhao_lan, at)

    page = door("feng").client.get(f"/orders/{order.receipt_code}/{for_them(zhao_lan)}")
    assert page.status_code == 200
    assert "您正在替" not in page.text


def test_a_proxy_on_paper_is_printed_once_for_the_family(world, at, door, zhao_lan):
    visitor, fields = door("qian"), {"scopes": ["order", "rate"], "days": "180"}
    missing = visitor.send("entrust", zhao_lan.code, **fields)
    assert missing.status_code == 422
    assert "请本人先在委托书上签字" in missing.text

    visitor.send("entrust", zhao_lan.code, **fields, signed="on")

    proxy = Proxy.objects.get()
    assert (proxy.witness, proxy.scopes) == (world.qian, ["order", "rate"])
    code = proxy.shown_code
    sheet = visitor.get("proxy_sheet", zhao_lan.code, proxy.number)
    assert f"{code[:5]}-{code[5:9]}-{code[9:]}" in sheet.text
    assert door("sun").get("proxy_sheet", zhao_lan.code, proxy.number).status_code == 404
    visitor.send("end_proxy", zhao_lan.code, proxy.number)
    assert visitor.get("proxy_sheet", zhao_lan.code, proxy.number).status_code == 404
