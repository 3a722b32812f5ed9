"""By which law a hearing is held, a period that is too short, and the extension of a deadline."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.common.calendar import end_of_day, start_of_day
from apps.common.errors import NotAllowed
from apps.consultations import actions
from apps.consultations.actions import LegalTerms, PhaseDates, extend_deadline, set_legal_terms
from apps.consultations.errors import CauseMissing, NotReady, TermsSettled, UnfitDates
from apps.consultations.models import Consultation, DeadlineChange, Phase
from apps.consultations.queries import phases_of, standing_of
from apps.exchange.queries.rows import consultation_row
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import LegalBasis
from tests import factories

pytestmark = pytest.mark.django_db

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
FIRST = date(2026, 9, 15)  # the day of `at`
LAWFUL = date(2026, 10, 13)
CAUSE = "The site was down on the last day."


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def kinds(consultation: Consultation) -> list[str]:
    return list(Entry.objects.filter(consultation_id=consultation.pk).order_by("pk").values_list("kind", flat=True))


def a_plan(at: datetime, official: User, *, last: date, why: str = "") -> Consultation:
    """Return the draft of a hearing about a local plan that opens today, with a phase in which it is considered."""
    draft = factories.a_draft(at=at)
    factories.a_topic(draft, at=at)
    phases = [
        PhaseDates(
            title="Hearing", opens_at=start_of_day(FIRST), closes_at=end_of_day(last), accepts_contributions=True
        ),
        PhaseDates(title="Considered", opens_at=end_of_day(last), closes_at=end_of_day(last + 30 * DAY)),
    ]
    actions.set_phases(consultation=draft, phases=phases, by=official, at=at)
    terms = LegalTerms(legal_basis=LegalBasis.objects.get(code="local_plan"), shorter_because=why)
    set_legal_terms(consultation=draft, terms=terms, by=official, at=at)
    return draft


def published(at: datetime, official: User, *, last: date = LAWFUL, why: str = "") -> Consultation:
    plan = a_plan(at, official, last=last, why=why)
    factories.approved(plan, at=at)
    actions.publish_consultation(consultation=plan, by=official, at=at)
    return plan


# ------------------------------------------------------------------ the period


def test_a_day_too_few_is_refused_with_the_first_lawful_last_day(at: datetime, official: User) -> None:
    plan = a_plan(at, official, last=LAWFUL - DAY)

    with pytest.raises(NotReady, match=r"13\.\soktober"):
        actions.publish_consultation(consultation=plan, by=official, at=at)

    plan.refresh_from_db()
    assert not plan.is_published
    assert "consultation.published" not in kinds(plan)


def test_the_last_lawful_day_is_published_and_its_days_are_copied(at: datetime, official: User) -> None:
    plan = published(at, official)
    LegalBasis.objects.filter(code="local_plan").update(minimum_days=99)

    plan.refresh_from_db()
    assert (plan.statutory_minimum, plan.chosen_period) == (28, 28)
    assert "consultation.period_shortened" not in kinds(plan)


def test_a_reason_stands_in_for_the_days_and_everyone_reads_it(at: datetime, official: User, client: Client) -> None:
    plan = published(at, official, last=LAWFUL - 7 * DAY, why="The council meets   early.")

    entry = Entry.objects.get(kind="consultation.period_shortened")
    page = client.get(f"/en/consultations/{plan.slug}/").content.decode()
    assert facts_of(entry) == {"days": 21, "minimum": 28}
    assert "The council meets early." in page
    assert "The law asks for at least 28 days. The municipality chose 21." in page
    assert "By the extension" not in page
    assert 'href="https://danskelove.dk/planloven/24"' in page
    row = consultation_row(Consultation.objects.get(pk=plan.pk))
    assert (row.basis, row.late, row.shortened) == ("local_plan", "no", (21, 28))


def test_a_later_day_in_plandata_makes_the_period_too_short(at: datetime, official: User) -> None:
    plan = a_plan(at, official, last=LAWFUL)
    terms = LegalTerms(legal_basis=plan.legal_basis, plandata_number="3456789", plandata_published_on=FIRST + DAY)
    set_legal_terms(consultation=plan, terms=terms, by=official, at=at)

    with pytest.raises(NotReady, match=r"14\.\soktober"):
        actions.publish_consultation(consultation=plan, by=official, at=at)


def test_what_was_published_keeps_its_basis_and_can_take_late_ones(at: datetime, official: User) -> None:
    plan = published(at, official)
    other = LegalTerms(legal_basis=LegalBasis.objects.get(code="local_plan_minor"))

    with pytest.raises(TermsSettled):
        set_legal_terms(consultation=plan, terms=other, by=official, at=at)
    late = LegalTerms(legal_basis=plan.legal_basis, takes_late=True)
    assert set_legal_terms(consultation=plan, terms=late, by=official, at=at)
    assert not set_legal_terms(consultation=plan, terms=late, by=official, at=at)

    told = [facts_of(entry) for entry in Entry.objects.filter(kind="consultation.legal_terms_set").order_by("pk")]
    assert told == [{"basis": "local_plan", "late": "no"}, {"basis": "local_plan", "late": "yes"}]


# ------------------------------------------------------------------ the extension


def test_an_extension_moves_what_follows_and_keeps_the_old_deadline(
    at: datetime, official: User, client: Client
) -> None:
    plan, later = published(at, official), LAWFUL + 14 * DAY

    change = extend_deadline(consultation=plan, last_day=later, cause=f"  {CAUSE} ", by=official, at=at)

    hearing, considered = phases_of(plan)
    assert (hearing.closes_at, considered.opens_at) == (end_of_day(later), end_of_day(later))
    assert considered.closes_at == end_of_day(later + 30 * DAY)
    assert (change.old, change.new, change.cause) == (end_of_day(LAWFUL), end_of_day(later), CAUSE)
    [entry] = Entry.objects.filter(kind="deadline.extended")
    assert facts_of(entry)["change"] == change.pk
    assert kinds(plan).count("phase.set") == 1
    assert CAUSE not in str(facts_of(entry))
    page = client.get(f"/en/consultations/{plan.slug}/").content.decode()
    assert "was Tuesday 13 October 2026 at 23:59, and is extended to Tuesday 27 October 2026 at 23:59" in page
    assert CAUSE in page
    assert "The municipality chose 28. By the extension it is 42 days in all." in page
    row = consultation_row(Consultation.objects.get(pk=plan.pk))
    assert list(row.deadlines) == [change.pk]


@pytest.mark.parametrize("days", [-7, 0])
def test_a_deadline_is_never_shortened(days: int, at: datetime, official: User) -> None:
    plan = published(at, official, last=LAWFUL + 20 * DAY)

    with pytest.raises(UnfitDates, match="aldrig forkortes"):
        extend_deadline(consultation=plan, last_day=LAWFUL + 20 * DAY + days * DAY, cause=CAUSE, by=official, at=at)

    assert not DeadlineChange.objects.exists()


def test_it_is_extended_in_its_last_second_and_no_longer_in_the_next(at: datetime, official: User) -> None:
    plan, other = published(at, official), published(at, official)
    closes = end_of_day(LAWFUL)

    with pytest.raises(UnfitDates, match="Fristen er udløbet"):
        extend_deadline(consultation=other, last_day=LAWFUL + DAY, cause=CAUSE, by=official, at=closes)
    assert extend_deadline(
        consultation=plan, last_day=LAWFUL + DAY, cause=CAUSE, by=official, at=closes - timedelta(microseconds=1)
    )


def test_it_takes_a_cause_a_public_hearing_a_deadline_and_an_official(at: datetime, official: User) -> None:
    plan, draft = published(at, official), a_plan(at, official, last=LAWFUL)

    with pytest.raises(CauseMissing):
        extend_deadline(consultation=plan, last_day=LAWFUL + DAY, cause=" \n ", by=official, at=at)
    with pytest.raises(UnfitDates):
        extend_deadline(consultation=draft, last_day=LAWFUL + DAY, cause=CAUSE, by=official, at=at)
    moderator = factories.a_moderator(at)
    with pytest.raises(NotAllowed):
        extend_deadline(consultation=plan, last_day=LAWFUL + DAY, cause=CAUSE, by=moderator, at=at)
    Phase.objects.filter(consultation=plan, position=2).delete()
    Phase.objects.filter(consultation=plan).update(closes_at=None)
    with pytest.raises(UnfitDates):
        extend_deadline(consultation=plan, last_day=LAWFUL + DAY, cause=CAUSE, by=official, at=at)

    assert not DeadlineChange.objects.exists()


def test_one_that_has_not_opened_is_extended_too(at: datetime, official: User) -> None:
    hearing = factories.a_hearing(at=at, opens=3 * DAY, closes=30 * DAY)

    extend_deadline(consultation=hearing, last_day=date(2026, 12, 1), cause=CAUSE, by=official, at=at)

    assert phases_of(hearing)[0].closes_at == end_of_day(date(2026, 12, 1))


def test_it_opens_and_closes_to_the_second_whether_or_not_any_job_runs(at: datetime, official: User) -> None:
    plan = published(at, official)
    phases = phases_of(plan)
    opens, closes = start_of_day(FIRST), end_of_day(LAWFUL)

    def state(moment: datetime) -> str:
        return str(standing_of(plan, phases, moment).state)

    assert [state(opens - SECOND), state(opens)] == ["planned", "open"]
    assert [state(closes - SECOND), state(closes)] == ["open", "closed"]


# ------------------------------------------------------------------ the pages


def test_the_desk_sets_the_terms_and_says_what_they_mean(desk: Client, at: datetime, official: User) -> None:
    draft = factories.a_draft(at=at)
    factories.a_topic(draft, at=at)
    phase = PhaseDates(title="H", opens_at=at, closes_at=end_of_day(FIRST + 7 * DAY), accepts_contributions=True)
    actions.set_phases(consultation=draft, phases=[phase], by=official, at=at)
    where = f"/en/desk/consultations/{draft.slug}/legal/"

    sent = {"legal_basis": "local_plan", "plandata_number": "345", "journal_number": "25/10042", "takes_late": "on"}
    answer = desk.post(where, sent, follow=True).content.decode()

    draft.refresh_from_db()
    assert draft.journal_number == "25/10042"
    assert (draft.legal_basis_id, draft.plandata_number, draft.takes_late) == ("local_plan", "345", True)
    assert "these dates give 7. Let the last day be 13 October" in answer
    page = desk.get(where).content.decode()
    assert "First lawful last day" in page
    assert "13 October" in page
    assert desk.post(where, {"legal_basis": "made_up"}).status_code == 422
    refused = desk.post(f"/en/desk/consultations/{draft.slug}/publish/").content.decode()
    assert "Let the last day be 13 October" in refused


@pytest.mark.parametrize("number", ["010190-1234", "x" * 41])
def test_a_case_number_is_no_identity_number_and_has_an_end(desk: Client, at: datetime, number: str) -> None:
    draft = factories.a_draft(at=at)

    answer = desk.post(f"/en/desk/consultations/{draft.slug}/legal/", {"journal_number": number})

    draft.refresh_from_db()
    assert (answer.status_code, draft.journal_number) == (422, "")
    assert number in answer.content.decode()


def test_everyone_reads_the_case_number(at: datetime, official: User, client: Client) -> None:
    plan = published(at, official)
    terms = LegalTerms(legal_basis=plan.legal_basis, shorter_because=plan.shorter_because, journal_number="25/10042")

    assert actions.set_legal_terms(consultation=plan, terms=terms, by=official, at=at)

    assert "Case no. 25/10042" in client.get(f"/en/consultations/{plan.slug}/").content.decode()


def test_the_desk_extends_in_one_step_and_loses_nothing_that_was_typed(
    desk: Client, at: datetime, official: User
) -> None:
    plan = published(at, official)
    where = f"/en/desk/consultations/{plan.slug}/extend/"

    for wrong in ({"last_day": "2026-10-13"}, {"last_day": ""}):
        answer = desk.post(where, {"last_day": "2026-11-01", "cause": CAUSE} | wrong)
        assert answer.status_code == 422
        assert CAUSE in answer.content.decode()
    assert desk.post(where, {"last_day": "2026-11-01", "cause": ""}).status_code == 422
    answer = desk.post(where, {"last_day": "2026-11-01", "cause": CAUSE}, follow=True)

    assert "is extended to Sunday 1 November 2026 at 23:59" in answer.content.decode()
    assert DeadlineChange.objects.count() == 1


def test_a_retired_basis_stays_with_the_draft_that_has_it(at: datetime, official: User, desk: Client) -> None:
    plan = a_plan(at, official, last=LAWFUL)
    LegalBasis.objects.filter(code="local_plan").update(is_selectable=False)

    page = desk.get(f"/en/desk/consultations/{plan.slug}/legal/").content.decode()
    other = desk.get(f"/en/desk/consultations/{factories.a_draft(at=at).slug}/legal/").content.decode()

    assert 'value="local_plan" selected' in page
    assert 'value="local_plan"' not in other


def test_the_page_costs_the_same_for_one_and_three_changes(
    at: datetime, official: User, client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    plan, day = published(at, official), LAWFUL
    for step in (1, 2, 3):
        extend_deadline(consultation=plan, last_day=day + step * DAY, cause=CAUSE, by=official, at=at)
        if step in {1, 3}:
            client.get(f"/en/consultations/{plan.slug}/")
            with django_assert_num_queries(17):  # type: ignore[attr-defined]
                client.get(f"/en/consultations/{plan.slug}/")
