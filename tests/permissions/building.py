"""A municipality with one of everything in every state, made through actions."""

from datetime import datetime

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.actions import (
    ConsultationText,
    PartyText,
    PhaseDates,
    TopicText,
    add_member,
    add_parties,
    add_topic,
    ask_for_review,
    call_off_meeting,
    draft_consultation,
    hold_document,
    set_phases,
    sign_up,
)
from apps.consultations.enums import PartyKind, TeamRole, WriteAccess
from apps.consultations.models import Consultation, HearingParty, Meeting, Review, TeamMember, Topic
from apps.discussions.actions import hold_file, move_contribution, refuse_contribution, withdraw_contribution
from apps.discussions.models import Attachment, Contribution
from apps.ledger.actions import sequence_entries
from apps.municipality.models import District, Municipality, RefusalReason
from apps.notifications.actions import follow_consultation
from apps.publications.actions import add_text_block, draft_summary, publish_summary
from apps.publications.engine.statements import StatementText
from apps.publications.models import Summary
from tests import factories
from tests.factories.maps import a_map
from tests.permissions import answers, cases, decided, lives, objections, papers, pauses, people, standing, voices
from tests.permissions.town import AT, DAY, Town


def build(at: datetime = AT) -> Town:
    """Return the town."""
    Municipality.objects.create(pk=1, name="Vesterhav Kommune", site_name="Vesterhav taler", code="0661")
    town = Town(at=at, people=people.everyone(at=at), district=District.objects.create(name="Klintmose"))
    town.consultations = _consultations(at)
    town.contributions = _contributions(town)
    milo = lives.moderators(town)
    town.contributions["erased"] = lives.an_erased_text(town, milo)
    town.more["meetings"] = _meetings(town)
    town.more["files"] = _files(town)
    town.more["summaries"] = _summaries(town)
    town.more["roles"] = lives.roles(town)
    town.more["team"] = _team(town)
    town.more["parties"] = _parties(town)
    town.more["reviews"] = _reviews(town)
    town.more["organisations"] = lives.organisations(town)
    town.more["accounts"] = lives.accounts(town)
    town.more["holds"] = lives.holds(town)
    town.more["decisions"] = lives.a_sampled_decision(town, milo)
    town.more["erasures"] = lives.erasures(town, milo)
    town.more["moments"] = lives.decisions(town, milo)
    town.more |= cases.of(town, milo)
    town.more |= pauses.of(town, milo)
    town.more |= voices.of(town)
    town.more |= decided.of(town)
    town.more["residencies"] = lives.residencies(town)
    town.more["letters"], town.more["batches"] = lives.letters(town)
    town.more["exports"] = lives.exports(town)
    town.more["employees"], town.more["words"] = lives.lists(town)
    words = {"title": "Where to see the plans", "body": "At the town hall."}
    town.more["blocks"] = {"kept": add_text_block(**words, by=town.person("off"), at=at)}
    town.more["answers"] = answers.drafts_of(town)
    town.more["posts"], town.more["suggestions"] = standing.posts(town), standing.suggestions(town)
    town.more |= papers.of(town)
    town.more |= objections.of(town)
    factories.approved(town.consultations["draft"], at=at)  # after the last change of it
    for state in ("planned", "open", "residents", "closed"):
        follow_consultation(person=town.person("own"), consultation=town.consultations[state], at=at)
    sequence_entries()
    return town


def _files(town: Town) -> dict[str, Attachment]:
    """Return a file of the author's beside a text that waits, one that is published, one taken back, and one held."""
    at, topic, author = town.at, town.topic("open"), town.person("own")
    sent = {"at": at, "by": author, "files": [factories.a_file()]}
    made = {
        "waiting": factories.a_contribution(topic, **sent),
        "withdrawn": factories.a_contribution(topic, **sent),
        "published": factories.a_published(topic, **sent),
        "held": factories.a_published(topic, **sent),
    }
    withdraw_contribution(contribution=made["withdrawn"], by=author, at=at)
    hold_file(
        attachment=made["held"].attachments.get(),
        reason=RefusalReason.objects.get(code="private_information"),
        sentence="It shows a child.",
        by=as_moderator(town.person("mod")),
        at=at,
    )
    return {state: Attachment.objects.get(contribution=row) for state, row in made.items()}


def _team(town: Town) -> dict[str, TeamMember]:
    """Return the place of a third official in the team of a draft and of the open hearing."""
    person, by = town.more["roles"]["active"].person, town.person("off")
    return {
        state: add_member(
            consultation=town.consultations[state], person=person, role=TeamRole.EDITOR, by=by, at=town.at
        )
        for state in ("draft", "open")
    }


def _parties(town: Town) -> dict[str, HearingParty]:
    """Return a hearing party of a draft and of the open hearing, that nobody has invited yet."""
    text, by = (
        PartyText(kind=PartyKind.AUTHORITY, name="Klint Museum", email="klint@museum.example"),
        town.person("off"),
    )
    return {
        state: add_parties(consultation=town.consultations[state], parties=[text], by=by, at=town.at)[0]
        for state in ("draft", "open")
    }


def _reviews(town: Town) -> dict[str, Review]:
    """Return the review that a colleague of the official asks for, of a draft that the colleague wrote."""
    at, writer = town.at, town.more["roles"]["active"].person
    text = ConsultationText(title="A colleague's draft")
    draft = draft_consultation(text=text, by=writer, at=at)
    phase = PhaseDates(title="Hearing", opens_at=at, closes_at=at + 30 * DAY, accepts_contributions=True)
    set_phases(consultation=draft, phases=[phase], by=writer, at=at)
    add_topic(consultation=draft, text=TopicText(title="Topic"), by=writer, at=at)
    add_member(consultation=draft, person=town.person("off"), role=TeamRole.ANSWERER, by=writer, at=at)
    ask_for_review(consultation=draft, by=writer, at=at)
    return {"asked": Review.objects.select_related("consultation").get(consultation=draft, asked_by=writer)}


