from django.urls import path

from yizhan.whistles import views

app_name = "whistles"
urlpatterns = [
    path("calls", views.calls, name="calls"),
    path("order/<str:order>/blow", views.blow, name="blow"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/sheet", views.sheet, name="sheet"),
    path("<str:code>/call_unit", views.call_unit, name="call_unit"),
    path("<str:code>/change_lead", views.change_lead, name="change_lead"),
    path("<str:code>/close_whistle", views.close_whistle, name="close_whistle"),
    path("<str:code>/<str:unit>/answer_call", views.answer_call, name="answer_call"),
    path("<str:code>/<str:unit>/report_in", views.report_in, name="report_in"),
    path("<str:code>/<str:unit>/explain", views.explain, name="explain"),
    path("<str:code>/<str:unit>/complete_part", views.complete_part, name="complete_part"),
    path("<str:code>/<str:unit>/cancel_call", views.cancel_call, name="cancel_call"),
    path("<str:code>/<str:unit>/confirm_arrival", views.confirm_arrival, name="confirm_arrival"),
    path("<str:code>/<str:unit>/assess_call", views.assess_call, name="assess_call"),
    path("<str:code>/<str:unit>/assess_whistle", views.assess_whistle, name="assess_whistle"),
]
