from django.urls import include, path

from yizhan.privacy.views import (
    agreeing,
    auditing,
    counter,
    desk,
    looking,
    minors,
    own,
    reading,
)

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
    path("me/requests/", own.requests, name="requests"),
    path("me/requests/file_request", own.file_request, name="file_request"),
    path("me/requests/copy", own.copy, name="copy"),
    path("me/requests/forget_person", own.forget_person, name="forget_person"),
    path("me/requests/<str:code>/progress", own.progress, name="progress"),
    path("me/requests/<str:code>/withdraw_request", own.withdraw_request, name="withdraw_request"),
    path("requests/desk", desk.desk, name="desk"),
    path("requests/enter_request", desk.enter_request, name="enter_request"),
    path("requests/<str:code>/handle", desk.handle, name="handle"),
    path("requests/<str:code>/take_copy", desk.take_copy, name="take_copy"),
    path("requests/<str:code>/answer_request", desk.answer_request, name="answer_request"),
    path("requests/<str:code>/refuse_request", desk.refuse_request, name="refuse_request"),
]
