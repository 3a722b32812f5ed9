"""Addresses of the app's own pages."""

from django.urls import path

from apps.exchange.views import case_files

app_name = "exchange"
urlpatterns = [
    path("desk/consultations/<slug:slug>/case-file/", case_files.case_file, name="case-file"),
    path(
        "desk/consultations/<slug:slug>/case-file/<int:case_file_id>/",
        case_files.case_file_download,
        name="case-file-download",
    ),
]
