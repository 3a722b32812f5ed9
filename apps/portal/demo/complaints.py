"""What was complained about in the demo: a hiding that was reversed, an appeal and a report that wait in the queue."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.moderation.actions import (
    AppealRuling,
    Notice,
    Ruling,
    decide_appeal,
    decide_contribution,
    submit_appeal,
    submit_report,
)
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.models import Appeal
from apps.moderation.queries import decision_to_appeal
from apps.municipality.models import RefusalReason
from apps.portal.demo.timeline import moment

People = Mapping[str, User]
Made = Mapping[str, Contribution]

REPORTED_THEN_HIDDEN = "stoej-10"
REPORT = "Det handler om, hvad han kan høre et helt andet sted end her. Det hører ikke til i høringen."
HIDDEN = "Bidraget fortæller om lyd fra møller i en anden kommune og ikke om lyden ved Klintmose."
OBJECTION = (
    "Emnet er støj, og jeg cyklede derud for at høre, hvordan otte møller lyder. Det er det tætteste, man kan komme på "
    "at vide det, før de står her."
)
REVERSED = "Det hører til emnet, hvordan møller lyder. At de står i nabokommunen, gør det ikke mindre til et argument."

APPEALED = "udsigt-5"
APPEAL = (
    "Jeg sendte det to gange med vilje. Den første gang skrev jeg for mig selv, den anden gang for grundejerne på "
    "vores vej. Det skal fremgå, at vi er flere."
)

REPORTED = "stoej-8"
WAITING_REPORT = "»Klimafornægter« er et skældsord. Det synes jeg ikke skal stå i en høring."
REPORTED_AGO = timedelta(minutes=50)


def deeds(people: People, made: Made, *, now: datetime) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Return what people complain about and what becomes of it, each with its moment."""
    at = partial(moment, now=now)
    yield (
        (then := at(day=-9, clock="19:20")),
        partial(_report, made, REPORTED_THEN_HIDDEN, "off_topic", REPORT, people["torben"], then),
    )
    yield (then := at(day=-8, clock="09:05")), partial(_hide, made, people["sofie"], then)
    yield (
        (then := at(day=-8, clock="17:30")),
        partial(_appeal, made, REPORTED_THEN_HIDDEN, OBJECTION, people["jonas"], then),
    )
    yield (then := at(day=-6, clock="10:15")), partial(_reverse, made, people["anders"], then)
    yield (then := at(day=-1, clock="11:40")), partial(_appeal, made, APPEALED, APPEAL, people["kirsten"], then)
    yield (then := now - REPORTED_AGO), partial(_report, made, REPORTED, "personal_attack", WAITING_REPORT, None, then)


def _report(  # noqa: PLR0913, PLR0917 - a step
    made: Made, ref: str, code: str, explanation: str, by: User | None, at: datetime
) -> None:
    notice = Notice(
        reason=RefusalReason.objects.get(code=code),
        submission_key=uuid5(NAMESPACE_URL, explanation),
        explanation=explanation,
    )
    submit_report(contribution=_as_it_stands(made, ref), notice=notice, by=by, at=at)


def _hide(made: Made, by: User, at: datetime) -> None:
    text, reason = _as_it_stands(made, REPORTED_THEN_HIDDEN), RefusalReason.objects.get(code="off_topic")
    ruling = Ruling(outcome=Outcome.HIDE, version=text.version, reason=reason, sentence=HIDDEN)
    decide_contribution(contribution=text, ruling=ruling, by=by, at=at)


def _appeal(made: Made, ref: str, text: str, by: User, at: datetime) -> None:
    decision = decision_to_appeal(_as_it_stands(made, ref))
    assert decision is not None  # noqa: S101 - made above, or refused in the content
    submit_appeal(decision=decision, text=text, by=by, at=at)


def _reverse(made: Made, by: User, at: datetime) -> None:
    appeal = Appeal.objects.get(contribution=made[REPORTED_THEN_HIDDEN])
    ruling = AppealRuling(outcome=AppealOutcome.REVERSED, sentence=REVERSED)
    decide_appeal(appeal=appeal, ruling=ruling, by=by, at=at)


def _as_it_stands(made: Made, ref: str) -> Contribution:
    text = made[ref]
    text.refresh_from_db()
    return text
