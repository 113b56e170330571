"""The chain is kept by the worker."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils.timezone import now

from yizhan.base.models import Head, Seal, Step, Unsealed
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.privacy import jobs


def test_seal(town, at):
    operations.describe_self(
        person=town.aunt, name="王兰", home=None, by=actor_for(town.aunt), at=at
    )
    assert Unsealed.objects.exists()
    jobs.seal()
    assert not Unsealed.objects.exists()
    assert Seal.objects.count() == Step.objects.count()
    jobs.keep_head()
    assert Head.objects.count() == 0


def test_clear_sessions(client, town):
    client.force_login(town.aunt)
    Session.objects.update(expire_date=now() - timedelta(days=1))
    jobs.clear_sessions()
    assert not Session.objects.exists()
