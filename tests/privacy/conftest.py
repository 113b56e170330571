from tests.people.conftest import guard, sent, town

__all__ = ["guard", "sent", "town"]
