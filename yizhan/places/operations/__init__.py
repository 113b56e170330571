"""What is done to stations: keeping them, and loading the register."""

from yizhan.places.operations.keeping import (
    EDITABLE,
    check_all,
    check_facility,
    close_for,
    edit,
    reopen_early,
)
from yizhan.places.operations.layers import (
    add_layer,
    load_layers,
    replace_layer,
    retire_layer,
    show_layer,
)
from yizhan.places.operations.register import import_stations, load_reference

__all__ = [
    "EDITABLE",
    "add_layer",
    "check_all",
    "check_facility",
    "close_for",
    "edit",
    "import_stations",
    "load_layers",
    "load_reference",
    "reopen_early",
    "replace_layer",
    "retire_layer",
    "show_layer",
]
