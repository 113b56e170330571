"""Line 9: mediation is invisible to all but its mediators.

Until it is built, nothing of it is kept. What is built already: a small count gives no share.
"""

import re

from django.apps import apps

from tests import house
from yizhan.orders.figures import FEW, Figure
from yizhan.people.roles import ROLES


# A dispute between offices about who deals with an order: no residents quarrel in it.
BETWEEN_OFFICES = {"disputes.Dispute"}


def test_no_case_is_kept_anywhere_before_the_wall_stands():
    names = [m._meta.label for m in apps.get_models() if m.__module__.startswith("yizhan.")]

    assert "mediation" not in house.domains()
    kept = {name for name in names if re.search(r"(?i)mediat|dispute|dossier|case$", name)}
    assert kept == BETWEEN_OFFICES


def test_the_mediator_s_post_opens_nothing_of_others_yet():
    assert ROLES["mediator"].powers == {"phone.never"}


def test_small_counts_give_no_share():
    assert Figure("调解", 4, 4, "").rate == ""
    assert Figure("调解", FEW - 1, FEW - 1, "").rate == ""
    assert FEW >= 5
