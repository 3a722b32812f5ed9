"""Addresses of signing in that are ours, of staff and of organisations; the others are allauth's."""

from django.urls import path

from apps.accounts.views import organisations, passwords, people, second_step, sessions

app_name = "accounts"

urlpatterns = [
    path("accounts/second-step/now/", second_step.second_step, name="second-step"),
    path("accounts/sessions/<int:pk>/end/", sessions.end_session, name="session-end"),
    path("me/organisation/", organisations.organisation_request, name="organisation-request"),
    path("desk/organisations/", organisations.organisation_list, name="organisation-list"),
    path("desk/organisations/<int:pk>/", organisations.organisation_decide, name="organisation-decide"),
    path("desk/people/", people.person_list, name="person-list"),
    path("desk/people/role/", people.role_grant, name="role-grant"),
    path("desk/people/roles/<int:pk>/end/", people.role_end, name="role-end"),
]

# The same names and addresses as allauth's, which come after these: our views of them ask for more.
before_allauth = [
    path("password/set/", passwords.ChoosePassword.as_view(), name="account_set_password"),
    path("sessions/", sessions.Sessions.as_view(), name="usersessions_list"),
    path("second-step/totp/activate/", second_step.AddApp.as_view(), name="mfa_activate_totp"),
    path("second-step/totp/deactivate/", second_step.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("second-step/webauthn/add/", second_step.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-step/webauthn/keys/<int:pk>/remove/", second_step.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("second-step/webauthn/keys/<int:pk>/edit/", second_step.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("second-step/recovery-codes/", second_step.ShowCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/generate/", second_step.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
]
