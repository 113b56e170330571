"""What people do about personal data. Each function is one whole transaction."""

from yizhan.privacy.operations.looking import find_by_phone, look, unmask

__all__ = ["find_by_phone", "look", "unmask"]
