"""What officials may type."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from apps.common.calendar import end_of_day, start_of_day
from apps.consultations.actions import PhaseDates
from apps.consultations.enums import NamePolicy, TopicIcon, WriteAccess
from apps.consultations.forms import (
    ConsultationForm,
    MeetingForm,
    PhaseForm,
    PhaseRows,
    TopicForm,
    phase_days,
)


def rows_of(*rows: dict[str, str], prefix: str = "phases") -> dict[str, str]:
    """Return what a browser posts for these rows."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for step, row in enumerate(rows):
        data |= {f"{prefix}-{step}-{name}": value for name, value in row.items()}
    return data


def test_the_form_of_texts_asks_for_texts_who_may_write_and_how_names_are_shown() -> None:
    assert set(ConsultationForm.base_fields) == {
        "title",
        "lede",
        "body",
        "write_access",
        "name_policy",
        "moderation_mode",
        "post_pause",
        "decision_note",
        "contact",
    }


def test_line_ends_count_once_as_the_browser_counts_them() -> None:
    typed = {
        "title": "Wind",
        "write_access": "confirmed",
        "name_policy": "full_name",
        "moderation_mode": "before",
        "lede": "a" * 150 + "\r\n" + "b" * 149,
    }
    form = ConsultationForm(typed)

    assert form.is_valid()
    assert form.cleaned_data["lede"] == "a" * 150 + "\n" + "b" * 149
    assert form.cleaned_data["write_access"] is WriteAccess.CONFIRMED


@pytest.mark.parametrize("access", ["everyone", "", "RESIDENTS"])
def test_who_may_write_is_one_of_two(access: str) -> None:
    assert "write_access" in ConsultationForm({"title": "Wind", "write_access": access}).errors


@pytest.mark.parametrize("policy", ["everyone", "", "FULL_NAME"])
def test_names_are_shown_in_one_of_two_ways(policy: str) -> None:
    assert "name_policy" in ConsultationForm({"title": "Wind", "name_policy": policy}).errors


def test_what_is_settled_about_names_is_not_read_from_what_is_sent() -> None:
    typed = {"title": "Wind", "write_access": "confirmed", "name_policy": "full_name", "moderation_mode": "before"}
    form = ConsultationForm(typed, initial={"name_policy": "first_name"}, names_settled=True)

    assert form.is_valid()
    assert form.cleaned_data["name_policy"] is NamePolicy.FIRST_NAME
    with override("en"):
        assert "can no longer be changed" in str(form.fields["name_policy"].help_text)


@pytest.mark.parametrize("title", ["", " ", "x" * 141, "null\x00byte"])
def test_a_title_is_needed_short_and_readable(title: str) -> None:
    assert (
        "title"
        in ConsultationForm(
            {"title": title, "write_access": "confirmed", "name_policy": "full_name", "moderation_mode": "before"}
        ).errors
    )
    assert "title" in TopicForm({"title": title, "icon": "chat"}).errors


def test_a_topic_has_one_of_our_signs() -> None:
    assert TopicForm({"title": "Noise", "icon": "sound"}).is_valid()
    assert "icon" in TopicForm({"title": "Noise", "icon": "../x"}).errors
    assert TopicForm.base_fields["icon"].initial is TopicIcon.CHAT


@pytest.mark.parametrize(
    ("first", "last", "writing", "wrong"),
    [
        ("2026-10-19", "2026-10-18", "", {"last_day"}),
        ("2026-10-19", "", "on", {"last_day"}),
        ("2026-10-19", "2026-10-19", "on", set()),
        ("2026-10-19", "", "", set()),
        ("", "2026-10-19", "on", {"first_day"}),
        ("2026-02-30", "2026-10-19", "on", {"first_day"}),
        ("2026-10-19", "soon", "on", {"last_day"}),
    ],
)
def test_days_of_a_phase_make_sense(first: str, last: str, writing: str, wrong: set[str]) -> None:
    form = PhaseForm({"title": "Hearing", "first_day": first, "last_day": last, "accepts_contributions": writing})

    assert set(form.errors) == wrong
    assert all(len(sentences) == 1 for sentences in form.errors.values())


def test_blank_and_removed_rows_are_no_rows() -> None:
    kept = {"title": "Hearing", "first_day": "2026-10-19", "last_day": "2026-12-13", "accepts_contributions": "on"}
    rows = PhaseRows(rows_of({"title": ""}, kept, {"title": "  "}), prefix="phases")
    assert rows.is_valid()
    assert [row["title"] for row in rows.written()] == ["Hearing"]

    posted = rows_of(kept, kept) | {"phases-INITIAL_FORMS": "2", "phases-1-DELETE": "on"}
    rows = PhaseRows(posted, prefix="phases")
    assert rows.is_valid()
    assert len(rows.written()) == 1


def test_a_half_written_row_is_refused() -> None:
    rows = PhaseRows(rows_of({"title": "Hearing"}), prefix="phases")

    assert not rows.is_valid()
    assert "first_day" in rows.errors[0]


@pytest.mark.parametrize("total", ["13", "1000000", "x", ""])
def test_too_many_rows_and_a_broken_count_are_refused(total: str) -> None:
    row = {"title": "Phase", "first_day": "2026-10-19", "last_day": "2026-12-13"}
    rows = PhaseRows(rows_of(*[row] * 13) | {"phases-TOTAL_FORMS": total}, prefix="phases")

    assert not rows.is_valid()


def test_a_phase_is_shown_in_the_days_it_was_set_in() -> None:
    opens, closes = start_of_day(date(2026, 10, 25)), end_of_day(date(2026, 10, 25))

    shown = phase_days(PhaseDates(title="Hearing", opens_at=opens, closes_at=closes, accepts_contributions=True))

    assert (shown["first_day"], shown["last_day"]) == (date(2026, 10, 25), date(2026, 10, 25))


def test_a_moment_of_a_phase_is_local(at: datetime) -> None:
    assert phase_days(PhaseDates(title="", opens_at=at, closes_at=None))["last_day"] is None


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_days_that_no_hearing_has_are_refused(day: str) -> None:
    """The first and the last days of all have no day before or after them in every zone."""
    phase = PhaseForm({"title": "Hearing", "first_day": day, "last_day": day, "accepts_contributions": "on"})
    meeting = MeetingForm({"title": "Meeting", "day": day, "starts": "00:00", "ends": "23:59", "place": "The hall"})

    assert set(phase.errors) == {"first_day", "last_day"}
    assert set(meeting.errors) == {"day"}
