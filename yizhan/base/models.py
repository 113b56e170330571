from yizhan.base.files import StoredFile
from yizhan.base.once import Command
from yizhan.base.outbox import Notice
from yizhan.base.sms import TextMessage
from yizhan.base.steps import Follower, Head, Remark, Seal, Step, Unsealed
from yizhan.base.switches import Switch

__all__ = [
    "Command",
    "Follower",
    "Head",
    "Notice",
    "Remark",
    "Seal",
    "Step",
    "StoredFile",
    "Switch",
    "TextMessage",
    "Unsealed",
]
