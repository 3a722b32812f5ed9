"""Recommendation, meetings and decision: what has to be there, what stays readable, and what follows from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotAllowed
from apps.consultations.actions import cancel_consultation, reach_stage
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation, StageChange
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.publications.actions import (
    draft_recommendation,
    publish_recommendation,
    remove_case_meeting,
    save_case_meeting,
)
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.models import CaseMeeting, CaseMeetingVersion, Recommendation, RecommendationVersion
from apps.publications.queries.decisions import decision_of
from tests import factories
from tests.exchange.tampering import Change
from tests.publications.cases import DAY, a_text, decided, heard, noted, recommended, to_come, told

pytestmark = pytest.mark.django_db
NUMBER = "Skriv til 070761-4285."


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


def _refresh(hearing: Consultation) -> Consultation:
    hearing.refresh_from_db()
    return hearing


def test_the_decision_takes_the_hearing_on_and_everyone_reads_it(hearing: Consultation, at: datetime) -> None:
    recommended(hearing, at=at)
    made = decided(hearing, at=at)

    assert _refresh(hearing).status == ConsultationStatus.DECIDED
    steps = StageChange.objects.filter(consultation=hearing).order_by("pk").values_list("status", "sentence")
    assert list(steps) == [("considered", ""), ("decided", "Planen er vedtaget.")]
    assert decision_of(hearing).end == made
    assert check_ledger().problem == ""


def test_a_hearing_that_is_considered_or_decided_goes_no_way_twice(hearing: Consultation, at: datetime) -> None:
    by = factories.an_official(at)
    reach_stage(consultation=hearing, to=ConsultationStatus.CONSIDERED, by=by, at=at)
    reach_stage(consultation=hearing, to=ConsultationStatus.DECIDED, sentence="Vedtaget.", by=by, at=at)

    decided(hearing, at=at)

    assert _refresh(hearing).status == ConsultationStatus.DECIDED
    assert StageChange.objects.filter(consultation=hearing).count() == 2


def test_a_meeting_to_come_and_one_that_sends_back_end_nothing(hearing: Consultation, at: datetime) -> None:
    told(noted(hearing, to_come(at=at), at=at), at=at)
    back = a_text(at=at, outcome="sent_back", decided="Igen.", is_final=False, guidance="", complain_until=None)
    told(noted(hearing, back, at=at), at=at)

    assert _refresh(hearing).status == ConsultationStatus.PUBLISHED
    decision = decision_of(hearing)
    assert decision.end is None
    assert [row.outcome for row in decision.meetings] == ["sent_back", ""]
    assert check_ledger().problem == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decided": ""}, "decided"),
        ({"guidance": ""}, "guidance"),
        ({"complain_until": None}, "complain_until"),
        ({"outcome": "sent_back"}, "outcome"),
        ({"outcome": "with_changes"}, "changes"),
    ],
)
def test_what_ends_a_case_is_whole(said: dict[str, Any], field: str, hearing: Consultation, at: datetime) -> None:
    meeting = noted(hearing, a_text(at=at, **said), at=at)

    with pytest.raises(UnfitDecision) as refused:
        told(meeting, at=at)

    assert refused.value.field == field
    assert not CaseMeetingVersion.objects.exists()
    assert _refresh(hearing).status == ConsultationStatus.PUBLISHED


def test_days_that_cannot_be_are_refused(hearing: Consultation, at: datetime) -> None:
    tomorrow = noted(hearing, a_text(at=at, held_on=(at + DAY).date(), is_final=False), at=at)
    over = noted(hearing, a_text(at=at, complain_until=(at - DAY).date()), at=at)

    for meeting, field in ((tomorrow, "held_on"), (over, "complain_until")):
        with pytest.raises(UnfitDecision) as refused:
            told(meeting, at=at)
        assert refused.value.field == field


def test_a_hearing_without_a_law_may_have_no_last_day(at: datetime) -> None:
    hearing = heard(at=at, by_law=False)

    assert decided(hearing, at=at, complain_until=None).complain_until is None


def test_nothing_is_recommended_or_decided_while_people_can_write(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    with pytest.raises(UnfitDecision, match="Man kan stadig skrive"):
        decided(hearing, at=at)
    with pytest.raises(UnfitDecision, match="Man kan stadig skrive"):
        recommended(hearing, at=at)
    assert _refresh(hearing).status == ConsultationStatus.PUBLISHED


def test_a_correction_says_what_it_mends_and_what_was_published_stays(hearing: Consultation, at: datetime) -> None:
    made, by = decided(hearing, at=at), factories.an_official(at)
    meeting = made.meeting
    again = a_text(at=at, decided="Planen er vedtaget uden vindmølle 3.")
    save_case_meeting(meeting=meeting, text=again, seen=1, by=by, at=at)

    assert decision_of(hearing).end == made
    with pytest.raises(UnfitDecision, match="hvad der er rettet"):
        told(meeting, at=at)
    newer = told(meeting, at=at, note="Vindmølle 3 udgår.")

    assert [(row.version, row.decided) for row in CaseMeetingVersion.objects.order_by("version")] == [
        (1, "Planen er vedtaget."),
        (2, "Planen er vedtaget uden vindmølle 3."),
    ]
    assert decision_of(hearing).end == newer
    assert check_ledger().problem == ""


def test_a_case_that_ended_is_not_opened_by_a_correction(hearing: Consultation, at: datetime) -> None:
    meeting = decided(hearing, at=at).meeting
    opened = replace(a_text(at=at), is_final=False)
    save_case_meeting(meeting=meeting, text=opened, seen=1, by=factories.an_official(at), at=at)

    with pytest.raises(UnfitDecision, match="er afsluttet"):
        told(meeting, at=at, note="Alligevel ikke.")


def test_a_recommendation_is_corrected_with_a_note(hearing: Consultation, at: datetime) -> None:
    row, by = recommended(hearing, at=at), factories.an_official(at)
    draft_recommendation(consultation=hearing, text="Vi anbefaler en mindre plan.", seen=1, by=by, at=at)
    row.refresh_from_db()

    with pytest.raises(UnfitDecision, match="hvad der er rettet"):
        publish_recommendation(recommendation=row, seen=2, by=by, at=at)
    publish_recommendation(recommendation=row, seen=2, note="Nyt forslag.", by=by, at=at)

    versions = RecommendationVersion.objects.order_by("version").values_list("version", "text", "note")
    assert list(versions) == [
        (1, "Vi anbefaler *planen*.", ""),
        (2, "Vi anbefaler en mindre plan.", "Nyt forslag."),
    ]
    assert check_ledger().problem == ""


def test_second_clicks_publish_once(hearing: Consultation, at: datetime) -> None:
    made = decided(hearing, at=at)
    row, by = recommended(hearing, at=at), factories.an_official(at)

    assert told(made.meeting, at=at) == made
    assert publish_recommendation(recommendation=row, seen=1, by=by, at=at).version == 1
    assert Entry.objects.filter(kind__in=("casemeeting.published", "recommendation.published")).count() == 2


def test_what_a_colleague_wrote_is_not_overwritten(hearing: Consultation, at: datetime) -> None:
    meeting, by = noted(hearing, to_come(at=at), at=at), factories.an_official(at)
    draft_recommendation(consultation=hearing, text="Første.", seen=0, by=by, at=at)
    save_case_meeting(meeting=meeting, text=to_come(at=at, name="Klimaudvalget"), seen=1, by=by, at=at)

    with pytest.raises(DecisionChangedMeanwhile):
        save_case_meeting(meeting=meeting, text=to_come(at=at, name="Andet"), seen=1, by=by, at=at)
    with pytest.raises(DecisionChangedMeanwhile):
        draft_recommendation(consultation=hearing, text="Anden.", seen=0, by=by, at=at)
    with pytest.raises(DecisionChangedMeanwhile):
        publish_recommendation(recommendation=Recommendation.objects.get(), seen=0, by=by, at=at)
    assert not save_case_meeting(meeting=meeting, text=to_come(at=at, name="Klimaudvalget"), seen=1, by=by, at=at)


def test_a_case_ends_with_one_meeting(hearing: Consultation, at: datetime) -> None:
    noted(hearing, a_text(at=at), at=at)

    with pytest.raises(UnfitDecision) as refused:
        noted(hearing, a_text(at=at, name="Udvalget"), at=at)
    assert refused.value.field == "is_final"
    assert CaseMeeting.objects.count() == 1


def test_a_meeting_that_was_published_is_not_taken_away(hearing: Consultation, at: datetime) -> None:
    shown, unseen = noted(hearing, to_come(at=at), at=at), noted(hearing, to_come(at=at), at=at)
    told(shown, at=at)
    by = factories.an_official(at)

    with pytest.raises(UnfitDecision):
        remove_case_meeting(meeting=shown, by=by, at=at)
    assert remove_case_meeting(meeting=unseen, by=by, at=at)
    assert not remove_case_meeting(meeting=unseen, by=by, at=at)
    assert check_ledger().problem == ""


@pytest.mark.parametrize("field", ["decided", "minority", "changes", "guidance", "name"])
def test_identity_numbers_are_refused(field: str, hearing: Consultation, at: datetime) -> None:
    with pytest.raises(UnfitDecision) as refused:
        noted(hearing, a_text(at=at, **{field: NUMBER}), at=at)
    assert refused.value.field == field
    with pytest.raises(UnfitDecision):
        draft_recommendation(consultation=hearing, text=NUMBER, seen=0, by=factories.an_official(at), at=at)


def test_markup_that_is_none_stays_text(hearing: Consultation, at: datetime) -> None:
    made = decided(hearing, at=at, minority="<script>alert(1)</script> [x](javascript:alert(1))")

    assert "<script" not in made.minority_html
    assert "<a" not in made.minority_html


def test_others_write_no_decision(hearing: Consultation, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        draft_recommendation(consultation=hearing, text="X", seen=0, by=factories.a_writer(at), at=at)
    box = factories.a_draft(at=at)
    with pytest.raises(NotAllowed, match="intet at beslutte"):
        noted(box, to_come(at=at), at=at)
    cancel_consultation(consultation=hearing, reason="Droppet.", by=factories.an_official(at), at=at)
    with pytest.raises(NotAllowed, match="intet at beslutte"):
        noted(hearing, to_come(at=at), at=at)


def test_the_database_keeps_what_ends_a_case_whole(hearing: Consultation, at: datetime) -> None:
    made = decided(hearing, at=at)

    for change in ({"guidance": ""}, {"outcome": "sent_back"}, {"decided": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseMeetingVersion.objects.filter(pk=made.pk).update(**change)


TAMPERED: dict[str, tuple[Change, str]] = {
    "recommendation": (lambda: RecommendationVersion.objects.update(text="No."), "The versions of the recommendation"),
    "its version gone": (lambda: RecommendationVersion.objects.all().delete(), "The versions of the recommendation"),
    "outcome": (lambda: CaseMeetingVersion.objects.update(outcome="rejected"), "The meetings that treat the case"),
    "what was decided": (lambda: CaseMeetingVersion.objects.update(decided="No."), "The meetings that treat the case"),
    "last day": (lambda: CaseMeetingVersion.objects.update(complain_until=None), "The meetings that treat the case"),
    "version gone": (lambda: CaseMeetingVersion.objects.all().delete(), "The meetings that treat the case"),
}


@pytest.mark.parametrize(("change", "sentence"), TAMPERED.values(), ids=TAMPERED)
def test_what_is_changed_behind_the_ledger_is_found(
    change: Callable[[], object], sentence: str, hearing: Consultation, at: datetime
) -> None:
    recommended(hearing, at=at)
    decided(hearing, at=at)

    change()

    assert sentence in check_ledger().problem
