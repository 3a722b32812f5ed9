"""Importing a consultation that was held elsewhere, by the rules of the web and with its entries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from apps.common.errors import NotAllowed
from apps.common.identity_numbers import find_identity_numbers, mask
from apps.consultations.actions import PhaseDates, open_imported_consultation, set_imported_phase
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import Author, Received, Writing, fit_text, name_offsite_authors, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import UnfitText
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.discussions.queries import held_of_source
from apps.exchange.actions.outline import consultation_text, imported_topics, place_topics
from apps.exchange.engine.rows import Moderation, Note, SourceConsultation, SourceProblem, SourceRow
from apps.exchange.enums import PHASE
from apps.exchange.errors import BrokenSource, NotImported
from apps.exchange.queries import ImportFigures, import_figures
from apps.exchange.rules import why_not_an_address
from apps.ledger.models import Actor
from apps.municipality.enums import EMPTY_IN_SOURCE, MODERATED_IN_SOURCE

_NUMBER_AS_ID = _(
    "The id of the row or of its author looks like a national identity number (CPR), which we do not store. "
    "Give each another one in the file, the same for the same person."
)
A_MOMENT = timedelta(seconds=1)

# Stored as they are; pages translate them.
NOTES = {
    Note.NONE: "",
    Note.PARENT_MISSING: gettext_noop("in reply to a contribution that is not in the source"),
    Note.PARENT_LATER: gettext_noop("in reply to a contribution that the source dates later"),
    Note.PARENT_ELSEWHERE: gettext_noop("in reply to a contribution in another topic"),
}

_STATUS = {
    Moderation.ACCEPTED: ContributionStatus.PUBLISHED,
    Moderation.REJECTED: ContributionStatus.REFUSED,
    Moderation.PENDING: ContributionStatus.WAITING,
}


def import_consultation(  # noqa: PLR0913 - what the command takes
    *,
    source: SourceConsultation,
    slug: str,
    title: str = "",
    skip_bad: bool = False,
    dry_run: bool = False,
    by: Actor,
    at: datetime,
) -> tuple[ImportFigures, list[SourceProblem]]:
    """Bring what the source holds into the consultation at that address, which is made at the first time.

    Return what is held then, and the rows that were left out. What was held before stays as it is. With `dry_run`
    everything is undone at the end. Raises BrokenSource when rows cannot be imported (and `skip_bad` was not said),
    NotImported when the address belongs to a hearing of our own.
    """
    refused = why_not_an_address(slug)
    if refused:
        raise NotAllowed(refused)
    fit, problems = _fit(source)
    if source.unreadable or (problems and not skip_bad):
        raise BrokenSource(problems, can_be_left_out=not source.unreadable)
    rows = [row for row in source.rows if row.source_id in fit]
    with transaction.atomic():
        consultation = _consultation(source, rows, slug=slug, title=title, by=by, at=at)
        held = held_of_source(consultation.pk)
        topics = place_topics(consultation=consultation, source=source, held=held, by=by, at=at)
        fresh = [row for row in rows if row.source_id not in held]
        authors = name_offsite_authors(consultation_id=consultation.pk, refs=[row.author or "" for row in fresh])
        _receive(consultation, fresh, _Clerk(bodies=fit, topics=topics, authors=authors, held=held), by=by)
        figures = import_figures(consultation, skipped=len(problems))
        transaction.set_rollback(dry_run)
    return figures, problems


def _fit(source: SourceConsultation) -> tuple[dict[str, str], list[SourceProblem]]:
    """Return the texts that may be stored, by id, and all problems of the source in the order of its lines.

    Ids are kept to know a row again, so one that looks like an identity number is refused. In texts and titles it is
    masked.
    """
    fit: dict[str, str] = {}
    problems = list(source.problems)
    for row in source.rows:
        try:
            fit[row.source_id] = _fit_row(row)
        except UnfitText as unfit:
            problems.append(SourceProblem(file=source.file, line=row.line, reason=str(unfit)))
    return fit, sorted(problems, key=lambda problem: (problem.file, problem.line))


def _fit_row(row: SourceRow) -> str:
    if find_identity_numbers(row.source_id) or find_identity_numbers(row.author or ""):
        raise UnfitText(_NUMBER_AS_ID)
    return "" if row.empty else fit_text(mask(row.body))


def _consultation(  # noqa: PLR0913 - a consultation's sides
    source: SourceConsultation, rows: Sequence[SourceRow], *, slug: str, title: str, by: Actor, at: datetime
) -> Consultation:
    """Return the consultation at the address, with a phase that covers all texts; make it when there is none."""
    times = [row.created_at for row in rows] or [at]
    found = Consultation.objects.filter(slug=slug).first()
    if found is None:
        return open_imported_consultation(
            slug=slug,
            text=consultation_text(source, title or source.title or slug),
            phase=_phase(times),
            topics=imported_topics(source.topics),
            by=by,
            at=at,
        )
    if not found.is_imported:
        raise NotImported
    if rows:
        kept = [moment for row in phases_of(found) for moment in (row.opens_at, row.closes_at) if moment]
        set_imported_phase(consultation=found, phase=_phase(times, kept), by=by, at=at)
    return found


def _phase(times: Sequence[datetime], kept: Collection[datetime] = ()) -> PhaseDates:
    """Return the phase from the first to the last text, and never shorter than it was."""
    opens, closes = min([*times, *kept]), max([max(times) + A_MOMENT, *kept])
    return PhaseDates(title=PHASE, opens_at=opens, closes_at=closes, accepts_contributions=True)


def _receive(consultation: Consultation, rows: Sequence[SourceRow], clerk: "_Clerk", *, by: Actor) -> None:
    if rows:
        received = [clerk.received(row) for row in rows]
        receive_many(consultation_id=consultation.pk, rows=received, by=by, decided_by=by)


@dataclass(kw_only=True)
class _Clerk:
    """Takes in the rows of a source one after the other and remembers where each stands."""

    bodies: Mapping[str, str]
    topics: Mapping[str, Topic]
    authors: Mapping[str, OffsiteAuthor]
    held: Mapping[str, Contribution]
    places: dict[str, int] = field(default_factory=dict)
    stands: dict[str, Topic] = field(default_factory=dict)

    def received(self, row: SourceRow) -> Received:
        """Return the row as it is received. What it answers came before, was held already, or is missing."""
        answered = row.in_reply_to or row.parent_id or ""
        before = self.held.get(answered)
        topic = before.topic if before else self.stands.get(answered, self.topics[row.topic])
        is_lost = answered and before is None and answered not in self.places
        self.stands[row.source_id] = topic
        reply_to = self.places.get(answered)
        self.places[row.source_id] = len(self.places)
        return Received(
            writing=self._writing(row, topic, before, Note.PARENT_MISSING if is_lost else row.note),
            received_at=row.created_at,
            status=ContributionStatus.REFUSED if row.empty else _STATUS[row.moderation],
            reason=EMPTY_IN_SOURCE if row.empty else MODERATED_IN_SOURCE,
            reply_to=reply_to,
        )

    def _writing(self, row: SourceRow, topic: Topic, before: Contribution | None, note: Note) -> Writing:
        author = self.authors[row.author or ""]
        return Writing(
            topic=topic,
            author=Author(name=author.name, offsite=author),
            kind=ContributionKind.VIEW,
            body=self.bodies[row.source_id],
            in_reply_to=before,
            note=NOTES[note],
            source_ref=row.source_id,
        )
