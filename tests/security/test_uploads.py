"""Hostile files at every field that takes a file: a sentence, nothing kept, memory bounded."""

import io
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField, Form
from django.test import Client
from PIL import Image

from tests import house
from tests.security import hostile
from tests.security.town import Town
from tests.world import WEIGONG
from yizhan.base import files
from yizhan.base.fields import MOST_BYTES, PhotosField
from yizhan.base.models import StoredFile
from yizhan.orders.models import Order
from yizhan.places.models import Layer

WISH = {"words": "三单元的楼道灯不亮", "region": WEIGONG, "source": "walk_in", "category": ""}
LAYER = {"name": "河流", "kind": "river", "datum": "wgs84", "source": "测试", "since": "2026-12-01"}
TEMPLATE = {"ledger": "orders", "name": "台账", "since_date": "2026-12-01"}
# Every form with a field for files: the field, where it is sent, by whom, with what beside it.
UPLOADS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "orders.Place": ("photos", "/orders/place", "stranger", WISH),
    "orders.Enter": ("photos", "/orders/enter", "clerk", {**WISH, "category": "daily_repair"}),
    "documents.UploadTemplate": (
        "file",
        "/ledgers/templates/upload_template",
        "secretary",
        TEMPLATE,
    ),
    "routing.Sheet": ("file", "/routing/draft/import_rules", "organiser", {}),
    "places.LayerForm": ("file", "/stations/layers/add_layer", "system_admin", LAYER),
    "places.ReplaceForm": ("file", "/stations/layers/{}/replace_layer", "system_admin", LAYER),
}
ABSTRACT = {"places.ShapesForm"}
PHOTOS = ["orders.Place", "orders.Enter"]
SHAPES = ["places.LayerForm", "places.ReplaceForm"]
CHILD = """
import resource, sys
import django
from django.conf import settings
settings.configure()
django.setup()
from yizhan.base.fields import clean_photo
from django.forms import ValidationError
resource.setrlimit(resource.RLIMIT_AS, (1200 * 2**20, 1200 * 2**20))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        clean_photo(open(path, "rb").read())
    except ValidationError:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def with_files() -> set[str]:
    """Every form of the product that takes a file."""
    return {
        f"{house.domain_of(path)}.{name}"
        for path in house.modules("forms")
        for name, form in vars(
            import_module(".".join(path.relative_to(house.ROOT).with_suffix("").parts))
        ).items()
        if isinstance(form, type) and issubclass(form, Form)
        for field in form.base_fields.values()
        if isinstance(field, FileField)
    }


def test_every_field_for_files_is_attacked() -> None:
    assert with_files() == set(UPLOADS) | ABSTRACT


def kept() -> tuple[int, ...]:
    """What an upload could leave behind: rows and files on the disk."""
    folder = Path(settings.STORAGES["files"]["OPTIONS"]["location"])
    on_disk = sum(1 for path in folder.rglob("*") if path.is_file())
    rows = (model.objects.count() for model in (Order, StoredFile, Layer))
    return (on_disk, *rows)


def sent(town: Town, form: str, *data: bytes, name: str = "a.jpg") -> Any:
    field, path, who, values = UPLOADS[form]
    given = [SimpleUploadedFile(name, one) for one in data]
    client = town.visitors[who].client()
    return client.post(path.format(town.layers["D"].code), {**values, field: given})


def assert_said(answer: Any) -> None:
    """A page that says in Chinese what is wrong."""
    assert answer.status_code in (400, 413, 422)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.content.decode())
    assert "</html>" in answer.content.decode()


CASES = [(form, what) for form in PHOTOS[:1] for what in hostile.NO_PICTURE]
CASES += [(PHOTOS[1], what) for what in ("an SVG with a script", "a PNG of 49 million pixels")]
CASES += [(SHAPES[0], what) for what in hostile.NOT_SHAPES]
CASES += [("routing.Sheet", what) for what in hostile.NO_PICTURE | hostile.NOT_SHAPES]
CASES += [("documents.UploadTemplate", what) for what in (*hostile.NO_PICTURE, "three megabytes")]
CASES += [(SHAPES[1], what) for what in ("a zip bomb", "a million brackets")]


@pytest.mark.parametrize(("form", "what"), CASES)
def test_what_is_not_wanted_is_said_and_not_kept(
    town: Town, counted: Counter[str], form: str, what: str
) -> None:
    before = kept()
    data = (hostile.NO_PICTURE | hostile.NOT_SHAPES)[what]()
    answer = sent(town, form, data)
    counted["hostile files sent"] += 1

    assert_said(answer)
    assert kept() == before


@pytest.mark.parametrize("what", hostile.MADE_HARMLESS)
def test_of_a_picture_only_its_pixels_stay(town: Town, counted: Counter[str], what: str) -> None:
    before = set(StoredFile.objects.values_list("pk", flat=True))
    answer = sent(town, "orders.Place", hostile.MADE_HARMLESS[what]())
    counted["hostile files sent"] += 1
    assert answer.status_code == 302

    (file,) = StoredFile.objects.exclude(pk__in=before)
    data = files.read(file)
    for trace in (b"<script", b"COMMENT", b"PROFILE", b"telephone", b"Exif", b"PK\3\4", b"GIF8"):
        assert trace not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)
        assert not dict(picture.getexif())
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("name", hostile.NAMES)
def test_the_name_of_a_file_is_not_used(town: Town, counted: Counter[str], name: str) -> None:
    before = set(StoredFile.objects.values_list("pk", flat=True))
    answer = sent(town, "orders.Place", hostile.jpeg(), name=name)
    counted["hostile files sent"] += 1

    assert answer.status_code in (302, 400, 422)
    for file in StoredFile.objects.exclude(pk__in=before):
        assert file.path.replace("/", "").isalnum()
    assert "Set-Cookie: x=1" not in str(answer.headers)


def test_a_file_of_50_megabytes_is_not_read(town: Town, counted: Counter[str]) -> None:
    before, large = kept(), hostile.jpeg() + b"\0" * (50 * hostile.MEGABYTE)
    answer = sent(town, "orders.Place", large)
    counted["hostile files sent"] += 1

    assert answer.status_code == 413
    assert_said(answer)
    assert kept() == before


def test_a_photo_over_the_limit_is_refused_before_it_is_opened(town: Town) -> None:
    before = kept()
    answer = sent(town, "orders.Place", hostile.jpeg() + b"\0" * MOST_BYTES)

    assert answer.status_code == 422
    assert "一张照片最大 15 MB" in answer.content.decode()
    assert kept() == before


def test_an_empty_file_is_no_photo(town: Town) -> None:
    before = kept()
    answer = sent(town, "orders.Place", b"")

    assert answer.status_code in (302, 422)
    assert StoredFile.objects.count() == before[2]
    assert_said(sent(town, "places.LayerForm", b""))


@pytest.mark.parametrize("many", [4, 101, 10_000])
def test_too_many_files_are_refused(town: Town, counted: Counter[str], many: int) -> None:
    before, photo = kept(), hostile.jpeg(8, 8)
    answer = sent(town, "orders.Place", *([photo] * many))
    counted["hostile files sent"] += many

    assert_said(answer)
    assert kept() == before


def test_the_api_takes_no_large_body() -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/orders", b"{" + b" " * (50 * hostile.MEGABYTE), content_type="application/json"
    )

    assert (answer.status_code, list(answer.json())) == (413, ["detail"])


def test_memory_stays_bounded_whatever_is_opened(tmp_path: Path) -> None:
    """In a process of its own, with a limit: the whole list grows it by less than 250 MB."""
    bombs = {**hostile.NO_PICTURE, **hostile.MADE_HARMLESS}
    for number, make in enumerate(bombs.values()):
        (tmp_path / str(number)).write_bytes(make())
    large = Image.new("RGB", (8000, 6000), (9, 99, 9))
    large.save(tmp_path / "large.jpg")
    large.resize((3000, 2000)).save(tmp_path / "by_and_by.jpg", progressive=True)
    large.resize((4000, 3000)).convert("RGBA").save(tmp_path / "large.png", compress_level=1)
    paths = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *paths], capture_output=True, cwd=house.ROOT, check=True
    )

    assert int(done.stdout) < 250


def test_photos_are_never_required() -> None:
    assert not PhotosField(required=False).clean(None)
