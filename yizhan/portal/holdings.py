"""What the packages below privacy, and beside it, keep about persons. They cannot say it there."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.codes import spaced
from yizhan.base.outbox import KINDS, Notice
from yizhan.clocks.models import Extension
from yizhan.notices import operations as notices
from yizhan.people import operations as people
from yizhan.people.models import Availability, Card, Person, Post, Proxy
from yizhan.privacy.holdings import Holding, Rows, minute, register
from yizhan.ratings.models import Rating


def _account(person: Person) -> Rows:
    joined = SocialAccount.objects.filter(user=person).exists()
    second = Authenticator.objects.filter(user=person).exists()
    row = {
        "姓名": person.name.open() if person.name else "",
        "手机号": person.phone.open() if person.phone else "",
        "用户名": person.username or "",
        "住在": person.home.short_name if person.home else "",
        "建账号": minute(person.recorded_at),
        "上次登录": minute(person.last_login),
        "微信": "已绑定" if joined else "",
        "动态码": "已设置" if second else "",
    }
    return [{label: text for label, text in row.items() if text}]


def _forget_account(person: Person, by: Actor, at: datetime) -> int:
    people.pseudonymise(person=person, by=by, at=at)
    return 1


def _cards(person: Person) -> Rows:
    return [
        {
            "服务卡": spaced(card.code.open()),
            "发卡": minute(card.issued_at),
            "现在": str(card.get_state_display()),
        }
        for card in Card.objects.filter(person=person).order_by("pk")
    ]


def _proxies(person: Person) -> Rows:
    """What this person entrusted or took on; the other side is not named."""
    sides = Q(principal=person) | Q(agent=person)
    return [
        {
            "委托": "我请家人代办" if proxy.principal_id == person.pk else "我替家人代办",
            "可以办": proxy.allowed,
            "期限": f"{proxy.since_date} 到 {proxy.until_date}",
            "现在": str(proxy.get_state_display()),
        }
        for proxy in Proxy.objects.filter(sides).order_by("pk")
    ]


def _posts(person: Person) -> Rows:
    held = Post.objects.filter(person=person).select_related("unit").order_by("pk")
    return [
        {
            "岗位": str(post.get_role_display()),
            "单位": post.unit.name,
            "起": f"{post.since_date}",
            "止": f"{post.until_date or ''}",
            "会什么": post.skills,
        }
        for post in held
    ]


def _times(person: Person) -> Rows:
    kept = Availability.objects.filter(person=person).first()
    rows = [
        {"方便的时间": f"周{'一二三四五六日'[day - 1]} {_clock(opens)}–{_clock(closes)}"}
        for day, opens, closes in (kept.free if kept else [])
    ]
    paused = minute(kept.paused_until) if kept else ""
    return [*rows, *([{"暂不打扰到": paused}] if paused else [])]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _posts_hold(person: Person, at: datetime) -> list[str]:
    held = Post.objects.filter(person=person).select_related("unit").order_by("pk")
    ends = Q(until_date=None) | Q(until_date__gte=localdate(at))
    names = "、".join(str(post) for post in held.filter(ends))
    return [f"您还有岗位（{names}），请先请安全管理员办离岗"] if names else []


def _messages(person: Person) -> Rows:
    sent = Notice.objects.filter(to=person, kind__in=list(KINDS)).order_by("pk")
    return [{"时间": minute(one.at), "消息": one.title} for one in sent]


def _forget_messages(person: Person, by: Actor, at: datetime) -> int:
    phone = person.phone.open() if person.phone else ""
    return notices.forget_number(phone=phone, person=person, by=by, at=at)


def _ratings(person: Person) -> Rows:
    given = Rating.objects.filter(person=person).select_related("words").order_by("pk")
    return [
        {
            "时间": minute(one.at),
            "评价": str(one.get_level_display()),
            "解决了吗": str(one.get_solved_display()),
            "写的话": one.words.text.open() if one.words and one.words.text else "",
        }
        for one in given
    ]


def _extensions(person: Person) -> Rows:
    mine = Q(asked_by=person) | Q(decided_by=person)
    return [
        {
            "时间": minute(one.asked_at if one.asked_by_id == person.pk else one.decided_at),
            "做了什么": "申请延期" if one.asked_by_id == person.pk else "批延期",
            "天数": f"{one.days} 个工作日",
            "结果": str(one.get_state_display()),
        }
        for one in Extension.objects.filter(mine).order_by("pk")
    ]


register(
    [
        Holding(
            code="account",
            name="姓名、手机号、用户名、住在哪个社区",
            purpose="登录，知道怎么称呼您、您住在哪个社区",
            basis="duty",
            kept="到注销为止",
            columns=(
                "people.person.name",
                "people.person.phone",
                "people.person.username",
                "people.person.home",
                "account.emailaddress.user",
                "mfa.authenticator.user",
                "socialaccount.socialaccount.user",
            ),
            copy=_account,
            forget=_forget_account,
            goes="姓名、手机号、用户名、密码、住在哪里、微信和动态码",
            stays="一个编号，不带姓名和号码，不能登录",
        ),
        Holding(
            code="account.cards",
            name="服务卡",
            purpose="没有手机也能办事，到站出示就知道是您",
            basis="duty",
            kept="到交回、换卡或注销为止",
            columns=("people.card.person", "people.card.code"),
            copy=_cards,
            stays="发过、停过一张卡，不带姓名；卡当场作废",
        ),
        Holding(
            code="account.proxies",
            name="家人代办的委托",
            purpose="让家人替您办您同意的事",
            basis="consent",
            kept="最长一年，随时可以终止",
            columns=(
                "people.proxy.principal",
                "people.proxy.agent",
                "people.proxy.witness",
                "people.proxy.code",
            ),
            copy=_proxies,
            stays="一个编号委托过另一个编号，不带姓名；委托当场终止",
        ),
        Holding(
            code="posts",
            name="岗位、单位、任职日期、会什么",
            purpose="知道谁在什么岗位、能办什么",
            basis="duty",
            kept="随办过的事保留",
            columns=("people.post.person",),
            copy=_posts,
            goes="自己写的特长",
            stays="一个编号在什么时候有过什么岗位，不带姓名",
            holds=_posts_hold,
        ),
        Holding(
            code="times",
            name="接单时间和暂不打扰",
            purpose="只在您方便的时候邀请您接单",
            basis="consent",
            kept="自己改掉或注销为止",
            columns=("people.availability.person",),
            copy=_times,
            goes="方便的时间，暂不打扰到什么时候",
        ),
        Holding(
            code="progress_text",
            name="手机号、发过的消息",
            purpose="把进展告诉您",
            basis="duty",
            kept="站内消息到注销为止",
            columns=(
                "base.notice.to",
                "base.notice.phone",
                "base.textmessage.phone",
                "base.textmessage.text",
            ),
            copy=_messages,
            forget=_forget_messages,
            goes="号码和短信的内容",
            stays="什么时候发过哪一类消息，不带号码",
        ),
        Holding(
            code="clocks.extensions",
            name="申请和批准过的延期",
            purpose="延期要两个人经手，查得到是谁申请、谁批的",
            basis="duty",
            kept="随单子保留",
            columns=("clocks.extension.asked_by", "clocks.extension.decided_by"),
            copy=_extensions,
            stays="一个编号申请过或批过一次延期，不带姓名",
        ),
        Holding(
            code="orders.ratings",
            name="评价和写的话",
            purpose="知道事情办得怎样，差的要改",
            basis="duty",
            kept="随单子保留",
            columns=(
                "ratings.rating.person",
                "ratings.rating.given_by",
                "ratings.rating.words",
            ),
            copy=_ratings,
            goes="写的话，随单子一起删",
            stays="评价的等级，只用来计数",
        ),
    ]
)
