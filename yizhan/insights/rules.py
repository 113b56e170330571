"""Who may state what was done before the platform, and how."""

from datetime import date

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.insights.metrics import CODES
from yizhan.insights.models import Baseline

BASELINE = "insights.baseline"
METRIC_READERS = ("orders.stats", "orders.triage")


def can_keep_baselines(by: Actor, region_code: str) -> Verdict:
    """The organisation department for the district, a street's office for its own street."""
    if by.kind is Kind.CLOCK:
        return YES
    if not by.may(BASELINE):
        return no("no_power", "历史基数由组织部门或街道科室录入，您的岗位没有这项权限")
    return YES if by.reaches_region(region_code) else no("outside", "这个地方不在您的辖区")


def can_read_metrics(by: Actor, region_code: str) -> Verdict:
    """Offices that triage orders, and those above them that read figures, for their own area."""
    if not any(by.may(power) for power in METRIC_READERS):
        return no("no_power", "指标给受理点单的部门和它们的上级看，您的岗位没有这项权限")
    return YES if by.reaches_region(region_code) else no("outside", "这个地方不在您的辖区")


def can_take_snapshots(by: Actor) -> Verdict:
    return YES if by.kind is Kind.CLOCK else no("no_power", "指标按时自动记下，不由人来记")


def can_enter_baseline(
    by: Actor,
    *,
    metric: str,
    region_code: str,
    amount: int,
    as_of: date,
    today: date,
    taken_by: str,
) -> Verdict:
    """A known count, once for a place: `taken_by` names an entry for it, above it or below it."""
    verdict = can_keep_baselines(by, region_code)
    if not verdict:
        return verdict
    if metric not in CODES:
        return no("unknown_metric", "没有这个指标")
    if amount < 1:
        return no("nothing", "上线前没有做过，就不用录入")
    if as_of > today:
        return no("future", "截至日期不能晚于今天")
    return _only_once(metric, taken_by)


def _only_once(metric: str, taken_by: str) -> Verdict:
    if not taken_by:
        return YES
    name = CODES[metric].name
    return no("taken", f"「{name}」已经按{taken_by}录过，再录就重复了。有错请在那一条上更正")


def can_correct_baseline(
    baseline: Baseline, by: Actor, *, as_of: date, today: date, is_standing: bool, taken_by: str
) -> Verdict:
    """Only the entry that stands is corrected; 0 takes it back. `taken_by` as on entering."""
    verdict = can_keep_baselines(by, baseline.region_code)
    if not verdict:
        return verdict
    if not is_standing:
        return no("corrected", "这一条已经更正过了，请看最新的一条")
    if as_of > today:
        return no("future", "截至日期不能晚于今天")
    return _only_once(baseline.metric, taken_by)
