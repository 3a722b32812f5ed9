"""What came in another way than on the site: how, who sent it, and who typed it in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts.enums import HeldSubject
from apps.accounts.models import Hold
from apps.accounts.rules import is_moderator, is_official
from apps.consultations.models import Consultation
from apps.consultations.queries import public, teams_of
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
from apps.discussions.rules.outside import SENDERS_KEPT

VOICES_PAGE = 50
MOST_WORDS = 5


def voice_of(contribution: Contribution) -> OutsideVoice | None:
    """Return how a contribution came that staff typed in, None for any other. No query where rows came with it."""
    if contribution.offsite_author_id is None:
        return None
    found: OutsideVoice | None = getattr(contribution, "outside", None)
    return found


def sender_of(contribution: Contribution) -> SenderAddress | None:
    """Return who sent what staff typed in, None for any other text and once that was erased. As `voice_of`."""
    found: SenderAddress | None = getattr(voice_of(contribution), "sender", None)
    return found


def contributions_with_senders(ids: Collection[int]) -> Mapping[int, Contribution]:
    """Return these contributions of any state, and what they answer, with who sent it. One query, for mail alone."""
    of_text = ("topic", "consultation", "outside__sender")
    answered = tuple(f"in_reply_to__{name}" for name in of_text)
    return Contribution.stored.select_related(*of_text, *answered).in_bulk(list(ids))


def contributions_to_tell(ids: Collection[int]) -> Mapping[int, Contribution]:
    """Return these contributions of any state with whoever is told about them: author, or sender. For mail alone."""
    rows = Contribution.stored.select_related("author", "outside__sender").defer("body", "body_html", "salt")
    return rows.in_bulk(list(ids))


def typist_of(contribution: Contribution) -> int | None:
    """Return who of the staff typed a text in, who leaves the decision on it to others; None for any other text."""
    voice = voice_of(contribution)
    return voice.typed_by_id if voice else None


def typists_among(contributions: Collection[Contribution]) -> set[tuple[int, int]]:
    """Return which of these texts was typed in by whom. One query, and none where all were written on the site."""
    typed = [row.pk for row in contributions if row.offsite_author_id is not None]
    if not typed:
        return set()
    rows = OutsideVoice.objects.filter(contribution__in=typed, typed_by__isnull=False)
    return set(rows.values_list("contribution_id", "typed_by_id"))


def visible_scans(viewer: Any) -> QuerySet[OutsideVoice]:
    """Return what has a scan that the viewer may open. Pair: `rules.why_not_open_scan`."""
    rows = OutsideVoice.objects.exclude(scan="").select_related("contribution__consultation")
    if is_moderator(viewer):
        return rows
    if is_official(viewer):
        seen = rows.filter(public("contribution__consultation__"))
        return seen.filter(contribution__consultation__in=teams_of(viewer))
    return rows.none()


def voices_of(consultation: Consultation, *, words: str = "", after: int | None = None) -> QuerySet[OutsideVoice]:
    """Return what was typed in of a hearing, latest number first, from below a number on; with who sent it.

    `words` are looked for in senders' names and addresses; a number is also a receipt number.
    """
    rows = OutsideVoice.objects.filter(contribution__consultation=consultation)
    for word in words.split()[:MOST_WORDS]:
        found = Q(contribution__number=int(word)) if word.isascii() and word.isdigit() and len(word) < 10 else Q()  # noqa: PLR2004 - what a number can have
        for form in {word, word.lower(), word.upper(), word.capitalize()}:
            found |= Q(sender__name__icontains=form) | Q(sender__address__icontains=form)
        rows = rows.filter(found)
    if after is not None:
        rows = rows.filter(contribution__number__lt=after)
    return rows.select_related("contribution__topic", "sender", "typed_by").order_by("-contribution__number")


def voice_at(consultation: Consultation, number: int) -> OutsideVoice | None:
    """Return what was typed in under that number, or None."""
    rows = OutsideVoice.objects.select_related(
        "contribution__topic", "contribution__consultation", "contribution__refusal_reason", "sender", "typed_by"
    )
    return rows.filter(contribution__consultation=consultation, contribution__number=number).first()


def senders_of(consultation: Consultation) -> list[OutsideVoice]:
    """Return what came of senders whose names and addresses are still kept, by number."""
    rows = OutsideVoice.objects.filter(contribution__consultation=consultation, sender__isnull=False)
    return list(rows.select_related("contribution", "sender").order_by("contribution__number"))


def entered_under(consultation_id: int, refs: Sequence[str]) -> list[Contribution]:
    """Return the contributions that were typed in under these keys, by number."""
    rows = Contribution.stored.filter(consultation=consultation_id, source_ref__in=refs)
    return list(rows.select_related("topic", "consultation").order_by("number"))


def entered_before(consultation_id: int, bodies: Collection[str]) -> dict[tuple[str, str], int]:
    """Return under which number each of these texts was typed in before, by the name beside it and the text."""
    rows = Contribution.stored.filter(consultation=consultation_id, outside__isnull=False, body__in=set(bodies))
    return {(name, body): number for name, body, number in rows.values_list("author_name", "body", "number")}


def senders_to_clear(*, at: datetime) -> QuerySet[SenderAddress]:
    """Return the senders whose names and addresses nobody needs any more, but for those under a legal hold."""
    held = Hold.objects.filter(held=HeldSubject.CONTRIBUTION, lifted_at=None).values("held_id")
    return SenderAddress.objects.filter(entered_at__lte=at - SENDERS_KEPT).exclude(voice__contribution__in=held)


def heard_on_time(consultation: Consultation) -> list[Contribution]:
    """Return what people sent to a hearing on time, by number, with who sent it and without its text: one query.

    Published or not, as everyone who objected is told (planloven section 31); what was withdrawn, or stands in another
    hearing now, is not among it, nor are the municipality's answers.
    """
    gone = (ContributionStatus.WITHDRAWN, ContributionStatus.MOVED)
    rows = Contribution.stored.filter(consultation=consultation, came_late=False)
    rows = rows.exclude(kind=ContributionKind.ANSWER).exclude(status__in=gone)
    rows = rows.select_related("author", "outside__sender").defer("body", "body_html", "source", "note")
    return list(rows.order_by("number"))
