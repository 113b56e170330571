"""The stations of the small world, for what stands on the open pages."""

from tests.places.conftest import keeper, stations

__all__ = ["keeper", "stations"]
