from django.urls import include, path

from yizhan.privacy.views import agreeing, auditing, counter, looking, minors, reading

audit = (
    [
        path("looks/", auditing.looks, name="looks"),
        path("acts", auditing.acts, name="acts"),
        path("chain", auditing.chain, name="chain"),
        path("retention", auditing.retention, name="retention"),
    ],
    "audit",
)
app_name = "privacy"
urlpatterns = [
    path("privacy/children/", reading.children, name="children"),
    path("privacy/<str:purpose>/text/<int:number>", reading.text, name="text"),
    path("me/privacy/", agreeing.agreements, name="agreements"),
    path("me/privacy/<str:purpose>/give_consent", agreeing.give_consent, name="give_consent"),
    path(
        "me/privacy/<str:purpose>/withdraw_consent",
        agreeing.withdraw_consent,
        name="withdraw_consent",
    ),
    path("me/wards/", minors.wards, name="wards"),
    path("me/wards/register_ward", minors.register_ward, name="register_ward"),
    path("me/wards/<str:code>/end_ward", minors.end_ward, name="end_ward"),
    path(
        "me/wards/<str:ward>/give_consent",
        minors.give_consent,
        name="give_consent",
    ),
    path("counter/", counter.counter, name="counter"),
    path("counter/find_by_phone", counter.find_by_phone, name="find_by_phone"),
    path("counter/<str:code>/consents", counter.consents, name="consents"),
    path(
        "counter/<str:code>/<str:purpose>/give_consent", counter.give_consent, name="give_consent"
    ),
    path(
        "counter/<str:code>/<str:purpose>/withdraw_consent",
        counter.withdraw_consent,
        name="withdraw_consent",
    ),
    path("counter/<str:code>/register_ward", counter.register_ward, name="register_ward"),
    path("counter/<str:code>/<str:ward>/end_ward", counter.end_ward, name="end_ward"),
    path("wards/list_wards", minors.list_wards, name="list_wards"),
    path("wards/<str:code>/open_ward", minors.open_ward, name="open_ward"),
    path("me/looks/", looking.looks, name="looks"),
    path("audit/", include(audit)),
]
