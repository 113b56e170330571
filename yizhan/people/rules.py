"""Who may change accounts, posts and units, and what a person may change about themselves."""

from datetime import date

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.people.models import Person, Post, Unit
from yizhan.people.roles import ROLES

ACCOUNTS = "system.accounts"
NAME_LIMIT = 20
KEPT_APART = frozenset({"system.settings", ACCOUNTS, "system.audit"})
ADMINISTRATORS = frozenset(role.code for role in ROLES.values() if role.powers & KEPT_APART)


def can_keep_accounts(by: Actor) -> Verdict:
    """Accounts and posts are kept by the security administrator, or from the command line."""
    if by.kind is Kind.CLOCK or by.may(ACCOUNTS):
        return YES
    return no("no_power", "账号和岗位由安全管理员维护，您的岗位没有这项权限")


def can_create_staff(by: Actor, *, username_taken: bool, phone_taken: bool) -> Verdict:
    """A user name and a telephone number each belong to one person."""
    verdict = can_keep_accounts(by)
    if not verdict:
        return verdict
    if username_taken:
        return no("username_taken", "这个用户名已经有人用了，请换一个")
    if phone_taken:
        return no("phone_taken", "这个手机号已经登记在另一个账号上")
    return YES


def can_appoint(
    by: Actor,
    *,
    role: str,
    unit: Unit,
    since: date,
    until: date | None,
    held: frozenset[str] = frozenset(),
) -> Verdict:
    """A post needs a known role, a unit that still exists, and dates in order.

    `held` are the roles of the same days: an administrator's post is held alone.
    """
    verdict = can_keep_accounts(by)
    if not verdict:
        return verdict
    if role not in ROLES:
        return no("unknown_role", "没有这种岗位")
    if held - {role} and ADMINISTRATORS & (held | {role}):
        return no("kept_apart", "系统、安全、审计管理员各由不同的人担任，不兼别的岗位")
    if unit.ended_date and unit.ended_date <= since:
        return no("unit_ended", "这个单位已经停用，不能任岗")
    if until and until < since:
        return no("dates", "离岗日期不能早于任岗日期")
    return YES


def can_relieve(post: Post, by: Actor, *, until: date) -> Verdict:
    """A post ends once, and not before it began."""
    verdict = can_keep_accounts(by)
    if not verdict:
        return verdict
    if post.until_date and post.until_date <= until:
        return no("relieved", "这个岗位已经离岗")
    if until < post.since_date:
        return no("dates", "离岗日期不能早于任岗日期")
    return YES


def can_reset_password(person: Person, by: Actor) -> Verdict:
    """Only accounts with a user name have a password, and nobody resets their own."""
    verdict = can_keep_accounts(by)
    if not verdict:
        return verdict
    if not person.username:
        return no("no_password", "这个账号用手机验证码登录，没有密码")
    if person.pk == by.person_id:
        return no("own_password", "自己的密码请在「修改密码」里改")
    return YES


def can_reset_second_factor(person: Person, by: Actor) -> Verdict:
    """Nobody takes away their own: whoever has stolen a session could do it too."""
    verdict = can_keep_accounts(by)
    if verdict and person.pk == by.person_id:
        return no("own_second_factor", "自己的动态码请另一位安全管理员重设")
    return verdict


def can_describe_self(person: Person, by: Actor) -> Verdict:
    """Everyone describes themselves and nobody else."""
    if by.kind is Kind.PERSON and by.person_id == person.pk:
        return YES
    return no("not_self", "只能改自己的资料")


def can_forget_unverified(by: Actor) -> Verdict:
    """Only the clock cleans up."""
    return YES if by.kind is Kind.CLOCK else no("clock_only", "这件事由系统按时办")


def can_pseudonymise(person: Person, by: Actor) -> Verdict:
    """Oneself, or staff who carry out what this person has asked for; once."""
    if person.forgotten_at:
        return no("forgotten", "这个账号已经注销")
    if by.person_id is not None and person.pk in (by.person_id, by.on_behalf_of):
        return YES
    return no("not_self", "只有本人，或受本人委托办理的工作人员，可以注销")
