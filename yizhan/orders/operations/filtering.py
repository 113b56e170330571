"""Keeping and taking away one's own filters of the table."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.orders import queries, rules
from yizhan.orders.models import SavedFilter
from yizhan.people.models import Person


@transaction.atomic
def keep_filter(*, name: str, query: str, by: Actor, at: datetime) -> SavedFilter:
    """Keep a filter under a name; the same name again means the new filter. Twelve at most."""
    list(Person.objects.select_for_update(no_key=True).filter(pk=by.person_id or 0))
    mine = queries.filters_of(by)
    same = next((one for one in mine if one.name == name), None)
    rules.can_keep_filter(by, len(mine) - (same is not None)).or_refuse()
    if same:
        same.query = query
        same.save(update_fields=["query"])
        return same
    return SavedFilter.objects.create(person_id=by.person_id or 0, name=name, query=query, at=at)


@transaction.atomic
def drop_filter(*, saved: SavedFilter, by: Actor, at: datetime) -> SavedFilter:
    """Take one's own filter away; once is enough."""
    saved = SavedFilter.objects.select_for_update().get(pk=saved.pk)
    rules.can_drop_filter(saved, by).or_refuse()
    saved.ended_at = saved.ended_at or at
    saved.save(update_fields=["ended_at"])
    return saved
