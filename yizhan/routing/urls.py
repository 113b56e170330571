"""Mounted at /routing/."""

from django.urls import path

from yizhan.routing.views import drafting, publishing, reading

app_name = "routing"
urlpatterns = [
    path("tables", reading.tables, name="tables"),
    path("tables/<int:number>/table", reading.table, name="table"),
    path("tables/<int:number>/sheet", reading.sheet, name="sheet"),
    path("tables/<int:number>/republish", publishing.republish, name="republish"),
    path("bench", reading.bench, name="bench"),
    path("reports", reading.reports, name="reports"),
    path("begin_draft", drafting.begin_draft, name="begin_draft"),
    path("draft", drafting.draft, name="draft"),
    path("draft/add_rule", drafting.add_rule, name="add_rule"),
    path("draft/import_rules", publishing.import_rules, name="import_rules"),
    path("draft/publish", publishing.publish, name="publish"),
    path("draft/<int:pk>/change_rule", drafting.change_rule, name="change_rule"),
    path("draft/<int:pk>/move_rule", drafting.move_rule, name="move_rule"),
    path("draft/<int:pk>/end_rule", drafting.end_rule, name="end_rule"),
    path("draft/<int:pk>/accept_rule", drafting.accept_rule, name="accept_rule"),
    path("draft/<int:pk>/drop_rule", drafting.drop_rule, name="drop_rule"),
]
