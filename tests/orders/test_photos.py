"""Photos: cleaned when they come in, served to those who see the order."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.orders.door import assert_kept
from tests.orders.stories import placed
from yizhan.base.models import StoredFile
from yizhan.orders.models import Order

WORDS = "三单元的楼道灯不亮"


def picture(kind="JPEG"):
    """A picture taken on a telephone, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0110] = "A telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 21.0, 43.2), 3: "E", 4: (107.0, 9.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", (1800, 1200), (90, 120, 90)).save(out, kind, exif=exif)
    return out.getvalue()


def with_photos(door, *files):
    photos = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(files)]
    fields = {"words": WORDS, "region": "610302002002", "photos": photos}
    return door("aunt_wang").send("place", **fields)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_its_position_and_is_a_jpeg(world, door, kind):
    before = picture(kind)
    with Image.open(io.BytesIO(before)) as taken:
        assert taken.getexif().get_ifd(0x8825)
    with_photos(door, before)

    order = Order.objects.get()
    assert order.photos.count() == 1
    answer = door("aunt_wang").get("photo", order, 1)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "private" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.content)) as kept:
        assert (kept.format, max(kept.size)) == ("JPEG", 1600)
        assert not dict(kept.getexif())
    assert b"A telephone" not in answer.content
    assert b"Exif" not in answer.content


def test_a_photo_is_served_to_those_who_see_the_order(world, door):
    with_photos(door, picture())
    order = Order.objects.get()

    def status(key, who=""):
        return door(who).get("photo", key, 1).status_code

    assert [status(order, who) for who in ("aunt_wang", "sun", "zhou")] == [200] * 3
    assert status(order.receipt_code) == 200
    assert [status(order, who) for who in ("chen", "feng", "grandpa_li", "qian")] == [404] * 4
    assert status(order) == 302


def test_a_photo_is_not_served_under_another_order(world, at, door):
    with_photos(door, picture())
    other = placed(world, at)

    assert door("aunt_wang").get("photo", other, 1).status_code == 404


def test_a_damaged_photo_is_404(world, door):
    with_photos(door, picture())
    order = Order.objects.get()
    StoredFile.objects.update(digest=b"0" * 32)

    assert door("aunt_wang").get("photo", order, 1).status_code == 404


def test_what_is_no_picture_is_said(world, door):
    assert_kept(with_photos(door, b"%PDF-1.7"), "这个文件不是照片", WORDS)
    assert not Order.objects.exists()


def test_three_photos_and_no_more(world, door):
    assert_kept(with_photos(door, *[picture()] * 4), "照片最多 3 张", WORDS)
    assert with_photos(door, *[picture()] * 3).status_code == 302
    assert Order.objects.get().photos.count() == 3
