"""Watermarks: what is printed or taken out says who did it, and its code leads to the look."""

import itertools
import re
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from tests.orders import stories
from tests.privacy.admins import administrator, browser
from tests.world import SINCE
from yizhan.people.models import Post
from yizhan.privacy.marks import code_of, mark_of, number_in
from yizhan.privacy.models import Look

CODE = re.compile(r"查看编号 ([0-9A-Z]+)")


@pytest.fixture(autouse=True)
def plain(settings):
    settings.STAFF_TOTP_REQUIRED = False


@given(st.integers(min_value=1, max_value=2**50 - 1))
def test_a_code_is_read_back(pk):
    assert number_in(code_of(pk)) == pk


def test_codes_neither_count_nor_follow_each_other():
    codes = [code_of(pk) for pk in range(1, 201)]

    assert len(set(codes)) == len(codes)
    assert {len(code) for code in codes} == {11}
    assert codes not in (sorted(codes), sorted(codes, reverse=True))
    alike = [a for a, b in itertools.pairwise(codes) if a[:3] == b[:3] or a[5:8] == b[5:8]]
    assert len(alike) < 5


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=6))
def test_a_mistyped_letter_is_noticed(pk, place):
    code = code_of(pk)
    place %= len(code)
    wrong = code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1 :]

    assert number_in(wrong) is None


def printed(world, at, path):
    """The page a clerk prints, in text."""
    if path.startswith("/insights"):
        post = Post.objects.get(person=world.sun)
        Post.objects.filter(pk=post.pk).delete()
        unit = world.units["D"]
        Post.objects.create(
            person=world.sun, role="organisation_department", unit=unit, since_date=SINCE
        )
    return browser(world.sun).get(path)


@pytest.mark.parametrize("path", ["/orders/{}/sheet", "/summary?as=paper", "/insights/sheet"])
def test_paper_carries_the_mark_and_the_code_leads_to_the_look(world, at, path):
    order = stories.finished(world, at)
    answer = printed(world, at, path.format(order.code))
    look = Look.objects.get(kind="export")
    mark = mark_of(look)

    assert str(mark) in answer.text
    assert world.sun.code in answer.text
    assert mark.account == world.sun.code
    assert number_in(CODE.search(answer.text)[1]) == look.pk
    auditor = browser(administrator(world, "audit_admin")[0])
    assert look.purpose in auditor.get("/audit/looks/", {"code": mark.code}).text


def test_the_document_carries_it_at_the_foot_of_every_page(world, at):
    answer = browser(world.sun).get("/summary?as=docx")
    document = Document(BytesIO(answer.content))
    foot = "\n".join(one.text for one in document.sections[0].footer.paragraphs)

    look = Look.objects.get(kind="export")
    assert str(mark_of(look)) in foot
    assert look.purpose == "导出小结"


def test_the_receipt_of_the_asker_is_theirs(world, at):
    order = stories.placed(world, at)

    assert "查看编号" not in browser(world.aunt_wang).get(f"/orders/{order.code}/slip").text
