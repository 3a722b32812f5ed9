"""Addresses of the pages composed of several apps."""

from django.urls import path

from apps.portal.views import consultations, desk, home, how_it_works, me, preferences

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("consultations/", consultations.consultation_list, name="consultation-list"),
    path("consultations/<slug:slug>/", consultations.consultation, name="consultation"),
    path("how-it-works/", how_it_works.how_it_works, name="how-it-works"),
    path("me/", me.me, name="me"),
    path("desk/", desk.desk, name="desk"),
    path("preferences/theme/", preferences.theme, name="theme"),
]
