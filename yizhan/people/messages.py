"""To whom an act about a proxy is told."""

from yizhan.base.actor import Actor
from yizhan.base.outbox import Message, Recipient
from yizhan.people.models import Proxy


def taken_on(proxy: Proxy) -> list[Message]:
    """The principal learns that somebody has taken it on."""
    return [Message(Recipient(person_id=proxy.principal_id), "proxy_taken_on", proxy)]


def ended(proxy: Proxy, by: Actor) -> list[Message]:
    """Whoever of the two has not ended it themselves learns of it."""
    sides = [proxy.principal_id, proxy.agent_id]
    return [
        Message(Recipient(person_id=person), "proxy_ended", proxy)
        for person in sides
        if person and person != by.person_id
    ]
