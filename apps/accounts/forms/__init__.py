"""What people type: signing in, staff roles, organisations, legal holds."""

from apps.accounts.forms.signing_in import (
    AppForm,
    CodeAgainForm,
    CodeForm,
    PasskeyForm,
    PasskeyNameForm,
    SignupForm,
    SignupWithMitIDForm,
    demo_code,
)

__all__ = [
    "AppForm",
    "CodeAgainForm",
    "CodeForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "SignupForm",
    "SignupWithMitIDForm",
    "demo_code",
]
