"""The texts of messages about flags. None of them names what the order is about."""

from django.urls import reverse

from yizhan.base.outbox import Kind, register
from yizhan.orders.receipts import Facts, page, said

_page = page("conduct:appeal")


def _desk(facts: Facts) -> str:
    return reverse("conduct:show", args=[facts["flag"]])


register(
    {
        "flag_raised": Kind(
            "有一条记录等复核", said("有一条点单记录等街道复核，三个工作日内看。"), _desk
        ),
        "flag_upheld": Kind(
            "点单方式有变化，请看看",
            said("您点单的方式这段时间有变化，原因和到哪天为止写在页面上。不同意可以申诉。"),
            _page,
            sms=True,
        ),
        "flag_appealed": Kind(
            "有一件申诉等答复", said("有一件点单申诉等另一位同志来定，五个工作日内答复。"), _desk
        ),
        "flag_decided": Kind(
            "您的申诉有答复了", said("您的申诉有答复了，请看看。"), _page, sms=True
        ),
    }
)
