"""Makes the demo municipality through the house's own actions, each at its own moment before now."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import NAMESPACE_URL, uuid5

from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.core.files.base import ContentFile
from django.db import transaction

from apps.accounts.actions import (
    confirm_organisation,
    give_demo_app,
    give_demo_password,
    grant_role,
    open_account,
    request_organisation,
)
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.uploads import fit_file
from apps.consultations import actions as consulting
from apps.consultations.enums import ConsultationStatus, InvitationWay, PartyKind, TeamRole, TopicIcon, WriteAccess
from apps.consultations.models import Consultation, Meeting, Review, Topic
from apps.consultations.queries import english_places, latest_review
from apps.discussions.actions import (
    Enclosure,
    VoiceText,
    enter_voice,
    publish_answer,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import Channel, ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries, skip_to_head
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.municipality.actions import set_up_municipality
from apps.municipality.models import District, RefusalReason
from apps.portal.demo import blocks, complaints, papers, shapes, standing
from apps.portal.demo.content.consultations import CONSULTATIONS
from apps.portal.demo.content.municipality import MUNICIPALITY
from apps.portal.demo.content.people import (
    ADMINISTRATORS,
    DEMO_PASSWORD,
    MODERATORS,
    OFFICIALS,
    ORGANISATION,
    PEOPLE,
)
from apps.portal.demo.content.standing import PROPOSALS
from apps.portal.demo.law import phase_dates, set_law
from apps.portal.demo.timeline import Step, moment, steps
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.residency.actions import grant_residency
from apps.screening.actions import EmployeeFacts, protect_employees

DOCUMENTS = Path(__file__).parent / "documents"
BEFORE_OPENING = timedelta(days=3)
UNPUBLISHED = ("draft", "review")


@dataclass
class Town:
    """What has been made so far, by the names that the content uses."""

    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    topics: dict[tuple[str, str], Topic] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    made: dict[str, Contribution] = field(default_factory=dict)


Deed = tuple[datetime, Callable[[], object]]


@transaction.atomic
def seed(*, at: datetime) -> None:
    """Make everything in the order of time, so that the ledger reads as if it had happened; old mail is not sent."""
    town = Town(now=at)
    founded = at - timedelta(days=400)
    set_up_municipality(
        facts={name: getattr(MUNICIPALITY, name) for name in ("name", "site_name", "code", "address", "phone", "email")}
        | PROPOSALS,
        district_names=[district.name for district in MUNICIPALITY.districts],
        postal_codes={district.name: district.postal_codes for district in MUNICIPALITY.districts},
        by=THE_SYSTEM,
        at=founded,
    )
    _people(town)
    _register(town)
    deeds: list[Deed] = []
    for plan in CONSULTATIONS:
        consultation = _draft(town, plan)
        deeds.extend(_deeds(town, plan, consultation))
    deeds.extend((*standing.deeds(town.people, now=at), *papers.deeds(town.people, town.topics, town.made, now=at)))
    deeds.extend((*blocks.deeds(town.people, now=at), *complaints.deeds(town.people, town.made, now=at)))
    for _moment, deed in sorted(deeds, key=lambda pair: pair[0]):
        deed()
    consulting.note_phases(at=at)
    sequence_entries()
    skip_to_head("notifications")


def _people(town: Town) -> None:
    """Staff first: an official at the desk verifies the residents."""
    districts = {district.slug: district.name for district in MUNICIPALITY.districts}
    for plan in sorted(PEOPLE, key=lambda person: -person.joined_days_ago):
        joined = town.now - timedelta(days=plan.joined_days_ago)
        person = open_account(email=plan.email, display_name=plan.name, job_title=plan.title, password=None, at=joined)
        town.people[plan.key] = person
        if plan.role in set(Role.values):
            grant_role(
                person=person,
                role=Role(plan.role),
                department=plan.department,
                title=plan.title,
                by=THE_SYSTEM,
                at=joined,
            )
            give_demo_app(person=person, sealed_secret=encrypt(generate_totp_secret()))
    clerk = next(town.people[plan.key] for plan in PEOPLE if plan.role == "official")
    for plan in PEOPLE:
        if plan.role == "resident":
            district = District.objects.get(name=districts[plan.district])
            verified = town.now - timedelta(days=plan.joined_days_ago - 2)
            grant_residency(person=town.people[plan.key], district=district, by=clerk, at=verified)
    chair = _organisation(town, clerk)
    give_demo_password(people=[*town.people.values(), chair], password=DEMO_PASSWORD)


def _register(town: Town) -> None:
    """The staff stand on the register of protected employees, so that moderators see where a text names one."""
    rows = [
        EmployeeFacts(name=plan.name, title=plan.title, department=plan.department)
        for plan in (*OFFICIALS, *MODERATORS)
    ]
    by = town.people[ADMINISTRATORS[0].key]
    protect_employees(rows=rows, by=by, at=town.now - timedelta(days=ADMINISTRATORS[0].joined_days_ago - 1))


def _organisation(town: Town, clerk: User) -> User:
    """An association that may write under its name, from the week after it asked."""
    asked = town.now - timedelta(days=ORGANISATION.asked_days_ago)
    account = open_account(email=ORGANISATION.email, display_name=ORGANISATION.chair, password=None, at=asked)
    organisation = request_organisation(
        name=ORGANISATION.name, cvr=ORGANISATION.cvr, speaker=ORGANISATION.speaker, by=account, at=asked
    )
    confirm_organisation(organisation=organisation, by=clerk, at=asked + timedelta(days=7))
    return account


def _draft(town: Town, plan: shapes.Consultation) -> Consultation:
    by = town.people[plan.official]
    writing = next(phase for phase in plan.phases if phase.writing)
    at = moment(now=town.now, day=writing.first_day) - BEFORE_OPENING if plan.state not in UNPUBLISHED else town.now
    contact = town.people[plan.contact.person]
    text = consulting.ConsultationText(
        title=plan.title,
        lede=plan.lede,
        body=plan.body,
        decision_note=plan.decision_note,
        contact=f"{contact.display_name}, {contact.job_title}. {plan.contact.phone}, {plan.contact.hours}",
        write_access=WriteAccess.RESIDENTS if plan.residents_only else WriteAccess.CONFIRMED,
    )
    consultation = consulting.draft_consultation(text=text, slug=plan.slug, by=by, at=at)
    for other in OFFICIALS:
        if other.key != plan.official:
            colleague = town.people[other.key]
            consulting.add_member(consultation=consultation, person=colleague, role=TeamRole.EDITOR, by=by, at=at)
    consulting.set_phases(consultation=consultation, phases=phase_dates(plan, now=town.now), by=by, at=at)
    set_law(consultation, plan, by=by, at=at)
    facts = [(fact.value, fact.label) for fact in plan.facts]
    consulting.set_facts(consultation=consultation, topic=None, facts=facts, by=by, at=at)
    for topic in plan.topics:
        _topic(town, consultation, topic, by, at)
    for document in plan.documents:
        content = ContentFile((DOCUMENTS / document.file).read_bytes())
        file = fit_file(name=document.file, size=content.size, content=content)
        paper = consulting.Paper(title=document.title, file=file, description=document.summary)
        consulting.add_document(consultation=consultation, paper=paper, by=by, at=at)
    if plan.map:
        drawn = consulting.read_shapes((DOCUMENTS / plan.map.file).read_bytes())
        plan_of_map = consulting.MapPlan(shapes=drawn, description=plan.map.description, rings=plan.map.rings)
        consulting.set_map(consultation=consultation, plan=plan_of_map, by=by, at=at)
    if plan.meeting:
        _meeting(town, consultation, plan.meeting, by, at)
    english = {place.name: plan.english.get(place.danish, "") for place in english_places(consultation)}
    consulting.translate_consultation(consultation=consultation, texts=english, by=by, at=at)
    return consultation


def _topic(town: Town, consultation: Consultation, plan: shapes.Topic, by: User, at: datetime) -> None:
    text = consulting.TopicText(
        title=plan.title, question=plan.question, icon=TopicIcon(plan.icon), facts_source=plan.facts_source
    )
    topic = consulting.add_topic(consultation=consultation, text=text, slug=plan.slug, by=by, at=at)
    if plan.facts:
        facts = [(fact.value, fact.label) for fact in plan.facts]
        consulting.set_facts(consultation=consultation, topic=topic, facts=facts, by=by, at=at)
    town.topics[consultation.slug, plan.slug] = topic


def _meeting(town: Town, consultation: Consultation, plan: shapes.Meeting, by: User, at: datetime) -> None:
    text = consulting.MeetingText(
        title=plan.title,
        starts_at=moment(now=town.now, day=plan.day, clock=plan.starts),
        ends_at=moment(now=town.now, day=plan.day, clock=plan.ends),
        place=plan.place,
        access=plan.access,
        about=plan.about,
        takes_sign_ups=plan.places is not None,
        places=plan.places,
    )
    made = consulting.announce_meeting(consultation=consultation, text=text, by=by, at=at)
    town.meetings[consultation.slug] = made


def _about_meeting(town: Town, plan: shapes.Consultation, meeting: shapes.Meeting, opening: datetime) -> list[Deed]:
    """Some sign up, and the minutes are written on the day after the meeting."""

    def come() -> None:
        for key in meeting.comers:
            consulting.sign_up(meeting=town.meetings[plan.slug], companions=0, by=town.people[key], at=signed_up_at)

    def write() -> None:
        consulting.publish_minutes(
            meeting=town.meetings[plan.slug],
            text=meeting.minutes,
            topics=[town.topics[plan.slug, slug] for slug in meeting.minutes_topics],
            attended=meeting.attended,
            by=town.people[plan.official],
            at=written_at,
        )

    signed_up_at = opening + timedelta(days=1, hours=12)
    written_at = moment(now=town.now, day=meeting.day + 1, clock="11:00")
    return [(signed_up_at, come), *([(written_at, write)] if meeting.minutes else [])]


def _deeds(town: Town, plan: shapes.Consultation, consultation: Consultation) -> list[Deed]:
    if plan.state in UNPUBLISHED:
        return [(town.now, lambda: _ask_colleague(town, plan, consultation))] if plan.state == "review" else []
    opening = moment(now=town.now, day=next(phase.first_day for phase in plan.phases if phase.writing))
    official = town.people[plan.official]

    def publish() -> None:
        colleague = next(town.people[other.key] for other in OFFICIALS if other.key != plan.official)
        consulting.ask_for_review(consultation=consultation, by=official, at=opening)
        consulting.approve_draft(review=cast("Review", latest_review(consultation)), by=colleague, at=opening)
        consulting.publish_consultation(consultation=consultation, by=official, at=opening)
        parties = [consulting.PartyText(kind=PartyKind(kind), name=name) for kind, name in plan.parties]
        for party in consulting.add_parties(consultation=consultation, parties=parties, by=official, at=opening):
            consulting.invite_party(party=party, way=InvitationWay.DIGITAL_POST, by=official, at=opening)

    def do(step: Step) -> Callable[[], None]:
        return lambda: _do(town, consultation, step)

    of_meeting = _about_meeting(town, plan, plan.meeting, opening) if plan.meeting else []
    typed = [deed for letter in plan.letters for deed in _about_letter(town, plan, letter)]
    stages = [_about_stage(town, plan, consultation, stage) for stage in plan.stages]
    return [
        (opening, publish),
        *typed,
        *of_meeting,
        *stages,
        *((step.at, do(step)) for step in steps(plan, now=town.now)),
    ]


def _ask_colleague(town: Town, plan: shapes.Consultation, consultation: Consultation) -> None:
    """The draft waits for a colleague's approval, who has said something about it."""
    consulting.ask_for_review(consultation=consultation, by=town.people[plan.official], at=town.now)
    for comment in plan.comments:
        by = town.people[comment.official]
        consulting.comment_on_draft(consultation=consultation, comment=comment.body, by=by, at=town.now)


