"""Addresses of the app's own pages."""

from django.urls import path

from apps.discussions.views import agreements, files, letters, own, suggestions, writing

OWN = "consultations/<slug:slug>/c/<int:number>"

app_name = "discussions"
urlpatterns = [
    path(
        "consultations/<slug:slug>/topics/<slug:topic>/write/",
        writing.contribution_submit,
        name="contribution-submit",
    ),
    path(f"{OWN}/letter/", letters.letter, name="letter"),
    path(f"{OWN}/files/<int:position>/", files.contribution_file, name="contribution-file"),
    path(f"{OWN}/files/<int:position>/image/", files.contribution_image, name="contribution-image"),
    path(f"{OWN}/agree/", agreements.agreement, name="agreement"),
    path(f"{OWN}/status/", suggestions.suggestion_status, name="suggestion-status"),
    path(f"{OWN}/edit/", own.contribution_revise, name="contribution-revise"),
    path(f"{OWN}/withdraw/", own.contribution_withdraw, name="contribution-withdraw"),
]
