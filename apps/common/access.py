"""Doors that need an account: nothing typed is lost when a session ended meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

View = Callable[..., HttpResponse]

SHORT_TEXTS = ("title", "cites", "source", "label", "value", "place", "name")


def signed_in(view: View) -> View:
    """Lead to the sign-in page and back; what was typed before a session ended is shown once more, not lost."""
    return signed_in_or_back_to("")(view)


def signed_in_or_back_to(page: str) -> Callable[[View], View]:
    """Do the same for an address that only takes posts: the way back is the page of that URL name with its parts."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **parts)
            back = reverse(page, kwargs=parts) if page else request.get_full_path()
            return _shown_once_more(request, back) or redirect_to_login(back)

        return guarded

    return guard


def _shown_once_more(request: HttpRequest, back: str) -> HttpResponse | None:
    """Return a page with the posted texts, or None when nothing was typed."""
    texts = [text for name, values in request.POST.lists() for text in values if _is_typed(name, text)]
    if not texts:
        return None
    login = f"{reverse('account_login')}?{urlencode({'next': back})}"
    return render(request, "logged_out.html", {"kept_text": "\n\n".join(texts), "login": login}, status=403)


def _is_typed(name: str, text: str) -> bool:
    """Tell texts from choices, keys and counts: they hold a space, or their field is one of short texts."""
    return bool(text.strip()) and (" " in text.strip() or "\n" in text.strip() or name.endswith(SHORT_TEXTS))
