"""What may be counted from before the platform: a baseline can be entered for these and no others.

What is counted on the platform too has the code and the name of its registered metric.
"""

from dataclasses import dataclass

from yizhan.orders.metrics import CLOSED


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of things done, before the platform and on it.

    `unit` is its measure word; `means` says what counts.
    """

    code: str
    name: str
    unit: str
    means: str


METRICS = (
    Counted(CLOSED.code, CLOSED.name, CLOSED.unit, "办结过、没有重新打开的点单"),
    Counted("desk_sessions", "延时流动办公", "场", "下班后在驿站开办的流动办公桌，一晚一处算一场"),
    Counted("meetings_held", "议事会", "场", "板凳会、圆桌会，开成的才算"),
    Counted("issues_solved", "议事解决的问题", "个", "会上提出、已经办成并公开答复的"),
    Counted("mediations", "调解的矛盾纠纷", "件", "调解工作室受理的"),
    Counted("mediations_major", "重大疑难纠纷", "件", "调解的纠纷里，定为重大或疑难的"),
    Counted("activities_held", "活动", "期", "活动平台上办成的，一次算一期"),
)
CODES = {metric.code: metric for metric in METRICS}
