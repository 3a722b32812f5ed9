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
from apps.publications.queries.milestones import steps_told, words_now
from apps.publications.queries.notices import told_of


def outcome_row(consultation: Consultation) -> OutcomeStory:
    """Return what the rows say of the end of the case, in the shape in which the entries tell it."""
    recommendation = recommendation_of(consultation)
    return OutcomeStory(
        recommendation=recommendation.pk if recommendation else None,
        recommended=[fingerprint(b"", row.text) for row in reversed(recommendation_versions(consultation))],
        meetings=_meetings(consultation),
        promises=_promises(consultation),
        notices={(row.version.version, row.number): not row.is_due for row in told_of(consultation)},
    )


def _meetings(consultation: Consultation) -> dict[int, tuple[int, list[tuple[str, str, str]]]]:
    found: dict[int, tuple[int, list[tuple[str, str, str]]]] = {
        meeting.number: (meeting.pk, []) for meeting in case_meetings_of(consultation)
    }
    for version in reversed(meeting_versions(consultation)):
        found[version.meeting.number][1].append(_told(version))
    return found


def _promises(consultation: Consultation) -> dict[int, list[tuple[str, str, str]]]:
    """Return what was told of each promise; the last step is proven by the words that stand there now."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    last = {step.milestone_id: step.pk for step in steps_told(consultation)}
    for step in steps_told(consultation):
        is_last = last[step.milestone_id] == step.pk
        proven = fingerprint(b"", words_now(step)) if is_last else step.fingerprint
        found.setdefault(step.milestone.number, []).append((step.status, step.due_on.isoformat(), proven))
    return found


def _told(version: CaseMeetingVersion) -> tuple[str, str, str]:
    outcome, final = version.outcome or TO_COME, "yes" if version.has_ended else "no"
    return outcome, final, fingerprint(b"", words_of(version))
