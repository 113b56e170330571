"""What is done to stations: keeping them, and loading the register."""

from yizhan.places.operations.keeping import (
    EDITABLE,
    check_all,
    check_facility,
    close_for,
    edit,
    reopen_early,
)
from yizhan.places.operations.register import import_stations, load_reference

__all__ = [
    "EDITABLE",
    "check_all",
    "check_facility",
    "close_for",
    "edit",
    "import_stations",
    "load_reference",
    "reopen_early",
]
