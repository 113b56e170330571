"""What is done about orders that ask for the same. Each function is one whole transaction."""

from yizhan.duplicates.operations.following import follow, forget_vector, renew
from yizhan.duplicates.operations.joining import attach, join
from yizhan.duplicates.operations.merging import merge, tell_apart

__all__ = ["attach", "follow", "forget_vector", "join", "merge", "renew", "tell_apart"]
