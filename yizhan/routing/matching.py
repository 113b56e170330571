"""Which rule of a routing table an order comes under, and why. Plain values only.

The rules are tried in their order and the first that matches decides. A rule that would decide but
is broken is named and decides nothing: what stands below it is not taken instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yizhan.routing.conditions import ALWAYS, LEVELS, YES_OR_NO, Conditions

KINDS = {
    "community": "社区",
    "branch": "党支部",
    "team": "志愿服务队",
    "property": "物业企业",
    "department": "区级部门",
    "street": "街道办事处、镇政府",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an order the table looks at. `handler` is the kind that usually does its category."""

    category: str
    group: str
    region: str
    handler: str = "community"
    level: str = "normal"
    needs_visit: bool = False
    is_sensitive: bool = False
    outside_hours: bool = False
    station_type: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an order goes: to one unit by its code, or to a kind of unit found in its region."""

    kind: str = ""
    unit: str = ""
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name if self.unit else f"当地的{KINDS.get(self.kind, self.kind)}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table. `number` is its place from 1, `faults` what makes it broken."""

    pk: int
    number: int
    target: Target
    category: str = ""
    region: str = ""
    conditions: Conditions = ALWAYS
    faults: tuple[str, ...] = ()
    category_name: str = ""
    region_name: str = ""
    types: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"第 {self.number} 条"

    @property
    def when(self) -> str:
        """What it is about, in words."""
        what = f"「{self.category_name or self.category}」" if self.category else "不论哪一类"
        where = self.region_name or self.region or "全区"
        return "，".join([what, where, *self.conditions.in_words(self.types)])

    @property
    def said(self) -> str:
        """The whole rule in words."""
        return f"{self.when}，派给{self.target}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a table says of one order. `rule` is None where none matched, `target` None where the
    rule that should decide is broken."""

    target: Target | None
    rule: Rule | None
    why: str
    passed_over: tuple[tuple[Rule, str], ...]

    @property
    def is_broken(self) -> bool:
        """Whether the rule that should have decided cannot."""
        return self.target is None


def route(facts: Facts, rules: Sequence[Rule]) -> Answer:
    """The first rule that matches, in the order given, and why the others did not decide."""
    fired: Rule | None = None
    passed: list[tuple[Rule, str]] = []
    for rule in rules:
        missing = mismatch(rule, facts)
        if missing and fired is None:
            passed.append((rule, missing))
        elif not missing and fired is None:
            fired = rule
        elif not missing:
            passed.append((rule, f"也符合，但{fired}排在前面"))
    if fired is None:
        why = f"目录里没有管到这件事的规定，按这一类常办的单位：{KINDS[facts.handler]}"
        return Answer(Target(kind=facts.handler), None, why, tuple(passed))
    if fired.faults:
        faults = "；".join(fired.faults)
        why = f"{fired}本该生效，但它失效了：{faults}。请另选单位，并请管理目录的人改正"
        return Answer(None, fired, why, tuple(passed))
    return Answer(fired.target, fired, f"{fired}，{fired.said}", tuple(passed))


def mismatch(rule: Rule, facts: Facts) -> str:
    """Why a rule does not match, in words; empty when it does."""
    if rule.category and rule.category not in (facts.category, facts.group):
        return f"只管「{rule.category_name or rule.category}」"
    if not facts.region.startswith(rule.region):
        return f"只管{rule.region_name or rule.region}"
    wanted = rule.conditions
    if wanted.level and wanted.level != facts.level:
        return f"只管级别是{LEVELS[wanted.level]}的"
    for name, (yes, other) in YES_OR_NO.items():
        asked = getattr(wanted, name)
        if asked is not None and asked != getattr(facts, name):
            return f"只管{yes if asked else other}的"
    if wanted.station_type and wanted.station_type != facts.station_type:
        return f"只管在{rule.types.get(wanted.station_type, wanted.station_type)}点的单"
    if wanted.words and not any(word in facts.words for word in wanted.words):
        return f"原话里没有{'、'.join(f'「{word}」' for word in wanted.words)}"
    return ""
