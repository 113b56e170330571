"""家人代办: given, taken on, ended."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import receipt_code
from yizhan.base.outbox import tell
from yizhan.people import messages, queries, rules
from yizhan.people.models import PROXY, Person, Proxy


@transaction.atomic
def entrust(
    *, principal: Person, scopes: Sequence[str], until: date, by: Actor, at: datetime
) -> Proxy:
    """A person lets a member of the family act for them until a day, a year at most.

    By the person themselves, or on paper at the counter: then `by` is the witness. The proxy waits
    for whoever brings its code. Refused with not_self or too_long.
    """
    Person.objects.lock(principal)
    since = localdate(at)
    rules.can_entrust(principal, by, since=since, until=until).or_refuse()
    code = receipt_code()
    proxy = Proxy(
        principal=principal,
        witness_id=None if by.person_id == principal.pk else by.person_id,
        scopes=sorted(scopes),
        code=code,
        code_index=crypto.index(code, use=PROXY),
        since_date=since,
        until_date=until,
        offered_at=at,
    )
    proxy.save(force_insert=True)
    facts: dict[str, object] = {"scopes": proxy.scopes, "until": until.isoformat()}
    proxy.begin("entrusted", by=by, at=at, remark="", principal=principal.pk, **facts)
    return proxy


@transaction.atomic
def take_on(*, proxy: Proxy, by: Actor, at: datetime) -> Proxy:
    """A member of the family takes it on with the code; the principal is told."""
    list(Person.objects.select_for_update(no_key=True).filter(pk=by.person_id or 0))
    proxy = Proxy.objects.lock(proxy)
    held = queries.mandates(by.person_id or 0, localdate(at))
    principals = list(held.values_list("principal", flat=True))
    rules.can_take_on(proxy, by, at=at, principals=principals).or_refuse()
    proxy.agent_id = by.person_id
    proxy.move(Proxy.State.ACTIVE, "taken_on", by=by, at=at, saving=("agent",))
    tell(*messages.taken_on(proxy), at=at)
    return proxy


@transaction.atomic
def end_proxy(*, proxy: Proxy, by: Actor, at: datetime) -> Proxy:
    """Either side ends it, at once; the other one is told."""
    proxy = Proxy.objects.lock(proxy)
    rules.can_end_proxy(proxy, by).or_refuse()
    proxy.move(Proxy.State.ENDED, by=by, at=at)
    tell(*messages.ended(proxy, by), at=at)
    return proxy
