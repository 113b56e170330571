"""Form fields that several domains need: words, telephone numbers and photos."""

import io
import struct
import zlib
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from PIL import Image, ImageOps

from yizhan.base.phones import LANDLINE, MOBILE, digits

MOST_WORDS = 1000
LONGEST_SIDE = 1600
MOST_BYTES = 15 * 2**20
MOST_PIXELS = 50_000_000
MOST_PIXELS_OTHERWISE = 12_000_000
MOST_PHOTOS = 3
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP")
# What Pillow's decoders raise, or warn of, when they read what somebody has made to harm.
UNREADABLE = (
    OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError,
    AttributeError, MemoryError, struct.error, zlib.error, Image.DecompressionBombError, Warning,
)  # fmt: skip


def words_field(
    label: str,
    missing: str,
    *,
    hint: str = "",
    rows: int = 3,
    least: int = 2,
    most: int = MOST_WORDS,
    required: bool = True,
) -> Any:
    """A field for what people write; `missing` is said when there is nothing or too little."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        min_length=least if required else None,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "min_length": missing,
            "max_length": f"写得太长了，请留在 {most} 个字以内",
        },
    )


class MobileField(forms.CharField):
    """A Chinese mobile number of eleven digits, however it was typed."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "numeric"})
    default_validators = [RegexValidator(MOBILE, "请输入 11 位手机号")]

    def to_python(self, value: Any) -> str:
        return digits(super().to_python(value) or "")


class PhoneField(forms.CharField):
    """A mobile or a fixed line with area code; old people often have only the latter."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
    default_error_messages = {"phone": "请填手机号，或带区号的座机号"}

    def to_python(self, value: Any) -> str:
        return digits(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not (MOBILE.match(value) or LANDLINE.match(value)):
            raise forms.ValidationError(self.error_messages["phone"], code="phone")


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to three pictures; cleaned to a list of JPEG bytes without position or device data."""

    widget = _ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data: Any, *_: Any) -> Any:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_PHOTOS:
            raise forms.ValidationError(f"照片最多 {MOST_PHOTOS} 张")
        if any(one.size > MOST_BYTES for one in given):
            raise forms.ValidationError(f"一张照片最大 {MOST_BYTES // 2**20} MB，请换一张小一些的")
        return [clean_photo(one.read()) for one in given]


def clean_photo(data: bytes) -> bytes:
    """A JPEG of the same picture, turned upright, at most 1,600 pixels a side, nothing else in it.

    Raises `ValidationError` when the bytes are no picture or one too large to open safely.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            upright = _upright(picture)
    except UNREADABLE:
        raise forms.ValidationError("这个文件不是照片，或已损坏，请换一张") from None
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """The pixels alone. A JPEG is made smaller while it is read; all else has to be small."""
    scaled = picture.format in ("JPEG", "MPO")
    if picture.width * picture.height > (MOST_PIXELS if scaled else MOST_PIXELS_OTHERWISE):
        raise forms.ValidationError("照片太大了，请换一张小一些的")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture).convert("RGB")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned.info.clear()  # a comment would be written again
    return turned
