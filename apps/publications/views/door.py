"""Who is not signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead to the sign-in page and back; what was typed before a session ended is shown once more, not lost."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **parts)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        texts = [
            text
            for name, values in request.POST.lists()
            if name.endswith(("body", "title", "cites", "source"))
            for text in values
            if text.strip()
        ]
        login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        context = {"kept_text": "\n\n".join(texts), "login": login}
        return render(request, "publications/logged_out.html", context, status=403)

    return guarded
