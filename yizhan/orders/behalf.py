"""Which orders an actor sees who acts for another person."""

from django.db.models import Q

from yizhan.base.actor import Actor
from yizhan.orders.states import ENDED
from yizhan.people.models import How, Scope


def represented(by: Actor) -> Q:
    """The orders of the person for whom the actor acts, and no others.

    Staff see those of their area. Family see what their mandate is about, and never what is
    sensitive: whoever asks for help may be asking for it because of the family.
    """
    theirs = Q(author=by.on_behalf_of or 0)
    if by.how != How.FAMILY:
        return theirs & Q(region_code__startswith=by.area) if by.area else Q(pk__in=[])
    theirs &= Q(category__is_sensitive=False)
    if Scope.ORDER in by.mandate:
        return theirs
    return theirs & Q(state__in=ENDED) if Scope.RATE in by.mandate else Q(pk__in=[])
