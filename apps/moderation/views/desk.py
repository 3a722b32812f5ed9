"""What the pages of the queue share: who comes in, the part of the queue they work in, one item as a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from apps.accounts.models import User
from apps.accounts.rules import is_moderator
from apps.common.errors import DomainError
from apps.common.permissions import require, why_not
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions.enums import PEOPLES_KINDS
from apps.discussions.models import Contribution
from apps.ledger.queries import head_position
from apps.moderation.enums import QueuePart, QueueThing
from apps.moderation.errors import AlreadySettled
from apps.moderation.forms import DecisionForm
from apps.moderation.models import Appeal, PauseAppeal, ReportCase
from apps.moderation.queries import (
    Key,
    Left,
    Narrowed,
    Waiting,
    filter_choices,
    key_of,
    left_for_deputy,
    next_waiting,
    open_case_on,
    queue_around,
    queue_item,
    queue_length,
    undoable_by,
)
from apps.moderation.queries.queue import Row
from apps.moderation.rendering import hold_on, item_of, queue_rows, shown_text, url_of
from apps.moderation.views.choices import form_for, places_for, suggestions_for

LONGEST_ID = 18
LONGEST_SEARCH = 100


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where a moderator works: the moment, and the part of the queue that is looked at."""

    viewer: User
    at: datetime
    choices: Sequence[Consultation]
    topics: Sequence[Topic]
    narrowed: Narrowed
    is_deputys: bool = False

    @property
    def chosen(self) -> Consultation | None:
        """The consultation that the queue is narrowed to, or None for all."""
        return self.narrowed.consultation

    @property
    def is_narrowed(self) -> bool:
        """Whether less than the whole queue is shown."""
        return bool(self.query)

    @property
    def query(self) -> str:
        """What links and forms append to stay in the same part of the queue."""
        narrowed = self.narrowed
        sent = {
            "consultation": narrowed.consultation.slug if narrowed.consultation else "",
            "topic": narrowed.topic.slug if narrowed.topic else "",
            "thing": narrowed.thing.value if narrowed.thing else "",
            "kind": narrowed.kind,
            "part": narrowed.part.value if narrowed.part else "",
            "q": narrowed.words,
        }
        named = {name: value for name, value in sent.items() if value}
        return f"?{urlencode(named)}" if named else ""

    @property
    def queue_url(self) -> str:
        """The queue, narrowed as it is."""
        return reverse("moderation:queue") + self.query

    def item_url(self, pk: int) -> str:
        """Return the address of one item, with the queue narrowed as it is."""
        return reverse("moderation:item", args=[pk]) + self.query

    def url_of(self, thing: Waiting) -> str:
        """Return where something in the queue is worked on, with the queue narrowed as it is."""
        return url_of(thing) + self.query

    def next_url(self, row: Row) -> str:
        """Return where work goes on after something: with what the viewer can decide next, or with the queue."""
        following = next_waiting(self.narrowed, behind=row)
        return self.url_of(following) if following else self.queue_url

    def after_url(self, key: Key) -> str:
        """Return the address of the queue's part behind a place."""
        return f"{self.queue_url}{'&' if self.query else '?'}after={key}"

    @property
    def kinds(self) -> Sequence[tuple[str, object]]:
        """The kinds of texts to choose from."""
        return [(kind.value, kind.label) for kind in PEOPLES_KINDS]

    @property
    def things(self) -> Sequence[tuple[str, object]]:
        """What the queue is made of, to choose from."""
        return QueueThing.choices

    @property
    def parts(self) -> Sequence[tuple[str, object]]:
        """The parts of the queue to choose from."""
        return QueuePart.choices


def come_in(request: HttpRequest, *, at: datetime) -> Desk:
    """Return the desk for a moderator; raises NotAllowed."""
    require("moderation.work_queue", request.user)
    return _desk(request, at)


def case_desk(request: HttpRequest, *, at: datetime) -> Desk:
    """Return the desk for a moderator, or for the deputy, who sees what is the deputy's; raises NotAllowed."""
    require("moderation.work_cases", request.user)
    return _desk(request, at, left=None if is_moderator(request.user) else left_for_deputy())


