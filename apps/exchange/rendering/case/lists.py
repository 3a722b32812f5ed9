"""Lists drawn from the case: who was invited, and the ledger's entries."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.common.wording import day
from apps.consultations.models import HearingParty
from apps.consultations.queries import parties_of
from apps.discussions.queries import published_by_numbers
from apps.exchange.engine.case_numbers import Direction, Filed, Piece, of_extract
from apps.exchange.queries.case_changes import Case, places_to_file
from apps.exchange.rendering.case.shared import day_of, stamp, table
from apps.ledger.enums import ActorRole
from apps.ledger.queries import sentence_of

OF_PARTIES = ("navn", "type", "inviteret", "frist", "har_svaret", "svar_nummer")
OF_ENTRIES = ("position", "tidspunkt", "haendelse", "rolle", "nummer", "saetning", "indhold")


def parties(case: Case) -> Iterator[Piece]:
    """Yield the list of hearing parties as everyone sees it: without addresses."""
    found = parties_of(case.consultation)
    if not found or not case.holds(lambda changed: changed.has_parties):
        return
    numbers = [party.answered_number for party in found if party.answered_number]
    public = {row.number for row in published_by_numbers(case.consultation.pk, numbers)}
    rows = table(OF_PARTIES, (_party(one, public) for one in found))
    yield _list(case, "parties.csv", "P1", _("Invited hearing parties"), rows)


def _party(party: HearingParty, public: set[int]) -> tuple[object, ...]:
    invited = [f"{row.invited_on.isoformat()} ({row.get_way_display()})" for row in party.first_first]
    deadlines = [row.deadline for row in party.first_first if row.deadline]
    number = party.answered_number
    return (
        party.name,
        party.get_kind_display(),
        ", ".join(invited),
        stamp(deadlines[-1]) if deadlines else "",
        _("yes") if number else _("no"),
        number if number in public else "",
    )


def entries(case: Case) -> Iterator[Piece]:
    """Yield the ledger's entries about the consultation, in the order of their positions."""
    if case.holds(lambda changed: changed.has_entries):
        yield _list(case, "ledger.csv", "L1", _("Entries of the ledger"), table(OF_ENTRIES, _entries(case)))


def _entries(case: Case) -> Iterator[tuple[object, ...]]:
    after = 0
    while places := places_to_file(case.consultation, since=case.since, after=after):
        for place in places:
            entry = place.entry
            role = ActorRole(entry.actor_role).label
            told = (place.position, stamp(entry.at), entry.kind, role, entry.number or "", sentence_of(entry))
            yield (*told, entry.payload)
        after = places[-1].position


def _list(case: Case, name: str, letters: str, title: str, content: Iterator[bytes]) -> Piece:
    if case.since:
        title = _("%(title)s since %(day)s") % {"title": title, "day": day(case.since)}
    told = Filed(
        number=of_extract(letters, case.since),
        title=title,
        kind=_("List"),
        on=day_of(case.at),
        direction=Direction.INTERNAL,
    )
    return Piece(name=f"lists/{name}", content=content, documents=[told], title=title)
