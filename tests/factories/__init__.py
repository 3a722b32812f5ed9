"""Rows for tests, made through the house's own actions: what a test starts from can exist."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.uploads import fit_file
from apps.consultations.actions import (
    ConsultationText,
    MeetingText,
    Paper,
    PhaseDates,
    TopicText,
    add_document,
    add_topic,
    announce_meeting,
    draft_consultation,
    publish_consultation,
    revise_consultation,
    set_phases,
)
from apps.consultations.enums import ModerationMode, ReviewStatus, WriteAccess
from apps.consultations.models import Consultation, Document, Meeting, Review, Topic
from apps.consultations.queries import draft_state
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, ErasureGround
from apps.discussions.models import Contribution, TextErasure
from apps.municipality.models import RefusalReason
from tests import personas

_serial = count(1)


def an_official(at: datetime) -> User:
    """Return the official of the test, made at first use."""
    return User.objects.filter(email="olaf@example.org").first() or personas.official(at=at)


def a_moderator(at: datetime) -> User:
    """Return the moderator of the test, made at first use."""
    return User.objects.filter(email="mona@example.org").first() or personas.moderator(at=at)


def another_moderator(at: datetime) -> User:
    """Return a second moderator, for what one alone may not decide, made at first use."""
    return User.objects.filter(email="mikkel@example.org").first() or personas.second_moderator(at=at)


def a_writer(at: datetime) -> User:
    """Return the confirmed person who writes in the test, made at first use."""
    return User.objects.filter(email="una@example.org").first() or personas.unverified(at=at)


def a_draft(*, at: datetime, title: str = "", write_access: WriteAccess = WriteAccess.CONFIRMED) -> Consultation:
    """Return a consultation that only officials see, without topics or phases."""
    text = ConsultationText(title=title or f"Hearing {next(_serial)}", write_access=write_access, lede="A lede.")
    return draft_consultation(text=text, by=an_official(at), at=at)


def a_hearing(
    *,
    at: datetime,
    title: str = "",
    opens: timedelta = timedelta(days=-7),
    closes: timedelta = timedelta(days=21),
    write_access: WriteAccess = WriteAccess.CONFIRMED,
) -> Consultation:
    """Return a published hearing whose writing phase lies around `at`, with one topic."""
    hearing = a_draft(at=at, title=title, write_access=write_access)
    official = an_official(at)
    phase = PhaseDates(title="Hearing", opens_at=at + opens, closes_at=at + closes, accepts_contributions=True)
    set_phases(consultation=hearing, phases=[phase], by=official, at=at)
    a_topic(hearing, at=at)
    publish(hearing, at=at)
    return hearing


def publish(consultation: Consultation, *, at: datetime) -> None:
    """Publish a draft that a colleague has approved as it stands. How one comes to that has tests of its own."""
    approved(consultation, at=at)
    publish_consultation(consultation=consultation, by=an_official(at), at=at)


def approved(consultation: Consultation, *, at: datetime) -> Review:
    """Return the approval of the draft as it stands, without the steps that lead to it and their entries."""
    seen = draft_state(consultation)
    return Review.objects.create(
        consultation=consultation, status=ReviewStatus.APPROVED, asked_at=at, decided_at=at, seen=seen
    )


def publishing_first(consultation: Consultation, *, at: datetime) -> Consultation:
    """Return the consultation, in which moderators read from now on after what people write is published."""
    texts = {name: getattr(consultation, name) for name in ConsultationText.__dataclass_fields__}
    text = ConsultationText(**texts | {"moderation_mode": ModerationMode.AFTER})
    revise_consultation(consultation=consultation, text=text, by=an_official(at), at=at)
    return consultation


def a_topic(consultation: Consultation, *, at: datetime, title: str = "") -> Topic:
    """Return one more topic."""
    text = TopicText(title=title or f"Topic {next(_serial)}", question="What do you think?")
    return add_topic(consultation=consultation, text=text, by=an_official(at), at=at)


def a_document(consultation: Consultation, *, at: datetime, title: str = "Plan") -> Document:
    """Return a document of the consultation: a PDF that says so and nothing more."""
    return add_document(consultation=consultation, paper=a_paper(title=title), by=an_official(at), at=at)


def a_paper(*, title: str = "Plan", content: bytes = b"%PDF-1.7\nnothing", name: str = "plan.pdf") -> Paper:
    """Return a file as an official adds it: by default a PDF that says so and nothing more."""
    file = fit_file(name=name, size=len(content), content=ContentFile(content))
    return Paper(title=title, file=file, description="What it shows.")


def a_file(*, name: str = "map", content: bytes = b"%PDF-1.7\nnothing", ending: str = "pdf", about: str = "") -> Any:
    """Return a file as it comes with a text: by default a PDF that says so and nothing more."""
    file = fit_file(name=f"{name}.{ending}", size=len(content), content=ContentFile(content))
    return actions.Enclosure(name=name, file=file, description=about)


def a_meeting(consultation: Consultation, *, at: datetime, **said: Any) -> Meeting:
    """Return a meeting of the consultation, in two days unless said otherwise, for which one signs up."""
    starts_at = said.pop("starts_at", at + timedelta(days=2))
    usual = {"title": "Citizens' meeting", "place": "The hall", "takes_sign_ups": True}
    text = MeetingText(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **usual | said)
    return announce_meeting(consultation=consultation, text=text, by=an_official(at), at=at)


def the_topic(consultation: Consultation) -> Topic:
    """Return the first topic."""
    return Topic.objects.select_related("consultation").filter(consultation=consultation).order_by("position")[0]


def a_contribution(
    topic: Topic,
    *,
    at: datetime,
    body: str = "",
    kind: ContributionKind = ContributionKind.VIEW,
    by: User | None = None,
    in_reply_to: Contribution | None = None,
    files: Sequence[actions.Enclosure] = (),
) -> Contribution:
    """Return a contribution that waits."""
    serial = next(_serial)
    return actions.submit_contribution(
        topic=topic,
        kind=kind,
        body=body or f"Text {serial}",
        in_reply_to=in_reply_to,
        submission_key=UUID(int=serial),
        files=files,
        by=by or a_writer(at),
        at=at,
    )


def a_published(
    topic: Topic,
    *,
    at: datetime,
    body: str = "",
    kind: ContributionKind = ContributionKind.VIEW,
    by: User | None = None,
    in_reply_to: Contribution | None = None,
    files: Sequence[actions.Enclosure] = (),
) -> Contribution:
    """Return a contribution that everyone reads."""
    made = a_contribution(topic, at=at, body=body, kind=kind, by=by, in_reply_to=in_reply_to, files=files)
    actions.publish_contribution(contribution=made, version=1, by=as_moderator(a_moderator(at)), at=at)
    return made


def a_refused(
    topic: Topic, *, at: datetime, body: str = "", sentence: str = "It names a private person."
) -> Contribution:
    """Return a contribution of which only the number and the reason are shown."""
    made = a_contribution(topic, at=at, body=body)
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(a_moderator(at))
    actions.refuse_contribution(contribution=made, version=1, reason=reason, sentence=sentence, by=by, at=at)
    return made


def an_answer(to: Contribution, *, at: datetime, body: str = "Yes.") -> Contribution:
    """Return an official's answer."""
    return actions.publish_answer(to=to, body=body, submission_key=UUID(int=next(_serial)), by=an_official(at), at=at)


def proposal(contribution: Contribution, *, at: datetime, by: User | None = None) -> TextErasure:
    """Return a moderator's proposal to erase a text."""
    return actions.propose_erasure(
        contribution=contribution,
        ground=ErasureGround.THIRD_PARTY,
        sentence="It tells of a neighbour's illness.",
        by=by or a_moderator(at),
        at=at,
    )


def erase(contribution: Contribution, *, at: datetime) -> None:
    """Erase a text: one moderator proposes it, another confirms."""
    actions.confirm_erasure(erasure=proposal(contribution, at=at), by=another_moderator(at), at=at)
    contribution.refresh_from_db()
