"""Signing up, and the second step."""

from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.forms import SignupForm as AllauthSocialSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from apps.common.names import why_not_a_name

NAME_LENGTH = 60
NOT_FOR_PEOPLE = {"tabindex": "-1", "autocomplete": "off"}
CODE_FIELD = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


class WithNameShown(forms.Form):
    """The name that stands beside what one writes."""

    display_name = forms.CharField(
        label=_("Name shown"),
        max_length=80,
        help_text=_("Stands beside everything you write. First and last name are best in a hearing."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_display_name(self) -> str:
        """Return the name in one form, without what could imitate somebody else."""
        name: str = " ".join(self.cleaned_data["display_name"].split())
        sentence = why_not_a_name(name)
        if sentence is not None:
            raise forms.ValidationError(str(sentence))
        return name


class WithAddress(forms.Form):
    """An e-mail address, called in allauth's forms as on every page of ours."""

    address_field = "email"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.address_field]
        field.label = _("E-mail address")
        field.widget.attrs.pop("placeholder", None)


class LoginForm(WithAddress, AllauthLoginForm):  # type: ignore[misc]
    """allauth's form: an address and a password."""

    address_field = "login"


class ResetPasswordForm(WithAddress, AllauthResetPasswordForm):  # type: ignore[misc]
    """allauth's form: the address that the link goes to."""


class AddEmailForm(WithAddress, AllauthAddEmailForm):  # type: ignore[misc]
    """allauth's form for a further address."""


class SignupForm(WithNameShown, WithAddress, AllauthSignupForm):  # type: ignore[misc]
    """allauth's form, with an e-mail address and a password."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trap = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        trap.label, trap.widget = _("Leave this field empty"), forms.TextInput(attrs=NOT_FOR_PEOPLE)
        trap.template_name = "components/trap.html"  # type: ignore[attr-defined]

    def try_save(self, request: Any) -> Any:
        """Return what allauth does; for an address that has an account, as late as for a new one.

        The time that the password's hash takes would tell who is registered here. What filled in the field that people
        do not see is answered like everybody, and nothing is made.
        """
        if self.account_already_exists or self.cleaned_data[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SignupWithMitIDForm(WithNameShown, WithAddress, AllauthSocialSignupForm):  # type: ignore[misc]
    """allauth's form for somebody whom MitID has named to us by a key: an e-mail address, no password."""

    field_order = ("display_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class _CodeForm:
    """What the two forms for a code share. A code holds for three periods, so it is remembered as used for three."""

    user: Any
    fields: Any
    cleaned_data: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.widget.attrs = _("Code"), {**CODE_FIELD}
        field.help_text = _("The six digits that your app shows now, or one of your recovery codes.")

    def clean_code(self) -> str:
        """Return the code of the form; refuse one that has been used."""
        code: str = super().clean_code()  # type: ignore[misc]
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and not cache.add(_used(self.user, code), "y", 3 * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code

    @property
    def demo_code(self) -> str:
        """The next code of a made-up member of staff, in the demo only; empty everywhere else."""
        return demo_code(self.user) if settings.DEMO else ""


class CodeForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]
    """The code at log-in."""


class CodeAgainForm(_CodeForm, ReauthenticateForm):  # type: ignore[misc]
    """The code in a session that goes on."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.widget.attrs = _("Code in the app"), {**CODE_FIELD}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].help_text = _("So that you can tell your keys apart, for example: phone, key ring.")
        self.fields["passwordless"].label = _("Log in with it alone, without a password")
        self.fields["passwordless"].help_text = _(
            "The device then asks for your finger, your face or a code each time."
        )


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """The name of a passkey."""

    name = forms.CharField(label=_("Name of the key"), max_length=NAME_LENGTH)


def demo_code(person: Any) -> str:
    """Return a code that the person has not used yet, if their app is the demo's; empty otherwise."""
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP, data__demo=True).first()
    if app is None:
        return ""
    before, *from_now_on = yield_hotp_counters_from_time()
    secret = decrypt(app.data["secret"])
    codes = (format_hotp_value(hotp_value(secret, counter)) for counter in (*from_now_on, before))
    return next((code for code in codes if _used(person, code) not in cache), "")


def _used(person: Any, code: str) -> str:
    return f"second-step-used:{person.pk}:{normalize_user_code(code)}"