def _desk(request: HttpRequest, at: datetime, *, left: Left | None = None) -> Desk:
    """What narrows the queue to nothing known means all."""
    assert isinstance(request.user, User)  # noqa: S101 - only they have a role
    choices = filter_choices(request.user)
    chosen = next((choice for choice in choices if choice.slug == _asked(request, "consultation")), None)
    topics = topics_of(chosen) if chosen else []
    kind, part, thing = (_asked(request, name) for name in ("kind", "part", "thing"))
    narrowed = Narrowed(
        viewer=request.user,
        at=at,
        consultation=chosen,
        topic=next((topic for topic in topics if topic.slug == _asked(request, "topic")), None),
        kind=kind if kind in PEOPLES_KINDS else "",
        part=QueuePart(part) if part in QueuePart.values else None,
        words=" ".join(_asked(request, "q").replace("\0", "").split())[:LONGEST_SEARCH],
        thing=QueueThing(thing) if thing in QueueThing.values else None,
        left=left,
    )
    return Desk(
        viewer=request.user, at=at, choices=choices, topics=topics, narrowed=narrowed, is_deputys=left is not None
    )


def _asked(request: HttpRequest, name: str) -> str:
    """Return what narrows the queue: it stands in the address, of forms that are sent as well."""
    return request.GET.get(name, "")


def come_in_for(request: HttpRequest, contribution: Contribution, *, at: datetime) -> Desk:
    """Return the desk for whoever sees this text on it: moderators, and the deputy where too few are left."""
    if not is_moderator(request.user):
        require("moderation.open_case", request.user, contribution)
    return case_desk(request, at=at)


def item_at(contribution_id: int) -> Contribution:
    """Return the contribution; raises Http404."""
    contribution = queue_item(contribution_id)
    if contribution is None:
        raise Http404
    return contribution


def item_page(  # noqa: PLR0913 - what the page can tell
    request: HttpRequest,
    desk: Desk,
    contribution: Contribution,
    *,
    form: DecisionForm | None = None,
    read_version: int | None = None,
    refusal: str = "",
    kept_text: str = "",
    status: int = 200,
    template: str = "moderation/item.html",
) -> HttpResponse:
    """Show the item beside its part of the queue; with a refusal, what was typed is still there."""
    places = places_for(contribution, at=desk.at)
    anywhere = [*places.here, *places.elsewhere]
    item = item_of(contribution, viewer=desk.viewer, at=desk.at, topics=anywhere, read_version=read_version)
    shown = (form or form_for(contribution, places=places)) if item.can_be_decided else None
    context = {
        "item": item,
        "contribution": contribution,
        "form": shown,
        "suggestions": suggestions_for(contribution, shown) if shown else None,
        "refusal": refusal,
        "kept_text": "" if form and item.can_be_decided else kept_text,  # the form that was sent holds them itself
        "report_case": open_case_on(contribution),
    }
    return render(request, template, beside(desk, contribution) | context, status=status)


def beside(desk: Desk, row: Row) -> dict[str, Any]:
    """Return what stands beside one thing: its part of the queue, and what is before and behind it there."""
    around, key = queue_around(row, desk.narrowed), key_of(row)
    return {
        "now": desk.at,
        "desk": desk,
        "rows": queue_rows(around, desk.narrowed),
        "open_key": key,
        "previous_url": _url_of(desk, [thing for thing in around if key and thing.key < key][-1:]),
        "next_url": _url_of(desk, [thing for thing in around if not key or thing.key > key][:1]),
        "queue_length": queue_length(desk.narrowed),
        "is_deputy_only": desk.is_deputys,
        "head": head_position(),
        "undoable": undoable_by(desk.viewer, at=desk.at),
    }


def with_its_text(desk: Desk, row: ReportCase | Appeal | PauseAppeal, rule: str, refusal: str) -> dict[str, Any]:
    """Return what the page of a case shows: the text, who has taken it, and what stands beside it in the queue."""
    hold, refused = hold_on(row.contribution, viewer=desk.viewer, at=desk.at), why_not(rule, desk.viewer, row)
    return beside(desk, row) | {
        "contribution": row.contribution,
        "text": shown_text(row.contribution),
        "item": hold,
        "why_not": refused,
        "can_claim": row.is_open and refused is None and hold.holder is None,
        "refusal": refusal,
    }


def is_sent_twice(refusal: DomainError, settled_by: int | None, sentence: str, *, desk: Desk, form: forms.Form) -> bool:
    """Tell whether what is settled already is what the viewer has just sent, as by a double click."""
    mine = (desk.viewer.pk, str(form.cleaned_data.get("sentence", "")).strip())
    return isinstance(refusal, AlreadySettled) and (settled_by, sentence) == mine


def whole_number(text: str) -> int | None:
    """Return an id from an address, or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def _url_of(desk: Desk, found: Sequence[Waiting]) -> str:
    return desk.url_of(found[0]) if found else ""
