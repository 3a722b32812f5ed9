"""The demo's texts hold together: everything refers to something, in an order that is possible."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from apps.common.uploads import FileKind, fit_file
from apps.portal.demo import timeline
from apps.portal.demo.content import people
from apps.portal.demo.content.consultations import CONSULTATIONS
from apps.portal.demo.content.hearing import HEARING
from apps.portal.demo.content.municipality import MUNICIPALITY
from apps.portal.demo.content.standing import BOX_MAP, POSTS
from apps.portal.demo.shapes import (
    Answer,
    Consultation,
    Moved,
    Published,
    Refused,
    Summary,
    Voice,
    Waiting,
    Withdrawn,
    prose,
)

DOCUMENTS = Path(timeline.__file__).parent / "documents"
PEOPLE = {person.key: person for person in people.PEOPLE}
WITH_VOICES = [one for one in CONSULTATIONS if one.voices]
SEEDED_AT = [
    datetime(2026, 11, 22, 23, 0, tzinfo=UTC),  # local midnight
    datetime(2026, 11, 22, 0, 20, tzinfo=UTC),
    datetime(2026, 7, 1, 10, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 3, 30, tzinfo=UTC),  # the night summer time begins
    datetime(2026, 10, 25, 22, 59, tzinfo=UTC),  # last minute of the day summer time ends
]
PERSONAL_NUMBER = re.compile(r"\d{6}[ -]?\d{4}")
PHONE_NUMBER = re.compile(r"(?:\d[ .-]?){8}")
ALLOWED = re.compile(r"[A-Za-zÆØÅæøåé0-9 \n.,;:?!()*/%§–-]+")

each_consultation = pytest.mark.parametrize("consultation", WITH_VOICES, ids=lambda one: one.slug)
each_moment = pytest.mark.parametrize("now", SEEDED_AT, ids=str)


def _voices(consultation: Consultation) -> dict[str, Voice]:
    return {voice.ref: voice for voice in consultation.voices}


def _final_topic(voice: Voice) -> str:
    return voice.outcome.to if isinstance(voice.outcome, Moved) else voice.topic


def _is_public(voice: Voice) -> bool:
    return isinstance(voice.outcome, Published | Moved)


def _items(consultation: Consultation) -> list[Voice | Answer]:
    return [*consultation.voices, *consultation.answers]


def _numbered(consultation: Consultation, *, now: datetime) -> list[Voice | Answer]:
    """Return what takes a number, in the order of the numbers."""
    return [
        step.item
        for step in timeline.steps(consultation, now=now)
        if step.verb in {"submit", "answer"} and isinstance(step.item, Voice | Answer)
    ]


def _texts() -> list[tuple[str, str]]:
    found = []
    for consultation in CONSULTATIONS:
        found.append((consultation.slug, consultation.body))
        found.append((consultation.slug, consultation.lede))
        found.extend((voice.ref, voice.body) for voice in consultation.voices)
        found.extend((answer.ref, answer.body) for answer in consultation.answers)
        for voice in consultation.voices:
            if isinstance(voice.outcome, Refused):
                found.append((voice.ref, voice.outcome.public))
                found.append((voice.ref, voice.outcome.facts))
            if isinstance(voice.outcome, Moved):
                found.append((voice.ref, voice.outcome.note))
        if consultation.summary:
            found.extend((one.title, one.title) for one in consultation.summary.statements)
            found.extend((one.title, one.body) for one in consultation.summary.statements)
    return found


def test_every_ref_is_used_once() -> None:
    refs = [item.ref for one in CONSULTATIONS for item in _items(one)]
    assert [ref for ref, times in Counter(refs).items() if times > 1] == []


def test_people_are_the_ones_the_demo_promises() -> None:
    assert Counter(person.role for person in people.PEOPLE) == {
        "administrator": 1,
        "official": 2,
        "moderator": 2,
        "resident": 6,
        "visitor": 1,
    }
    assert len(PEOPLE) == len({person.email for person in people.PEOPLE}) == len(people.PEOPLE)


def test_residents_and_only_residents_live_in_a_district_of_the_municipality() -> None:
    districts = {district.slug for district in MUNICIPALITY.districts}
    for person in people.PEOPLE:
        assert (person.district in districts) == (person.role == "resident"), person.name


def test_addresses_can_belong_to_nobody() -> None:
    addresses = [person.email for person in people.PEOPLE] + [MUNICIPALITY.email]
    assert [address for address in addresses if not address.endswith(".example")] == []


@each_consultation
def test_everyone_who_acts_has_an_account_of_the_right_role(consultation: Consultation) -> None:
    writers = {PEOPLE[voice.author].role for voice in consultation.voices}
    assert writers <= {"resident", "visitor"}
    assert {PEOPLE[voice.moderator].role for voice in consultation.voices} == {"moderator"}
    assert {PEOPLE[answer.official].role for answer in consultation.answers} == {"official"}
    assert PEOPLE[consultation.official].role == "official"
    assert PEOPLE[consultation.contact.person].role == "official"
    assert consultation.summary
    assert PEOPLE[consultation.summary.official].role == "official"


@each_consultation
def test_every_topic_exists_and_has_something_to_read(consultation: Consultation) -> None:
    topics = [topic.slug for topic in consultation.topics]
    assert len(topics) == len(set(topics))
    assert {voice.topic for voice in consultation.voices} <= set(topics)
    assert {_final_topic(voice) for voice in consultation.voices if _is_public(voice)} == set(topics)


@each_consultation
def test_replies_are_to_roots_and_answers_to_what_readers_can_see(consultation: Consultation) -> None:
    voices = _voices(consultation)
    for voice in consultation.voices:
        if voice.reply_to is not None:
            parent = voices[voice.reply_to]
            assert parent.reply_to is None, voice.ref
            assert _is_public(parent), voice.ref
    for answer in consultation.answers:
        assert _is_public(voices[answer.reply_to]), answer.ref


@each_consultation
@each_moment
def test_replies_and_answers_come_after_their_parent_is_public_and_in_its_topic(
    consultation: Consultation, now: datetime
) -> None:
    public: dict[str, str] = {}
    for step in timeline.steps(consultation, now=now):
        item = step.item
        if isinstance(item, Answer):
            assert item.reply_to in public, item.ref
        elif isinstance(item, Voice) and step.verb == "submit" and item.reply_to:
            assert public[item.reply_to] == item.topic, item.ref
        elif isinstance(item, Voice) and step.verb in {"publish", "move"}:
            public[item.ref] = _final_topic(item)


@each_consultation
@each_moment
def test_everything_is_sent_while_the_hearing_is_open_and_nothing_in_the_future(
    consultation: Consultation, now: datetime
) -> None:
    (phase,) = [phase for phase in consultation.phases if phase.writing]
    assert phase.last_day is not None
    opens = timeline.moment(now=now, day=phase.first_day)
    closes = timeline.moment(now=now, day=phase.last_day + 1)
    for step in timeline.steps(consultation, now=now):
        assert step.at <= now
        if step.verb == "submit":
            assert opens < step.at < closes
            joined = PEOPLE[step.by].joined_days_ago
            assert timeline.moment(now=now, day=1 - joined) <= step.at


@each_moment
def test_contributions_keep_their_order_whatever_the_hour_of_seeding(now: datetime) -> None:
    sent = _numbered(HEARING, now=now)
    dated = [item for item in sent if item.time]
    assert sent[: len(dated)] == dated
    keys = [(-item.days_ago, item.time) for item in dated]
    assert keys == sorted(set(keys))
    assert [item.ref for item in sent[len(dated) :]] == [
        "udsigt-8",
        "natur-8",
        "bolig-7",
        "stoej-12",
    ]


@each_consultation
def test_people_write_by_day_and_officials_in_their_hours(consultation: Consultation) -> None:
    for voice in consultation.voices:
        assert bool(voice.time) != bool(voice.hours_ago), voice.ref
        if voice.time:
            assert "06:30" <= voice.time < "23:00", voice.ref
        if voice.hours_ago:
            assert 0 < voice.hours_ago < 5, voice.ref
            assert voice.days_ago == 0, voice.ref
        else:
            assert voice.days_ago >= 2, voice.ref
    for answer in consultation.answers:
        assert "08:00" <= answer.time <= "16:00", answer.ref
        assert answer.days_ago >= 2, answer.ref


def test_the_hearing_has_about_forty_contributions_in_every_state() -> None:
    states = Counter(type(voice.outcome) for voice in HEARING.voices)
    assert 38 <= len(HEARING.voices) <= 48
    assert states[Waiting] == 3
    assert states[Refused] == 3
    assert states[Moved] == 1
    assert states[Withdrawn] == 1
    assert {voice.kind for voice in HEARING.voices} == {"view", "question", "proposal"}
    assert any(isinstance(v.outcome, Waiting) and v.reply_to for v in HEARING.voices)
    assert len(HEARING.topics) == 6


def test_one_published_question_has_no_answer_yet() -> None:
    answered = {answer.reply_to for answer in HEARING.answers}
    open_questions = [
        voice.ref
        for voice in HEARING.voices
        if voice.kind == "question" and voice.reply_to is None and voice.ref not in answered
    ]
    assert open_questions == ["stoej-11"]


def _is_refused_root(item: Voice | Answer) -> bool:
    return (
        isinstance(item, Voice)
        and isinstance(item.outcome, Refused)
        and item.reply_to is None
        and item.topic == "boliger-og-erstatning"
    )


def test_two_refused_roots_stand_side_by_side_so_that_they_fold() -> None:
    order = _numbered(HEARING, now=SEEDED_AT[0])
    runs = [
        (first.ref, second.ref)
        for first, second in pairwise(order)
        if _is_refused_root(first) and _is_refused_root(second)
    ]
    assert runs == [("bolig-2", "bolig-3")]


def test_threads_have_up_to_five_replies() -> None:
    for consultation in WITH_VOICES:
        replies = Counter(item.reply_to for item in _items(consultation) if item.reply_to)
        assert max(replies.values()) <= 5
    assert Counter(voice.reply_to for voice in HEARING.voices)["stoej-3"] == 3


@each_consultation
def test_a_summary_cites_only_what_was_public_and_covered(consultation: Consultation) -> None:
    summary = consultation.summary
    assert isinstance(summary, Summary)
    voices = _voices(consultation)
    for statement in summary.statements:
        assert len(set(statement.cites)) == len(statement.cites) > 0
        for ref in statement.cites:
            assert _is_public(voices[ref]), ref
            assert voices[ref].days_ago >= summary.covers_until_days_ago > summary.days_ago, ref


def test_texts_are_short_enough_and_of_plain_characters() -> None:
    for ref, text in _texts():
        assert 0 < len(text) < 2000, ref
        assert ALLOWED.fullmatch(text), (ref, set(ALLOWED.sub("", text)))
        assert "  " not in text, ref
        assert text == prose(text), ref


def test_no_text_holds_what_looks_like_a_personal_or_a_phone_number() -> None:
    for ref, text in _texts():
        assert not PERSONAL_NUMBER.search(text), ref
        assert not PHONE_NUMBER.search(text), ref


def test_the_guards_against_numbers_do_find_them() -> None:
    assert PERSONAL_NUMBER.search("010101-0000")
    assert PHONE_NUMBER.search("ring 70 00 00 00")


def test_days_of_phases_follow_each_other() -> None:
    for consultation in CONSULTATIONS:
        previous = -10_000
        for phase in consultation.phases:
            assert phase.first_day > previous, phase.slug
            previous = phase.first_day if phase.last_day is None else phase.last_day
            assert previous >= phase.first_day, phase.slug


def test_the_hearing_is_open_the_cycle_path_decided_and_the_forest_before_a_colleague() -> None:
    assert {one.slug: one.state for one in CONSULTATIONS} == {
        "cykelsti-havby-sandgaard": "closed",
        "vindmoeller-ved-klintmose": "open",
        "ny-skovrejsning-ved-sandgaard": "review",
    }
    [decided] = [one for one in CONSULTATIONS if one.stages]
    assert [stage.to for stage in decided.stages] == ["considered", "decided"]
    assert decided.stages[-1].sentence
    [reviewed] = [one for one in CONSULTATIONS if one.comments]
    assert (reviewed.state, {comment.official for comment in reviewed.comments} & {reviewed.official}) == (
        "review",
        set(),
    )


def test_documents_are_small_real_pdfs() -> None:
    files = {document.file for one in CONSULTATIONS for document in one.documents}
    maps = {one.map.file for one in CONSULTATIONS if one.map}
    pictures = {post.picture for post in POSTS if post.picture}
    assert {path.name for path in DOCUMENTS.iterdir()} == files | maps | pictures | {BOX_MAP}
    for name in files:
        content = (DOCUMENTS / name).read_bytes()
        assert content.startswith(b"%PDF-"), name
        assert len(content) < 80_000, name
        assert b"/StructTreeRoot" in content, name


def test_what_people_attach_is_what_it_says_and_can_be_read() -> None:
    files = [file for one in WITH_VOICES for voice in one.voices for file in voice.files]
    kinds = {fit_file(name=file.name, size=1, content=BytesIO(file.made())).kind for file in files}
    [paper] = [file for file in files if file.name.endswith(".pdf")]

    assert kinds == {FileKind.PNG, FileKind.PDF}
    assert all(file.about for file in files)
    assert "Forslaget har otte møller" in PdfReader(BytesIO(paper.made())).pages[0].extract_text()
