"""Officials merge a topic into another one, or delete one in which nobody has written."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may, require, why_not
from apps.consultations.models import Topic
from apps.consultations.queries import consultation_by_slug, removed_topic, topic_at, topics_of
from apps.discussions.actions import delete_topic, merge_topics
from apps.discussions.errors import TopicInUse
from apps.discussions.forms.topics import TopicMergeForm
from apps.discussions.queries import is_written_in

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def topic_merge(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Choose into which topic this one goes, and merge it."""
    found = _the_topic(request, slug, topic, "edit_consultation" if request.method == "POST" else "end_topic")
    others = [other for other in topics_of(found.consultation) if other.pk != found.pk]
    form = TopicMergeForm(request.POST or None, topics=others)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            count = merge_topics(topic=found, into=into, by=cast("User", request.user), at=now())
        except DomainError as refused:
            form.add_error("into", str(refused))
        else:
            told = ngettext(
                "The topic is merged: %(count)s number stands here now.",
                "The topic is merged: %(count)s numbers stand here now.",
                count,
            )
            messages.success(request, told % {"count": count})
            return redirect("portal:topic", slug=slug, topic=into.slug)
    context = {"form": form, "topic": found, "others": others}
    return render(request, "discussions/topic_merge.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def topic_delete(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Ask once more, and delete the topic; where people have written in it, say what can be done instead."""
    if request.method == "POST" and _is_deleted(request, slug, topic):
        return _deleted(request, slug)
    found = _the_topic(request, slug, topic)
    refusal = _why_not_deleted(request, found)
    if request.method == "POST":
        try:
            delete_topic(topic=found, by=cast("User", request.user), at=now())
        except DomainError as refused:
            refusal = str(refused)
        else:
            return _deleted(request, slug)
    context = {"topic": found, "refusal": refusal}
    status = UNFIT if request.method == "POST" else 200
    return render(request, "discussions/topic_delete.html", context, status=status)


def _why_not_deleted(request: HttpRequest, topic: Topic) -> str:
    """Return what stands against deleting it, before anybody presses a button that only refuses."""
    refused = why_not("consultations.remove_topic", request.user, topic)
    return str(refused or (TopicInUse() if is_written_in(topic) else ""))


def _the_topic(request: HttpRequest, slug: str, topic: str, rule: str = "end_topic") -> Topic:
    """Return the topic for those who end it; for a second click on what ended it, for those who edit its hearing."""
    found = topic_at(request.user, slug, topic)
    if found is None:
        raise Http404
    require(f"consultations.{rule}", request.user, found if rule == "end_topic" else found.consultation)
    return found


def _is_deleted(request: HttpRequest, slug: str, topic: str) -> bool:
    """Tell whether one of those who edit the hearing asks for a topic that was deleted, as by a second click."""
    owner = consultation_by_slug(request.user, slug)
    if owner is None or not may("consultations.edit_consultation", request.user, owner):
        return False
    return topic_at(request.user, slug, topic) is None and removed_topic(owner, topic) is not None


def _deleted(request: HttpRequest, slug: str) -> HttpResponse:
    messages.success(request, _("The topic is deleted."))
    return redirect(reverse("consultations:consultation-edit", kwargs={"slug": slug}))
