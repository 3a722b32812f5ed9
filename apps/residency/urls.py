"""Addresses of the app's own pages."""

from allauth.socialaccount import views as social
from django.urls import path

from apps.residency.adapters import dance
from apps.residency.views import desk, letter_desk, letters, second_official, verify

app_name = "residency"
urlpatterns = [
    path("me/verify/", verify.verify, name="verify"),
    path("me/verify/end/", verify.residency_end, name="residency-end"),
    path("me/verify/letter/", letters.letter_request, name="letter-request"),
    path("me/verify/letter/cancel/", letters.letter_cancel, name="letter-cancel"),
    path("me/verify/code/", letters.code_enter, name="code-enter"),
    path("desk/residents/", desk.desk, name="desk"),
    path("desk/residents/waiting/", second_official.waiting_list, name="waiting-list"),
    path("desk/residents/waiting/<int:residency_id>/", second_official.double_decide, name="double-decide"),
    path("desk/residents/letters/", letter_desk.letter_list, name="letter-list"),
    path("desk/residents/letters/<int:letter_id>/cancel/", letter_desk.letter_call_off, name="letter-call-off"),
    path("desk/residents/letters/<int:letter_id>/double/", letter_desk.letter_double, name="letter-double"),
    path("desk/residents/letters/batches/<int:batch_id>/", letter_desk.letter_batch, name="letter-batch"),
    path(
        "desk/residents/letters/batches/<int:batch_id>/pdf/",
        letter_desk.letter_batch_download,
        {"form": letter_desk.PDF},
        name="letter-batch-pdf",
    ),
    path(
        "desk/residents/letters/batches/<int:batch_id>/csv/",
        letter_desk.letter_batch_download,
        {"form": letter_desk.TABLE},
        name="letter-batch-table",
    ),
    path(
        "desk/residents/letters/batches/<int:batch_id>/posted/", letter_desk.letter_batch_post, name="letter-batch-post"
    ),
    path("desk/residents/<int:residency_id>/end/", second_official.residency_revoke, name="residency-revoke"),
]
urlpatterns += [
    path("accounts/mitid/", dance.start, name="mitid-start"),
    path("accounts/mitid/callback/", dance.back, name="mitid-return"),
]

# allauth's pages around a login with MitID, by the names under which it looks for them.
around_mitid = [
    path("mitid/sign-up/", dance.when_offered(social.signup), name="socialaccount_signup"),
    path("mitid/stopped/", dance.when_offered(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("mitid/connection/", dance.when_offered(social.connections), name="socialaccount_connections"),
]
