"""The answer to "may this happen now?": yes, or a code and a sentence a person can read."""

from dataclasses import dataclass


class Refused(Exception):
    """An operation was asked for something the rules do not allow right now.

    `code` is stable and for machines; `reason` is a Chinese sentence for the person.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when the act is allowed; otherwise `code` and `reason` say why not."""

    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return not self.code

    def or_refuse(self) -> None:
        """Raise `Refused` unless the answer is yes."""
        if self.code:
            raise Refused(self.code, self.reason)


YES = Verdict()


def no(code: str, reason: str) -> Verdict:
    """A refusal: a stable code for machines and a sentence for people."""
    return Verdict(code, reason)