def _about_stage(town: Town, plan: shapes.Consultation, consultation: Consultation, stage: shapes.Stage) -> Deed:
    at = moment(now=town.now, day=-stage.days_ago, clock=stage.time)

    def go_on() -> None:
        consulting.reach_stage(
            consultation=consultation,
            to=ConsultationStatus(stage.to),
            sentence=stage.sentence,
            by=town.people[plan.official],
            at=at,
        )

    return at, go_on


def _about_letter(town: Town, plan: shapes.Consultation, letter: shapes.Letter) -> list[Deed]:
    """An official types in what came two days before, and within two hours a moderator lets it through."""
    at = moment(now=town.now, day=-letter.days_ago, clock=letter.time)
    decided_at = at + timedelta(hours=2)

    def type_in() -> None:
        text = VoiceText(
            topic=Topic.objects.select_related("consultation").get(pk=town.topics[plan.slug, letter.topic].pk),
            channel=Channel(letter.channel),
            came_on=(at - timedelta(days=2)).date(),
            name=letter.name,
            body=letter.body,
            address=letter.address,
            postal_line=letter.postal_line,
        )
        key = uuid5(NAMESPACE_URL, letter.name)
        town.made[letter.name] = enter_voice(voice=text, key=key, by=town.people[plan.official], at=at)

    def publish() -> None:
        ruling, by = Ruling(outcome=Outcome.PUBLISH, version=1), town.people[MODERATORS[0].key]
        decide_contribution(contribution=town.made[letter.name], ruling=ruling, by=by, at=decided_at)

    return [(at, type_in), (decided_at, publish)]


