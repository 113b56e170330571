from django.urls import path

from yizhan.documents.views import exports, templates

app_name = "documents"
urlpatterns = [
    path("templates", templates.templates, name="templates"),
    path("templates/upload_template", templates.upload_template, name="upload_template"),
    path("templates/<str:code>/template", templates.template, name="template"),
    path("templates/<str:code>/map_template", templates.map_template, name="map_template"),
    path(
        "templates/<str:code>/preview_template",
        templates.preview_template,
        name="preview_template",
    ),
    path("templates/<str:code>/retire_template", templates.retire_template, name="retire_template"),
    path("exports", exports.exports, name="exports"),
    path("exports/<str:code>/export", exports.export, name="export"),
    path("exports/<str:code>/fetch", exports.fetch, name="fetch"),
    path("exports/<str:code>/drop_export", exports.drop_export, name="drop_export"),
    path("<str:ledger>/take_out", exports.take_out, name="take_out"),
]
