import pytest

from tests.documents.books import saved, small
from tests.portal.admin import browser
from tests.security import hostile
from tests.world import SINCE
from yizhan.base import files
from yizhan.base.actor import CLOCK
from yizhan.base.models import StoredFile
from yizhan.base.verdict import Refused
from yizhan.demo import ledger_sample
from yizhan.documents import operations
from yizhan.documents.models import LedgerTemplate
from yizhan.documents.operations.templates import Upload
from yizhan.documents.workbooks import opened

pytestmark = pytest.mark.django_db
PAGE = "/ledgers/templates/upload_template"


def typed(data=None, **more):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("台账.xlsx", ledger_sample.workbook() if data is None else data)
    fields = {"ledger": "orders", "name": "社区台账", "since_date": "2026-01-01", "file": file}
    return {**fields, **more}


def test_a_workbook_becomes_the_first_version(world, at, draft):
    assert (draft.state, draft.number, draft.region_code) == ("draft", 1, world.weigong.code)
    assert draft.mapping.columns["finished"] == "N"
    assert (draft.losses, draft.uploaded_by_id) == ([], world.ma.pk)
    assert opened(files.read(draft.file)).losses == ()
    (step,) = draft.steps
    assert (step.kind, step.facts) == ("uploaded", {"ledger": "orders", "number": 1})


def test_the_same_name_again_is_the_next_version_and_the_old_one_stays(
    world, at, draft, ledger, upload
):
    again = operations.upload_template(
        ledger=ledger, region=world.weigong, upload=upload, by=world.by.ma, at=at
    )
    other = operations.upload_template(
        ledger=ledger,
        region=world.weigong,
        upload=Upload("另一张", SINCE, upload.data),
        by=world.by.ma,
        at=at,
    )

    assert [one.number for one in (draft, again, other)] == [1, 2, 1]
    assert LedgerTemplate.objects.count() == 3


def test_who_may_not(world, at, ledger, upload, department):
    street = world.regions["610302002"]
    tried = [
        (world.by.sun, world.weigong, "no_power"),
        (world.by.aunt_wang, world.weigong, "no_power"),
        (world.by.ma, street, "outside"),
        (world.by.zhou, world.weigong, "outside"),
        (department, street, "outside"),
    ]
    for by, region, code in tried:
        with pytest.raises(Refused) as refused:
            operations.upload_template(ledger=ledger, region=region, upload=upload, by=by, at=at)
        assert refused.value.code == code
    for by, region in (
        (world.by.zhou, street),
        (department, world.regions["610302"]),
        (CLOCK, street),
    ):
        operations.upload_template(ledger=ledger, region=region, upload=upload, by=by, at=at)
    assert LedgerTemplate.objects.count() == 3


def test_the_page(world):
    client = browser(world.ma)
    answer = client.post(PAGE, typed(), follow=True)

    assert answer.redirect_chain[0][0] == LedgerTemplate.objects.get().get_absolute_url()
    text = answer.text
    for word in (
        "每一列放什么",
        "N 列 办理情况/办结时间",
        'colspan="19"',
        'rowspan="2"',
        "诉求人",
        "合计（件）",
    ):
        assert word in text
    assert "渭工路社区" in client.get("/ledgers/templates").text


def test_what_is_not_kept_is_said_on_the_page(world):
    from tests.documents.test_workbooks import changed

    data = changed({"xl/media/image1.png": b"x"}, data=ledger_sample.workbook())
    answer = browser(world.ma).post(PAGE, typed(data), follow=True)

    assert "这份文件里有些内容不会保留" in answer.text
    assert "模板里的图片、徽标不会保留" in answer.text


@pytest.mark.parametrize("data", [b"", hostile.zipped(), hostile.jpeg(), b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_refused_and_not_kept(world, data):
    answer = browser(world.ma).post(PAGE, typed(data))

    assert answer.status_code == 422
    assert "xlsx" in answer.text
    assert (LedgerTemplate.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_too_large_a_file_is_refused(world):
    answer = browser(world.ma).post(PAGE, typed(b"PK" + b"\0" * (3 * 2**20)))

    assert answer.status_code == 422
    assert "最大 2 MB" in answer.text


def test_what_is_missing_is_said(world):
    answer = browser(world.ma).post(PAGE, {"ledger": "nothing", "name": "", "since_date": "x"})

    assert answer.status_code == 422
    for word in ("没有这本台账", "请给模板起个名字", "请按 年-月-日 填日期", "请选一个 .xlsx 文件"):
        assert word in answer.text


def test_nobody_else_sees_the_pages(world, draft):
    pages = ("/ledgers/templates", f"/ledgers/templates/{draft.code}/template")
    for person in (world.sun, world.feng, world.chen, world.aunt_wang, world.qian):
        client = browser(person)
        assert client.get(pages[1]).status_code == 404
        assert client.post(PAGE, typed()).status_code == 404
        assert client.get(pages[0]).status_code == 404
    assert browser(world.zhou).get(pages[1]).status_code == 404


def test_a_workbook_without_known_headings_can_still_be_mapped_by_hand(world, at, ledger):
    book, _ = small()
    book.active["A2"], book.active["B2"], book.active["C2"] = "甲方", "乙方", "丙方"
    kept = operations.upload_template(
        ledger=ledger,
        region=world.weigong,
        upload=Upload("怪表", SINCE, saved(book)),
        by=world.by.ma,
        at=at,
    )

    assert kept.mapping.columns == {}
    assert browser(world.ma).get(kept.get_absolute_url()).status_code == 200


def test_the_operation_asks_again(world, at, ledger):
    bad = Upload("坏表", SINCE, hostile.jpeg())
    with pytest.raises(Refused) as refused:
        operations.upload_template(
            ledger=ledger, region=world.weigong, upload=bad, by=world.by.ma, at=at
        )

    assert refused.value.code == "bad_workbook"