def _do(town: Town, consultation: Consultation, step: Step) -> None:
    by, item = town.people[step.by], step.item
    if isinstance(item, shapes.Summary):
        _summarise(town, consultation, item, by, step.at)
    elif isinstance(item, shapes.Answer):
        to = town.made[item.reply_to]
        to.refresh_from_db()
        key = uuid5(NAMESPACE_URL, item.ref)
        town.made[item.ref] = publish_answer(
            to=to, body=item.body, source=item.source, submission_key=key, by=by, at=step.at
        )
    elif step.verb == "submit":
        town.made[item.ref] = _submit(town, consultation, item, by, step.at)
    elif step.verb == "withdraw":
        withdraw_contribution(contribution=town.made[item.ref], by=by, at=step.at)
    else:
        _decide(town, consultation, item, by, step.at)


def _submit(town: Town, consultation: Consultation, voice: shapes.Voice, by: User, at: datetime) -> Contribution:
    answered = town.made.get(voice.reply_to) if voice.reply_to else None
    if answered:
        answered.refresh_from_db()
    return submit_contribution(
        topic=Topic.objects.select_related("consultation").get(pk=town.topics[consultation.slug, voice.topic].pk),
        kind=ContributionKind(voice.kind),
        body=voice.body,
        in_reply_to=answered,
        submission_key=uuid5(NAMESPACE_URL, voice.ref),
        files=[_enclosed(file) for file in voice.files],
        by=by,
        at=at,
    )


