"""The routing table of the demo: the pack's first version, and a draft of the next one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from yizhan.demo.story import MAKER
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.regions.district import pack
from yizhan.routing import operations
from yizhan.routing.models import Category
from yizhan.routing.rows import Line

BEFORE = timedelta(days=60)


def load(people: Mapping[str, Person], *, at: datetime) -> None:
    """Publish the pack's table long before the first order, once, and begin a draft."""
    table = operations.load_table(path=pack() / "routing.toml", by=MAKER, at=at - BEFORE)
    writer = people.get("fang")
    if table is None or writer is None:
        return
    post = Post.objects.on(localdate(at)).select_related("unit__region").get(person=writer)
    by, day = actor_for(writer, post, "demo"), at - timedelta(days=1)
    draft = operations.begin_draft(by=by, at=day)
    green = Category.objects.get(code="environment_green")
    line = Line(category_id=green.pk, kind="property", note="小区里的树由物业修剪")
    operations.add_rule(table=draft, line=line, by=by, at=day)
