"""Addresses of signing in that are ours; the others are allauth's."""

from django.urls import path

from apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("second-step/now/", views.second_step, name="second-step"),
    path("sessions/<int:pk>/end/", views.end_session, name="session-end"),
]

# The same names and addresses as allauth's, which come after these: our views of them ask for more.
before_allauth = [
    path("second-step/totp/activate/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("second-step/totp/deactivate/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("second-step/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-step/webauthn/keys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("second-step/webauthn/keys/<int:pk>/edit/", views.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("second-step/recovery-codes/", views.ShowCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/generate/", views.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
]