def _enclosed(file: shapes.Attached) -> Enclosure:
    content = file.made()
    fitted = fit_file(name=file.name, size=len(content), content=ContentFile(content))
    return Enclosure(name=file.name.rpartition(".")[0], file=fitted, description=file.about)


def _decide(town: Town, consultation: Consultation, voice: shapes.Voice, by: User, at: datetime) -> None:
    contribution = town.made[voice.ref]
    ruling = Ruling(outcome=Outcome.PUBLISH, version=1)
    if isinstance(voice.outcome, shapes.Refused):
        ruling = Ruling(
            outcome=Outcome.REFUSE,
            version=1,
            reason=RefusalReason.objects.get(code=voice.outcome.reason),
            sentence=voice.outcome.public,
            internal_facts=voice.outcome.facts,
        )
    if isinstance(voice.outcome, shapes.Moved):
        to = town.topics[consultation.slug, voice.outcome.to]
        move = Ruling(outcome=Outcome.MOVE, version=1, to=to, internal_facts=voice.outcome.note)
        decide_contribution(contribution=contribution, ruling=move, by=by, at=at)
    decide_contribution(contribution=contribution, ruling=ruling, by=by, at=at)


def _summarise(town: Town, consultation: Consultation, plan: shapes.Summary, by: User, at: datetime) -> None:
    statements = [
        StatementText(**asdict(text) | {"cites": [town.made[ref].number for ref in text.cites]})
        for text in plan.statements
    ]
    summary = draft_summary(consultation=consultation, statements=statements, by=by, at=at)
    publish_summary(summary=summary, by=by, at=at)
