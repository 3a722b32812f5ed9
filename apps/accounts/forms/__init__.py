"""What people type: signing in, staff roles, organisations, legal holds."""

from apps.accounts.forms.signing_in import (
    AddEmailForm,
    AppForm,
    CodeAgainForm,
    CodeForm,
    LoginForm,
    PasskeyForm,
    PasskeyNameForm,
    ResetPasswordForm,
    SignupForm,
    SignupWithMitIDForm,
    demo_code,
)

__all__ = [
    "AddEmailForm",
    "AppForm",
    "CodeAgainForm",
    "CodeForm",
    "LoginForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "ResetPasswordForm",
    "SignupForm",
    "SignupWithMitIDForm",
    "demo_code",
]
