"""Where allauth meets the house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.clock import now
from apps.common.drafts import way_back


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Writes the name shown on sign-up, and leads back to a text that waits to be sent."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is wrong. Try again, or choose a new password."
        ),
        "too_many_login_attempts": _("There were too many attempts to log in. Wait a few minutes and try again."),
        "rate_limited": _("There were very many attempts in a short time. Wait a few minutes and try again."),
        "duplicate_email": _("Your account has this address already."),
        "email_taken": _("Another account has this address. Log in there, or use another address."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Return the account with its name, language and the moment it was made."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = (get_language() or "da")[:2]
        user.created_at = now()
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page of the kept text when there is one, else allauth's choice."""
        chosen: str = super().get_login_redirect_url(request)
        return way_back(request.session) or chosen

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return where a new person goes: to the text they were writing, or to the front page."""
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Return where a confirmed person goes."""
        return self.get_login_redirect_url(self.request)