def _meetings(town: Town) -> dict[str, Meeting]:
    """Return a draft's, and of the open hearing one to come that the author signed up for, and others."""
    hearing, at = town.consultations["open"], town.at
    made = {
        "coming": factories.a_meeting(hearing, at=at, places=90),
        "just_come": factories.a_meeting(hearing, at=at, takes_sign_ups=False),
        "held": factories.a_meeting(hearing, at=at, starts_at=at - DAY),
        "off": factories.a_meeting(hearing, at=at),
        "draft": factories.a_meeting(town.consultations["draft"], at=at),
    }
    sign_up(meeting=made["coming"], companions=0, by=town.person("own"), at=at)
    call_off_meeting(meeting=made["off"], reason="Nobody could come.", by=town.person("off"), at=at)
    return {state: Meeting.objects.select_related("consultation").get(pk=row.pk) for state, row in made.items()}


def _summaries(town: Town) -> dict[str, Summary]:
    """Return one that is being written, in the open hearing, and one that is published, in the closed one."""
    official, found = town.person("off"), {}
    for state, hearing in (("written", "open"), ("published", "closed")):
        text = factories.a_published(town.topic(hearing), at=town.at - 2 * DAY, body=f"cited where {state}")
        statements = [StatementText(title="Noise", body="Many fear noise.", cites=(text.number,))]
        consultation = town.consultations[hearing]
        found[state] = draft_summary(consultation=consultation, statements=statements, seen=0, by=official, at=town.at)
    publish_summary(summary=found["published"], seen=found["published"].revision, by=official, at=town.at)
    return {state: Summary.objects.get(pk=row.pk) for state, row in found.items()}


def _consultations(at: datetime) -> dict[str, Consultation]:
    """Return hearings: one not published, one that opens later, one open, one for residents, one that is over."""
    week, month = 7 * DAY, 30 * DAY
    planned = factories.a_hearing(at=at, title="Planned", opens=week, closes=month)
    opened = factories.a_hearing(at=at, title="Open")
    factories.a_document(planned, at=at)
    held = factories.a_document(opened, at=at).versions.get()
    hold_document(version=held, sentence="It names a neighbour.", by=factories.an_official(at), at=at)
    a_map(opened, at=at)
    return {
        "draft": _ready_draft(at),
        "planned": planned,
        "open": opened,
        "residents": factories.a_hearing(at=at, title="For residents", write_access=WriteAccess.RESIDENTS),
        "closed": _closed(at),
    }


def _ready_draft(at: datetime) -> Consultation:
    draft = factories.a_draft(at=at, title="Draft")
    phase = PhaseDates(title="Hearing", opens_at=at, closes_at=at + 30 * DAY, accepts_contributions=True)
    set_phases(consultation=draft, phases=[phase], by=factories.an_official(at), at=at)
    factories.a_topic(draft, at=at, title="Topic of a draft")
    factories.a_document(draft, at=at, title="Secret plan")
    a_map(draft, at=at)
    factories.approved(draft, at=at)
    return draft


def _closed(at: datetime) -> Consultation:
    """A hearing in which somebody wrote, and that is over since yesterday."""
    began = at - 30 * DAY
    closed = factories.a_draft(at=began, title="Closed")
    phase = PhaseDates(title="Hearing", opens_at=began, closes_at=at - DAY, accepts_contributions=True)
    official = factories.an_official(began)
    set_phases(consultation=closed, phases=[phase], by=official, at=began)
    factories.a_topic(closed, at=began)
    factories.publish(closed, at=began)
    return closed


def _contributions(town: Town) -> dict[str, Contribution]:
    """Return texts of the author: one in each state, all in the open hearing but the one whose hearing is over."""
    at, topic, author = town.at, town.topic("open"), town.person("own")
    elsewhere = factories.a_topic(town.consultations["open"], at=at, title="Elsewhere")
    by = as_moderator(town.person("mod"))
    made = {
        state: factories.a_contribution(topic, at=at, body=f"the text that is {state}", by=author)
        for state in ("waiting", "withdrawn", "moved")
    }
    made["late"] = factories.a_contribution(
        town.topic("closed"), at=at - 2 * DAY, body="the text that is late", by=author
    )
    made["published"] = factories.a_published(topic, at=at, body="the text that is published", by=author)
    made["refused"] = _refused(topic, author, at)
    made["answered"] = factories.an_answer(
        factories.a_published(topic, at=at, body="a question", by=town.person("res")),
        at=at,
        body="the text of the answer",
    )
    withdraw_contribution(contribution=made["withdrawn"], by=author, at=at)
    move_contribution(contribution=made["moved"], to=elsewhere, with_replies=False, by=by, at=at)
    return {
        state: Contribution.stored.select_related("consultation", "topic").get(pk=row.pk) for state, row in made.items()
    }


def _refused(topic: Topic, author: User, at: datetime) -> Contribution:
    made = factories.a_contribution(topic, at=at, body="the text that is refused", by=author)
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(factories.a_moderator(at))
    refuse_contribution(contribution=made, version=1, reason=reason, sentence="It names a person.", by=by, at=at)
    return made
