"""Makes, in the database of a running demo, what its pages need to show a state, and prints where that is.

Run in a process of its own with the demo's environment: `python -m tests.journeys.making`.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django


def make() -> dict[str, Any]:
    """Make everything once; return the numbers that stand in the addresses of pages."""
    from apps.accounts.models import User  # noqa: PLC0415 - the apps are ready only now
    from apps.common.clock import now  # noqa: PLC0415

    at = now() - timedelta(minutes=1)
    people = {person.email.partition("@")[0]: person for person in User.objects.filter(email__endswith=".example")}
    return {
        **_letters(people, at),
        **_of_residents(people, at),
        **_of_staff(people, at),
        **_of_moderation(people, at),
        **_on_paper(people, at),
        **_of_topics(people, at),
        **_before_the_box(people),
        **_own(at),
    }


def _account(name: str, at: Any) -> Any:
    from apps.accounts.actions import open_account  # noqa: PLC0415
    from apps.portal.demo.content.people import DEMO_PASSWORD  # noqa: PLC0415

    email, shown = f"{name.lower()}@state.example", f"{name} Nørremølle-Vestergaard"
    return open_account(email=email, display_name=shown, password=DEMO_PASSWORD, at=at)


def _letters(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """Letters that wait, are put together without and with codes, and are posted."""
    from apps.residency.actions import make_batch, make_codes, post_letters, request_letter  # noqa: PLC0415
    from apps.residency.engine.addresses import RegisteredAddress  # noqa: PLC0415

    by, made = people["mette"], {}
    for number, state in enumerate(("Waiting", "Batched", "Coded", "Posted"), start=1):
        home = RegisteredAddress(street="Klintvej", house_number=str(number), postal_code="9981", city="Klintmose")
        person = _account(state, at)
        letter = request_letter(name=person.display_name, home=home, by=person, at=at)
        if state != "Waiting":
            made[state] = make_batch(letter_ids=[letter.pk], by=by, at=at)
    for state in ("Coded", "Posted"):
        make_codes(batch=made[state], by=by, at=at)
    post_letters(batch=made["Posted"], by=by, at=at)
    return {f"batch_{state.lower()}": batch.pk for state, batch in made.items()}


def _of_residents(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """Two of one name at one home, shown to a colleague and shown to the official who looks; and one who is alone."""
    from apps.municipality.models import District  # noqa: PLC0415
    from apps.residency.actions import ShownAtDesk, grant_residency  # noqa: PLC0415

    district = District.objects.order_by("pk")[0]
    for name, by in (("Jens", people["rasmus"]), ("Karen", people["mette"])):
        shown = ShownAtDesk(document="passport", name=f"{name} Double", address="Havnegade 1, 9982 Havby")
        for turn in ("", "-again"):
            person = _account(f"{name}{turn}", at)
            grant_residency(person=person, district=district, by=by, at=at, shown=shown)
    grant_residency(person=_account("Ended", at), district=district, by=people["rasmus"], at=at)
    return {}


def _of_staff(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """A role that can be ended, an organisation that asks, and proposals to erase a text by each moderator."""
    from apps.accounts.actions import grant_role, request_organisation  # noqa: PLC0415
    from apps.accounts.enums import Role  # noqa: PLC0415
    from apps.accounts.models import RoleAssignment  # noqa: PLC0415
    from apps.discussions.actions import propose_erasure  # noqa: PLC0415
    from apps.discussions.enums import ErasureGround  # noqa: PLC0415
    from apps.discussions.queries import contributions_by, waiting_contributions  # noqa: PLC0415
    from apps.publications.actions import begin_answer  # noqa: PLC0415

    member = _account("Role", at)
    grant_role(person=member, role=Role.MODERATOR, by=people["hanne"], at=at)
    asks = request_organisation(
        name="Nordskær Vandværk", cvr="10150817", speaker="Olga Overgaard, forkvinde", by=_account("Asks", at), at=at
    )
    texts = [row for row in contributions_by(people["amira"]) if row.status == "published"][:2]
    made = {
        f"erasure_by_{name}": propose_erasure(
            contribution=text, ground=ErasureGround.THIRD_PARTY, sentence="A name.", by=people[name], at=at
        ).pk
        for name, text in zip(("anders", "sofie"), texts, strict=True)
    }
    shown = next(row.pk for row in contributions_by(people["jonas"]) if row.status == "published")
    answer = begin_answer(to=texts[0], body="Not yet.", submission_key=uuid4(), by=people["mette"], at=at)
    waiting = waiting_contributions().order_by("pk")
    waits, own = waiting[0].pk, waiting.get(author=people["peter"]).number
    role = RoleAssignment.objects.get(person=member).pk
    return {
        **made,
        "role": role,
        "organisation": asks.pk,
        "shown_text": shown,
        "waiting_text": waits,
        "own_waiting": own,
        "answer": answer.pk,
    }


def _of_moderation(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """A passage redacted and that appealed against, a report, and a pause that its author appeals against too."""
    from apps.moderation import actions  # noqa: PLC0415
    from apps.moderation.enums import Outcome  # noqa: PLC0415
    from apps.municipality.queries import selectable_reasons  # noqa: PLC0415

    sofie, author, reason = people["sofie"], _account("Paused", at), selectable_reasons()[0]
    why = {"reason": reason, "sentence": "That is somebody else's matter."}
    redacted, reported = (
        _shown(f"The heath is quiet. My neighbour is ill. {turn}", author, sofie, at) for turn in "ab"
    )
    ruling = actions.Ruling(outcome=Outcome.REDACT, version=1, passage="My neighbour is ill.", **why)
    decision = actions.decide_contribution(contribution=redacted, ruling=ruling, by=sofie, at=at)
    appeal = actions.submit_appeal(decision=decision, text="She asked me to write it.", by=author, at=at)
    notice = actions.Notice(reason=reason, submission_key=uuid4(), explanation="Not true.", email="a@state.example")
    report = actions.submit_report(contribution=reported, notice=notice, by=None, at=at)
    pausing = actions.PauseRuling(days=1, is_everywhere=False, **why)
    pause = actions.pause_person(contribution=reported, ruling=pausing, by=sofie, at=at)
    said = actions.submit_pause_appeal(pause=pause, text="It was once only.", by=author, at=at)
    return {
        "redacted": redacted.number,
        "appeal": appeal.pk,
        "report_case": report.case_id,
        "pause": pause.pk,
        "pause_appeal": said.pk,
        "paused_text": reported.pk,
    }


def _on_paper(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """Two texts that were typed in, both hidden: an appeal by letter about one is decided, about the other it waits.

    And a letter that was typed in and waits.
    """
    from apps.consultations.models import Topic  # noqa: PLC0415
    from apps.discussions.actions import VoiceText, enter_voice  # noqa: PLC0415
    from apps.discussions.enums import Channel  # noqa: PLC0415
    from apps.discussions.models import OutsideVoice  # noqa: PLC0415
    from apps.moderation import actions  # noqa: PLC0415
    from apps.moderation.enums import AppealOutcome, Outcome  # noqa: PLC0415
    from apps.municipality.queries import selectable_reasons  # noqa: PLC0415

    made = []
    for voice in OutsideVoice.objects.select_related("contribution").order_by("contribution__number")[:2]:
        text = voice.contribution
        hide = actions.Ruling(
            outcome=Outcome.HIDE, version=text.version, reason=selectable_reasons()[0], sentence="It names a neighbour."
        )
        decision = actions.decide_contribution(contribution=text, ruling=hide, by=people["sofie"], at=at)
        said = actions.PaperAppeal(decision=decision, text="The neighbour asked for it.", came_on=at.date())
        made.append(actions.enter_appeal(appeal=said, by=people["mette"], at=at))
    ruling = actions.AppealRuling(outcome=AppealOutcome.UPHELD, sentence="The neighbour can write it themselves.")
    actions.decide_appeal(appeal=made[0], ruling=ruling, by=people["anders"], at=at)
    letter = VoiceText(
        topic=Topic.objects.get(slug="veje-og-byggeperiode"),
        channel=Channel.LETTER,
        came_on=at.date(),
        name="Ruth Lund",
        body="The gravel lorries wake my horses.",
    )
    entered = enter_voice(voice=letter, key=uuid4(), by=people["mette"], at=at)
    return {
        "entered_letter": entered.number,
        "answered_letter": made[0].contribution.number,
        "appealed_letter": made[1].contribution.number,
        "letter_appeal": made[1].pk,
    }


def _of_topics(people: dict[str, Any], at: Any) -> dict[str, Any]:
    """A topic in which somebody wrote and that is merged into another, one without texts, and a hearing party."""
    from apps.consultations.actions import PartyText, TopicText, add_parties, add_topic  # noqa: PLC0415
    from apps.consultations.enums import PartyKind  # noqa: PLC0415
    from apps.consultations.models import Topic  # noqa: PLC0415
    from apps.discussions.actions import merge_topics  # noqa: PLC0415

    by, into = people["mette"], Topic.objects.get(slug="groen-pulje")
    # One word of fifty letters, as Danish has them: it may not push the page aside.
    titles = ("Stoejafskaermningsforanstaltningsudvalgsbeslutningen", "Adgangsveje")
    merged, empty = (
        add_topic(consultation=into.consultation, text=TopicText(title=title, question="Hvad siger du?"), by=by, at=at)
        for title in titles
    )
    _shown("The banks along the airstrip are too low.", people["peter"], people["sofie"], at, merged.slug)
    merge_topics(topic=merged, into=into, by=by, at=at)
    party = PartyText(kind=PartyKind.ORGANISATION, name="Klintmose Vandværk", email="vand@state.example")
    listed = add_parties(consultation=into.consultation, parties=[party], by=by, at=at)
    return {"merged_topic": merged.slug, "empty_topic": empty.slug, "party": listed[0].pk}


def _before_the_box(people: dict[str, Any]) -> dict[str, Any]:
    """The page that opens the suggestion box, as it is before there is one; the demo's own box stays."""
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from apps.consultations.enums import ConsultationKind  # noqa: PLC0415
    from apps.consultations.models import Consultation  # noqa: PLC0415
    from apps.consultations.views.box import box_open  # noqa: PLC0415

    request = RequestFactory(HTTP_HOST="localhost").get("/desk/suggestions/new/")
    request.user, request.session = people["mette"], SessionStore()
    with transaction.atomic():
        Consultation.objects.filter(kind=ConsultationKind.SUGGESTIONS).update(kind=ConsultationKind.HEARING)
        page = box_open(request).content.decode()
        transaction.set_rollback(True)
    return {"box_form": page}


def _shown(body: str, author: Any, moderator: Any, at: Any, topic_slug: str = "natur-og-fugle") -> Any:
    """A text that was sent and published."""
    from apps.consultations.models import Topic  # noqa: PLC0415
    from apps.discussions.actions import submit_contribution  # noqa: PLC0415
    from apps.discussions.enums import ContributionKind  # noqa: PLC0415
    from apps.moderation.actions import Ruling, decide_contribution  # noqa: PLC0415
    from apps.moderation.enums import Outcome  # noqa: PLC0415

    topic = Topic.objects.get(slug=topic_slug)
    text = submit_contribution(
        topic=topic, kind=ContributionKind.VIEW, body=body, submission_key=uuid4(), by=author, at=at
    )
    publish = Ruling(outcome=Outcome.PUBLISH, version=1)
    decide_contribution(contribution=text, ruling=publish, by=moderator, at=at)
    text.refresh_from_db()
    return text


def _own(at: Any) -> dict[str, Any]:
    """Accounts of people of whom there is nothing yet."""
    return {name.lower(): _account(name, at).email for name in ("Newcomer", "First", "Second", "Leaver")}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))  # noqa: T201 - what it is for
