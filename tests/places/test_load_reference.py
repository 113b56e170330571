"""The vocabularies: loaded again and again, words taken out are retired, never deleted."""

from pathlib import Path

import pytest

from yizhan.places.models import FacilityKind
from yizhan.places.operations import load_reference


@pytest.mark.django_db
def test_reference_is_idempotent_and_retires_words(tmp_path: Path) -> None:
    assert load_reference() == load_reference()
    count = FacilityKind.objects.current().count()
    assert count > 40
    other = tmp_path / "vocabulary.toml"
    other.write_text(
        "type = []\nservice = []\naudience = []\n"
        'facility = [{ code = "seat", name = "座椅", icon = "armchair" }]\n',
        "utf-8",
    )
    load_reference(path=other)
    assert [str(kind) for kind in FacilityKind.objects.current()] == ["座椅"]
    assert FacilityKind.objects.count() == count
    load_reference()
    assert FacilityKind.objects.current().count() == count
