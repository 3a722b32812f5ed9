"""Addresses of the app's own pages."""

from django.urls import path

from apps.notifications import views

app_name = "notifications"
urlpatterns = [
    path("demo/mail/", views.mailbox, name="mailbox"),
    path("demo/mail/<int:mail_id>/", views.mail_detail, name="mail-detail"),
]
