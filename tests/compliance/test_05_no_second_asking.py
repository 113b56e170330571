"""Line 5: an upper level reads the figures; nobody below is asked to fill in what is known."""

import re

from django.apps import apps

from tests import house
from tests.orders import stories
from yizhan.orders.figures import Period, summary
from yizhan.people.acting import actor_for
from yizhan.people.models import Post

ASKING = re.compile(r"(?i)data_?request|questionnaire|report_?task|fill_?in|demand|survey|collect")
KNOWN = {"privacy.DataRequest": "a person asks about their own data; nobody below is asked"}


def test_the_street_and_the_district_count_without_asking(world, at):
    stories.placed(world, at)
    stories.finished(world, at)
    post = Post(person=world.zhou, role="organisation_department", unit=world.units["D"])
    period = Period.around("month", at.date())

    below = summary(world.by.sun, period, at)
    for above in (world.by.zhou, actor_for(world.zhou, post)):
        made = summary(above, period, at)
        assert (made.received, made.finished) == (below.received, below.finished) == (2, 1)


def test_nothing_lets_an_upper_level_send_out_forms():
    """Whoever builds it puts the question "is the figure there already?" in front, and tests it."""
    models = [m._meta.label for m in apps.get_models() if m.__module__.startswith("yizhan.")]
    names = [*models, *(one.name for one in house.every_operation())]

    assert [name for name in names if ASKING.search(name)] == list(KNOWN)
