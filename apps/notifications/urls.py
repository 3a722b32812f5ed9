"""Addresses of the app's own pages."""

from django.urls import path

from apps.notifications import views

app_name = "notifications"
urlpatterns = [
    path("consultations/<slug:slug>/follow/", views.consultation_follow, name="consultation-follow"),
    path("consultations/<slug:slug>/unfollow/", views.consultation_unfollow, name="consultation-unfollow"),
    path("follows/<str:key>/", views.follow_end, name="follow-end"),
    path("demo/mail/", views.mailbox, name="mailbox"),
    path("demo/mail/<int:mail_id>/", views.mail_detail, name="mail-detail"),
]
