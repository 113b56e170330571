"""Links to map services. They are opened only when tapped; the service then knows the station."""

from dataclasses import dataclass
from urllib.parse import urlencode

from yizhan.places.coordinates import bd09, gcj02
from yizhan.places.models import Station


@dataclass(frozen=True, slots=True)
class Route:
    """The way to a station in one map service."""

    name: str
    url: str


def routes_to(station: Station) -> list[Route]:
    """The way to a station in the map services people have, each in its own coordinates."""
    shifted, baidu = gcj02(station.point), bd09(station.point)
    amap = {
        "to": f"{shifted.longitude:.6f},{shifted.latitude:.6f},{station.name}",
        "mode": "walk",
        "coordinate": "gaode",
        "callnative": "1",
    }
    tencent = {
        "type": "walk",
        "to": station.name,
        "tocoord": f"{shifted.latitude:.6f},{shifted.longitude:.6f}",
        "referer": "yizhan",
    }
    marker = {
        "location": f"{baidu.latitude:.6f},{baidu.longitude:.6f}",
        "title": station.name,
        "content": station.address,
        "coord_type": "bd09ll",
        "output": "html",
        "src": "yizhan",
    }
    apple = {
        "daddr": f"{shifted.latitude:.6f},{shifted.longitude:.6f}",
        "dirflg": "w",
        "q": station.name,
    }
    return [
        Route("高德地图", f"https://uri.amap.com/navigation?{urlencode(amap)}"),
        Route("腾讯地图", f"https://apis.map.qq.com/uri/v1/routeplan?{urlencode(tencent)}"),
        Route("百度地图", f"https://api.map.baidu.com/marker?{urlencode(marker)}"),
        Route("苹果地图", f"https://maps.apple.com/?{urlencode(apple)}"),
    ]
