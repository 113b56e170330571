"""Ending a post."""

from datetime import date, timedelta

from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.models import Post

DAY = date(2026, 11, 22)


def test_relieve(town, guard, at):
    post = operations.relieve(post=town.clerk_post, until=DAY, by=guard, at=at)
    assert Post.objects.get(pk=post.pk).until_date == DAY
    [step] = post.steps
    assert (step.kind, step.facts) == ("relieved", {"until": "2026-11-22"})
    assert Post.objects.on(DAY).filter(pk=post.pk).exists()
    assert not Post.objects.on(DAY + timedelta(days=1)).filter(pk=post.pk).exists()
    again = refused_code(lambda: operations.relieve(post=post, until=DAY, by=guard, at=at))
    assert again == "relieved"


def test_relieve_not_before_it_began(town, guard, at):
    early = date(2025, 1, 1)
    assert (
        refused_code(lambda: operations.relieve(post=town.clerk_post, until=early, by=guard, at=at))
        == "dates"
    )
