"""What every answer passes through: security headers, and refusals turned into pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from apps.common.errors import DomainError

type_of_view = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: type_of_view) -> type_of_view:
    """Add the content security policy to every answer, and keep pages of signed-in people out of shared caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "Cache-Control" not in response.headers and not request.path.startswith(settings.STATIC_URL):
            signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.headers["Cache-Control"] = "private, no-store" if signed_in else "private, no-cache"
        return response

    return middleware


def _policy(request: HttpRequest) -> str:
    """Return the content security policy; the button to MitID is a form that ends at the broker.

    A page with a map may show the tiles of the service that the settings name, and nothing else from elsewhere.
    """
    allowed = settings.SECURE_CSP
    if settings.TILES_ORIGIN and getattr(request, "shows_map", False):
        allowed = allowed | {"img-src": f"{allowed['img-src']} {settings.TILES_ORIGIN}"}
    if settings.MITID is not None:
        allowed = allowed | {"form-action": " ".join([allowed["form-action"], *settings.MITID.form_origins])}
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    return bool(length.isascii() and length.isdigit() and int(length[:20]) > settings.LARGEST_REQUEST)


class refusals_as_pages:  # noqa: N801 - a middleware, named like the functions beside it
    """Show a domain error that no view handled, and a request too large to be read, as a page with a sentence."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_too_large(request):
            sentence = _(
                "That is more than the %(largest)s that can be received at once, so nothing was read. "
                "Go back, choose a smaller file and send it again."
            ) % {"largest": filesizeformat(settings.LARGEST_REQUEST)}
            return render(request, "403.html", {"sentence": sentence}, status=413)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the refusal's page, or None when the exception is not one of ours."""
        if not isinstance(exception, DomainError):
            return None
        return render(request, "403.html", {"sentence": str(exception)}, status=exception.status)
