"""How a case ended, as the checks compare it."""

from apps.consultations.models import Consultation
from apps.exchange.engine.story import OutcomeStory
from apps.ledger.actions import fingerprint
from apps.publications.enums.decisions import TO_COME
from apps.publications.models import CaseMeetingVersion
from apps.publications.queries.decisions import (
    case_meetings_of,
    meeting_versions,
    recommendation_of,
    recommendation_versions,
    words_of,
)
from apps.publications.queries.notices import told_of


def outcome_row(consultation: Consultation) -> OutcomeStory:
    """Return what the rows say of the end of the case, in the shape in which the entries tell it."""
    recommendation = recommendation_of(consultation)
    return OutcomeStory(
        recommendation=recommendation.pk if recommendation else None,
        recommended=[fingerprint(b"", row.text) for row in reversed(recommendation_versions(consultation))],
        meetings=_meetings(consultation),
        notices={(row.version.version, row.number): not row.is_due for row in told_of(consultation)},
    )


def _meetings(consultation: Consultation) -> dict[int, tuple[int, list[tuple[str, str, str]]]]:
    found: dict[int, tuple[int, list[tuple[str, str, str]]]] = {
        meeting.number: (meeting.pk, []) for meeting in case_meetings_of(consultation)
    }
    for version in reversed(meeting_versions(consultation)):
        found[version.meeting.number][1].append(_told(version))
    return found


def _told(version: CaseMeetingVersion) -> tuple[str, str, str]:
    outcome, final = version.outcome or TO_COME, "yes" if version.has_ended else "no"
    return outcome, final, fingerprint(b"", words_of(version))
