"""The baselines that a district's pack brings for its demo."""

import tomllib
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.insights.operations import Statement, enter_baseline
from yizhan.insights.queries import taken_by
from yizhan.regions.district import pack
from yizhan.regions.models import Region


def load(*, by: Actor, at: datetime) -> int:
    """Enter what `demo/baselines.toml` states and was not entered before; returns how many."""
    path = pack() / "demo" / "baselines.toml"
    if not path.exists():
        return 0
    count = 0
    for row in tomllib.loads(path.read_text("utf-8"))["baseline"]:
        metric, region = row.pop("metric"), Region.objects.current().get(code=row.pop("region"))
        if not taken_by(metric, region.code):
            enter_baseline(metric=metric, region=region, statement=Statement(**row), by=by, at=at)
            count += 1
    return count
