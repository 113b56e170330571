import pytest
from django.apps import apps
from django.db import connection

from yizhan.base.sealed import Sealed, SealedText
from yizhan.base.steps import AppendOnly, Remark


def raw(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM base_remark WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_text_is_sealed_in_the_database_and_opened_on_request():
    remark = Remark.objects.create(text="门锁坏了", salt=b"1")

    assert "门锁坏了".encode() not in raw(remark.pk)
    kept = Remark.objects.get(pk=remark.pk)
    assert kept.text.open() == "门锁坏了"
    assert kept.text == Sealed.of("门锁坏了", use="remark.text")


@pytest.mark.django_db
def test_an_update_by_query_seals_too():
    remark = Remark.objects.create(text="旧", salt=b"1")
    Remark.objects.filter(pk=remark.pk).update(text="门锁坏了")

    assert "门锁坏了".encode() not in raw(remark.pk)
    assert Remark.objects.get(pk=remark.pk).text.open() == "门锁坏了"


@pytest.mark.django_db
def test_nothing_is_nothing():
    for nothing in ("", None):
        assert Remark.objects.get(pk=Remark.objects.create(text=nothing, salt=b"1").pk).text is None


def test_printing_shows_nothing():
    remark = Remark(text="门锁坏了")

    assert "门锁坏了" not in f"{remark.text} {remark.text!r} {vars(remark)}"
    assert hash(remark.text) == hash(remark.text)
    assert remark.text != "门锁坏了"


def test_no_column_written_once_is_sealed_for_a_new_key_could_not_be_put_on():
    stuck = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, AppendOnly)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]

    assert stuck == []


def test_each_sealed_column_has_its_own_use():
    uses = [
        (field.use, f"{model._meta.label}.{field.name}")
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]

    assert len({use for use, _ in uses}) == len(uses), uses
