from django.urls import path

from yizhan.people.views import accounts, me, times

KEPT = "settings/accounts"
ONE = f"{KEPT}/<slug:code>"

app_name = "people"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/describe_self", me.describe_self, name="describe_self"),
    path("me/take_up", me.take_up, name="take_up"),
    path(KEPT, accounts.accounts, name="accounts"),
    path(f"{KEPT}/create_staff", accounts.create_staff, name="create_staff"),
    path(f"{ONE}/account", accounts.account, name="account"),
    path(f"{ONE}/appoint", accounts.appoint, name="appoint"),
    path(f"{ONE}/reset_password", accounts.reset_password, name="reset_password"),
    path(f"{ONE}/reset_second_factor", accounts.reset_second_factor, name="reset_second_factor"),
    path(f"{ONE}/<slug:role>/<str:unit>/<str:since>/relieve", accounts.relieve, name="relieve"),
    path("me/family", me.family, name="family"),
    path("me/family/entrust", me.entrust, name="entrust"),
    path("me/family/take_on", me.take_on, name="take_on"),
    path("me/family/<str:who>/<int:number>/end_proxy", me.end_proxy, name="end_proxy"),
    path("me/times", times.times, name="times"),
    path("me/times/keep_times", times.keep_times, name="keep_times"),
    path("me/times/pause", times.pause, name="pause"),
    path("me/times/resume", times.resume, name="resume"),
    path("c/<str:code>", me.card, name="card"),
]
