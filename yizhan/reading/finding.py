"""What was found in a text: where it stands, what would be shown instead, and why."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "phone", "id_card", "bank_card", "plate", "email", "account", "birth", "name", "door"
]

LABELS: dict[Kind, str] = {
    "phone": "电话号码",
    "id_card": "身份证号",
    "bank_card": "银行卡号",
    "plate": "车牌号",
    "email": "电子邮箱",
    "account": "微信号或 QQ 号",
    "birth": "出生日期",
    "name": "姓名",
    "door": "门牌",
}
WHY: dict[Kind, str] = {
    "phone": "像是电话号码，公开后谁都能打",
    "id_card": "像是身份证号，公开后可能被冒用",
    "bank_card": "像是银行卡号，公开后可能被盗用",
    "plate": "像是车牌号，能查到车主是谁",
    "email": "像是电子邮箱，公开后谁都能写信",
    "account": "像是微信号或 QQ 号，公开后谁都能加",
    "birth": "像是出生日期，和别的信息放在一起能认出人",
    "name": "像是一个人的全名，写张先生、李阿姨就够了",
    "door": "写到了哪一户，写到楼就够了",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data between two places of a text, and what others would read instead.

    `masked` is never longer than what it stands for.
    """

    kind: Kind
    start: int
    end: int
    masked: str

    @property
    def label(self) -> str:
        """What it is."""
        return LABELS[self.kind]

    @property
    def why(self) -> str:
        """Why it should not be read by others."""
        return WHY[self.kind]
