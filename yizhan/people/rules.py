"""Who may change accounts, posts and units, and what a person may change about themselves."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.people.models import CARDS, Card, How, Person, Post, Proxy, Scope, Unit
from yizhan.people.roles import ROLES

ACCOUNTS = "system.accounts"
NAME_LIMIT = 20
KEPT_APART = frozenset({"system.settings", ACCOUNTS, "system.audit"})
ADMINISTRATORS = frozenset(role.code for role in ROLES.values() if role.powers & KEPT_APART)
PRESENT = frozenset({How.CARD, How.IN_PERSON, How.PHONE})
AT_COUNTER = frozenset({CARDS, "orders.enter"})
FOR_ANOTHER = frozenset({Scope.ORDER, Scope.RATE})
PROXY_DAYS = 365
OFFER_DAYS = 7
PRINCIPALS = 5


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


def can_keep_times(person: Person, by: Actor) -> Verdict:
    """When somebody may be asked is said by that person alone, and for nobody else."""
    own = by.kind is Kind.PERSON and by.on_behalf_of is None and by.person_id == person.pk
    return YES if own else no("not_self", "接单时间由本人来定")


def can_pause(person: Person, by: Actor) -> Verdict:
    """The same for not being disturbed."""
    return can_keep_times(person, by)


def can_resume(person: Person, by: Actor) -> Verdict:
    """And for taking it back."""
    return can_keep_times(person, by)


def can_forget_unverified(by: Actor) -> Verdict:
    """Only the clock cleans up."""
    return YES if by.kind is Kind.CLOCK else no("clock_only", "这件事由系统按时办")


def serves(by: Actor, home_code: str) -> bool:
    """Whether the actor has a counter for this community."""
    return by.on_behalf_of is None and by.may(CARDS) and by.reaches_region(home_code)


def can_register_person(by: Actor, *, home_code: str, namesakes: int, anyway: bool) -> Verdict:
    """At a counter of the community; of a namesake staff say themselves that it is another."""
    if not by.may(CARDS):
        return no("no_power", "登记没有手机的居民，由社区和驿站的岗位来办")
    if not serves(by, home_code):
        return no("outside", "这个社区不在您的辖区")
    if namesakes and not anyway:
        return no("same_name", "这个社区已经登记过同名的人，请先看看是不是同一位")
    return YES


def can_issue_card(person: Person, by: Actor, *, has_card: bool) -> Verdict:
    """One card in use a person, given out by the counter of their community."""
    verdict = _at_counter_of(person, by)
    if verdict and has_card:
        return no("has_card", "这位居民手上有一张使用中的卡，丢了请先换卡")
    return verdict


def can_end_card(card: Card, by: Actor) -> Verdict:
    """A card ends once."""
    verdict = _at_counter_of(card.person, by)
    if verdict and card.state != Card.State.ISSUED:
        return no("ended", "这张卡已经停用了")
    return verdict


def can_replace_card(card: Card, by: Actor) -> Verdict:
    """Whoever may end a card may give out the next one with it."""
    return can_end_card(card, by)


def can_entrust(principal: Person, by: Actor, *, since: date, until: date) -> Verdict:
    """By the principal themselves, or at the counter of their community before a witness."""
    own = by.person_id == principal.pk and by.on_behalf_of is None
    if not own and not _at_counter_of(principal, by):
        return no("not_self", "委托家人由本人来办，没有手机可以到社区或驿站办")
    if until < since or until > since + timedelta(days=PROXY_DAYS):
        return no("too_long", "委托最长一年，到期可以再办")
    return YES


def can_take_on(proxy: Proxy, by: Actor, *, at: datetime, principals: Collection[int]) -> Verdict:
    """By whoever has the code: another person with an account, who was not the witness.

    `principals` are the ids of those for whom this person acts already.
    """
    if by.kind is not Kind.PERSON or by.on_behalf_of is not None:
        return no("not_signed_in", "请先登录")
    if proxy.state != Proxy.State.OFFERED or at - proxy.offered_at > timedelta(days=OFFER_DAYS):
        return no("gone", "这个委托码已经用过或过期了，请家人再办一次")
    if by.person_id in (proxy.principal_id, proxy.witness_id):
        return no("own", "委托人和经办人自己不能接受这个委托")
    if proxy.principal_id in principals:
        return no("twice", "您已经在替这位家人代办，旧的终止后才能换新的")
    if len(principals) >= PRINCIPALS:
        return no("too_many", f"一个人最多替 {PRINCIPALS} 位家人代办")
    return YES


def can_end_proxy(proxy: Proxy, by: Actor) -> Verdict:
    """Either side at any time, and the counter for a principal who is there."""
    side = by.on_behalf_of is None and by.person_id in (proxy.principal_id, proxy.agent_id)
    if not (by.person_id and side) and not _at_counter_of(proxy.principal, by):
        return no("not_side", "委托由本人或代办的家人来终止")
    return no("ended", "这个委托已经终止了") if proxy.state == Proxy.State.ENDED else YES


def _at_counter_of(person: Person, by: Actor) -> Verdict:
    home = person.home.code if person.home else ""
    if not home or not serves(by, home) or person.pk == by.person_id:
        return no("outside", "这位居民不在您的辖区")
    return YES


def can_pseudonymise(person: Person, by: Actor) -> Verdict:
    """Oneself, or the desk that carries out what this person has asked for; once.

    Family that acts for a person does not end their account.
    """
    if person.forgotten_at:
        return no("forgotten", "这个账号已经注销")
    own = by.person_id == person.pk and by.on_behalf_of is None
    if own or (by.on_behalf_of == person.pk and by.may("privacy.requests")):
        return YES
    return no("not_self", "只有本人，或受本人委托办理的工作人员，可以注销")
