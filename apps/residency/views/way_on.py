"""Where somebody was when they were asked to show where they live: they are led back there with the badge."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.common.drafts import way_back

KEPT_UNDER = "after_verification"
LONGEST = 500


def keep_way_on(request: HttpRequest) -> None:
    """Remember the page that the address names as `next`, if it is one of ours."""
    wanted = request.GET.get("next", "")
    if wanted and len(wanted) <= LONGEST and _is_ours(request, wanted):
        request.session[KEPT_UNDER] = wanted


def way_on(request: HttpRequest) -> str:
    """Return the page they came from, or the one where a text of theirs waits to be sent; empty if there is none."""
    kept = request.session.get(KEPT_UNDER, "")
    return kept if isinstance(kept, str) and kept and _is_ours(request, kept) else way_back(request.session) or ""


def go_on(request: HttpRequest) -> str:
    """Return where to lead somebody who has the badge now, and let go of it."""
    address = way_on(request) or reverse("residency:verify")
    request.session.pop(KEPT_UNDER, None)
    return address


def _is_ours(request: HttpRequest, address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
