"""The public ledger in words: of everything, of one consultation, and of what moderators decided there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.consultations.enums import MODERATION_SET
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, published_by_ids, said
from apps.discussions.enums import (
    PAUSE_LIFTED,
    PERSON_PAUSED,
)
from apps.ledger.enums import KINDS, ActorRole
from apps.ledger.models import Position
from apps.ledger.queries import newest_places, sentence_of
from apps.portal.views.entry_words import Titles, better_words, titles_in

PAGE = 50
LONGEST_NUMBER = 18
# What moderators decide, and decide over again, by the kinds of its entries. To publish is the rule, and has its own.
DECIDED = frozenset(
    f"contribution.{deed}"
    for deed in (
        *("refused", "returned", "reopened", "hidden", "restored", "redacted", "unredacted", "erased", "cleared"),
        *("file_held", "file_released"),
        *("moved", "moved_out", "moved_in", "moved_back"),
    )
) | {PERSON_PAUSED.name, PAUSE_LIFTED.name}
DECIDED_OVER = ("appeal.", "report.", "writing.", "case.", "pause.", "cluster.")


@dataclass(frozen=True)
class Row:
    """One entry as everyone reads it: what happened, when, in which role somebody acted. Never who."""

    position: int
    at: datetime
    words: str
    role: str
    number: int | None
    consultation: Consultation | None


@dataclass(frozen=True)
class NotPublic:
    """Entries in a row about something that is not public yet: their positions only."""

    first: int
    last: int


@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """Show all entries, newest first; of what is not public yet only the positions, so that none is missing."""
    before = _before(request)
    places = newest_places(before=before, limit=PAGE + 1)
    shown = places[:PAGE]
    known = published_by_ids({place.entry.consultation_id or 0 for place in shown})
    context = _pages(places, before, reverse("portal:entry-list")) | {"rows": list(_rows(shown, known))}
    return render(request, "portal/entry_list.html", context)


@require_safe
def consultation_entries(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the entries of one consultation, newest first."""
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    before = _before(request)
    places = newest_places(consultation_id=consultation.pk, before=before, limit=PAGE + 1)
    address = reverse("portal:consultation-entries", kwargs={"slug": slug})
    context = _pages(places, before, address) | {
        "consultation": consultation,
        "rows": list(_rows(places[:PAGE], {consultation.pk: consultation})),
    }
    return render(request, "portal/consultation_entries.html", context)


@require_safe
def moderation_log(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what moderators decided in one consultation, newest first: which rule, when, in which role. No names."""
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    before = _before(request)
    places = newest_places(consultation_id=consultation.pk, kinds=moderated_kinds(), before=before, limit=PAGE + 1)
    address = reverse("portal:moderation-log", kwargs={"slug": slug})
    context = _pages(places, before, address) | {
        "consultation": consultation,
        "rows": list(_rows(places[:PAGE], {consultation.pk: consultation})),
    }
    return render(request, "portal/moderation_log.html", context)


@require_safe
def moderation_log_of_all(request: HttpRequest) -> HttpResponse:
    """Show what moderators decided anywhere, newest first, with what is about no consultation. No names.

    A pause in all consultations, a report and what came of it say of no consultation, so that nobody can tell whom or
    which text they are about: they stand here alone.
    """
    before = _before(request)
    places = newest_places(kinds=moderated_kinds(), before=before, limit=PAGE + 1)
    shown = places[:PAGE]
    known = published_by_ids({place.entry.consultation_id or 0 for place in shown})
    context = _pages(places, before, reverse("portal:moderation-log-of-all")) | {"rows": list(_rows(shown, known))}
    return render(request, "portal/moderation_log_of_all.html", context)


class LogFeed(Feed):  # type: ignore[type-arg] # not generic when it runs
    """What moderators decided, for feed readers: one entry each, as everyone reads it."""

    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        """Return the decision in words."""
        return str(item.words)

    def item_description(self, item: Row) -> str:
        """Return in which role it was decided."""
        return _("by %(role)s") % {"role": item.role}

    def item_link(self, item: Row) -> str:
        """Return where the number stands, or the log where it is about no number."""
        if item.consultation is None:
            return reverse("portal:moderation-log-of-all")
        slug = item.consultation.slug
        if item.number:
            return reverse("portal:contribution", kwargs={"slug": slug, "number": item.number})
        return reverse("portal:moderation-log", kwargs={"slug": slug})

    def item_guid(self, item: Row) -> str:
        """Return a name that is this entry's alone."""
        return f"{settings.SITE_URL}/ledger/#p{item.position}"

    def item_updateddate(self, item: Row) -> datetime:
        """Return when it was decided."""
        return item.at


class ModerationFeed(LogFeed):
    """The moderation log of a consultation."""

    def get_object(self, request: HttpRequest, slug: str) -> Consultation:  # noqa: ARG002 - as Django calls it
        """Return the consultation, which everyone can see."""
        consultation = consultation_by_slug(None, slug)
        if consultation is None:
            raise Http404
        return consultation

    def title(self, consultation: Consultation) -> str:
        """Return what the feed is called."""
        return _("What moderators decided: %(title)s") % {"title": said(consultation, "title").text}

    def link(self, consultation: Consultation) -> str:
        """Return the page that the feed follows."""
        return reverse("portal:moderation-log", kwargs={"slug": consultation.slug})

    def items(self, consultation: Consultation) -> list[Row]:
        """Return what was decided last."""
        places = newest_places(consultation_id=consultation.pk, kinds=moderated_kinds(), limit=PAGE)
        return [row for row in _rows(places, {consultation.pk: consultation}) if isinstance(row, Row)]


class ModerationOfAllFeed(LogFeed):
    """The moderation log of all consultations; of what is not public yet it tells nothing."""

    def title(self) -> str:
        """Return what the feed is called."""
        return _("What moderators decided in all hearings")

    def link(self) -> str:
        """Return the page that the feed follows."""
        return reverse("portal:moderation-log-of-all")

    def items(self) -> list[Row]:
        """Return what was decided last."""
        places = newest_places(kinds=moderated_kinds(), limit=PAGE)
        known = published_by_ids({place.entry.consultation_id or 0 for place in places})
        return [row for row in _rows(places, known) if isinstance(row, Row)]


def moderated_kinds() -> list[str]:
    """Return the kinds of entries that tell of a decision about what somebody wrote."""
    told = (name for name in KINDS if name in DECIDED or name.startswith(DECIDED_OVER))
    return sorted((MODERATION_SET.name, *told))


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else None


def _pages(places: Sequence[Position], before: int | None, address: str) -> dict[str, str]:
    older = f"{address}?before={places[PAGE - 1].position}" if len(places) > PAGE else ""
    return {"older": older, "newer": address if before is not None else ""}


def _rows(places: Sequence[Position], known: dict[int, Consultation]) -> Iterator[Row | NotPublic]:
    hidden: list[int] = []
    titles = titles_in(places, known)
    for place in places:
        about = place.entry.consultation_id
        if about is not None and about not in known:
            hidden.append(place.position)
            continue
        if hidden:
            yield NotPublic(hidden[-1], hidden[0])
            hidden = []
        yield _row(place, known.get(about or 0), titles)
    if hidden:
        yield NotPublic(hidden[-1], hidden[0])


def _row(place: Position, consultation: Consultation | None, titles: Titles) -> Row:
    entry = place.entry
    return Row(
        position=place.position,
        at=entry.at,
        words=sentence_of(entry, words=better_words(entry, titles)),
        role=str(ActorRole(entry.actor_role).label),
        number=entry.number if consultation else None,
        consultation=consultation,
    )
