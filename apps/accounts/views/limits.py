"""What somebody sees who tried too often."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

A_MINUTE = 60
LIMITS = {
    "account_signup": "signup",
    "account_login": "login",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_email": "manage_email",
}


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """Say that it was too often, and when to try again."""
    seconds = _seconds_to_wait(request)
    minutes = -(-seconds // A_MINUTE)
    wait = ngettext("in %(minutes)d minute", "in %(minutes)d minutes", minutes) % {"minutes": minutes}
    response = render(request, "429.html", {"wait": wait, "back_url": request.path}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _seconds_to_wait(request: HttpRequest) -> int:
    """Return the span of the limit that was reached: of its network or account, else the longest of its address."""
    app, limit = _limit_of(request)
    texts = import_string(f"{app}.app_settings.RATE_LIMITS").get(limit) or ""
    rates = [(text, rate) for text in texts.split(",") for rate in ratelimit.parse_rates(text)]
    for text, rate in rates:
        if rate.per == "ip" and not ratelimit.consume(
            request, app=app, action=limit, config={limit: text}, dry_run=True, limit_get=True
        ):
            return int(rate.duration)
    return int(max((rate.duration for _text, rate in rates if rate.per != "ip"), default=A_MINUTE))


def _limit_of(request: HttpRequest) -> tuple[str, str]:
    """Return which of allauth's limits guards the address."""
    address = request.resolver_match
    name = address.url_name or "" if address else ""
    if name == "mfa_login_webauthn":
        return "allauth.mfa", "webauthn_login"
    return "allauth.account", LIMITS.get(name, "reauthenticate")
