"""Writing news: one page for text, picture and thread, saved as a draft or published."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.consultations import actions, queries
from apps.consultations.enums import ConsultationKind
from apps.consultations.errors import AddressTaken, ChangedMeanwhile, ReasonMissing
from apps.consultations.forms import NewNewsForm, NewsForm
from apps.consultations.models import Consultation

UNFIT = 422
_FIELDS = {AddressTaken: "title", ReasonMissing: "what_changed"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def news_create(request: HttpRequest) -> HttpResponse:
    """Write a post: kept as a draft, or published at once."""
    require("consultations.edit_news", request.user)
    by, at = cast("User", request.user), now()
    form = NewNewsForm(request.POST, request.FILES) if request.method == "POST" else NewNewsForm()
    if form.is_bound and form.is_valid():
        try:
            key = form.cleaned_data["key"]
            post = actions.draft_news(text=_text(form), picture=_paper(form), key=key, by=by, at=at)
            return _saved(request, post, by, at)
        except DomainError as refused:
            form.add_error(_FIELDS.get(type(refused)), str(refused))
    return render(request, "consultations/news_edit.html", {"form": form}, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def news_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a post, and publish it if it is a draft."""
    require("consultations.edit_news", request.user)
    by, at = cast("User", request.user), now()
    post = queries.consultation_by_slug(by, slug)
    if post is None or post.kind != ConsultationKind.NEWS:
        raise Http404
    require("consultations.edit_consultation", by, post)
    form, status = _form(request, post), UNFIT
    if form.is_bound and form.is_valid():
        try:
            actions.revise_news(post=post, text=_text(form), picture=_paper(form), **_besides(form), by=by, at=at)
            return _saved(request, post, by, at)
        except ChangedMeanwhile as changed:
            return _page(request, post, _again(request, slug, by), status=changed.status, changed=changed)
        except DomainError as refused:
            field = _FIELDS.get(type(refused))
            form.add_error(field if field in form.fields else None, str(refused))
    return _page(request, post, form, status=status if form.is_bound else 200)


def _text(form: NewsForm) -> actions.NewsText:
    names = ("title", "lede", "body", "question", "takes_contributions", "write_access")
    return actions.NewsText(**{name: form.cleaned_data[name] for name in names})


def _paper(form: NewsForm) -> actions.Paper | None:
    """Return the picture under the title of its post."""
    asked = form.cleaned_data
    if not asked["picture"]:
        return None
    return actions.Paper(title=asked["title"], file=asked["picture"], description=asked["picture_words"])


def _besides(form: NewsForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {"what_changed": asked.get("what_changed", ""), "revision": asked["revision"] or 0}


def _form(request: HttpRequest, post: Consultation) -> NewsForm:
    is_open = bool(queries.phases_of(post))
    topic = queries.topics_of(post)[0]
    names = ("title", "lede", "body", "write_access", "revision")
    stored = {name: getattr(post, name) for name in names}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return NewsForm(
        *sent,
        initial=stored | {"question": topic.question, "takes_contributions": is_open},
        is_published=post.is_published,
        is_open=is_open,
    )


def _again(request: HttpRequest, slug: str, by: User) -> NewsForm:
    """Return what was typed, to be saved over what a colleague saved meanwhile, which the page shows."""
    standing = queries.consultation_by_slug(by, slug)
    typed = request.POST.copy()
    typed["revision"] = str(standing.revision if standing else 0)
    return NewsForm(typed, is_published="what_changed" in typed)


def _page(request: HttpRequest, post: Consultation, form: NewsForm, *, status: int, **more: Any) -> HttpResponse:
    standing = queries.consultation_by_slug(request.user, post.slug) or post
    context = {"form": form, "post": standing, "picture": queries.picture_of(post), **more}
    return render(request, "consultations/news_edit.html", context, status=status)


def _saved(request: HttpRequest, post: Consultation, by: User, at: datetime) -> HttpResponse:
    if request.POST.get("action") == "publish" and not post.is_published:
        actions.publish_news(post=post, by=by, at=at)
        messages.success(request, _("The post is published."))
        return redirect("portal:consultation", slug=post.slug)
    messages.success(request, _("Saved.") if post.is_published else _("The draft is saved. Only its team sees it."))
    return redirect("consultations:news-edit", slug=post.slug)
