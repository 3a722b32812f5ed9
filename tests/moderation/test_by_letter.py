"""An appeal that comes by letter: typed in by staff, decided by somebody else, answered by letter and mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from apps.common.errors import NotAllowed
from apps.common.identity_numbers import MASK
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Topic
from apps.discussions.models import Contribution, SenderAddress
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.moderation.actions import (
    PaperAppeal,
    Ruling,
    clear_old_reports,
    decide_appeal,
    decide_contribution,
    enter_appeal,
    post_outcome,
)
from apps.moderation.enums import Outcome
from apps.moderation.errors import AppealedAlready, TooLateToAppeal, UnfitWords
from apps.moderation.models import Appeal, AppealLetter, Decision
from apps.moderation.queries import REPORTS_KEPT, outcomes_to_post
from apps.moderation.rules import APPEAL_TAKEN
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.portal.queries.evidence import evidence_about, files_in_evidence
from tests import factories, personas
from tests.discussions.outside import MAIL, STREET, a_scan, entered, in_team
from tests.moderation.cases import APPEALED, REASONS, reverse, uphold
from tests.moderation.desk import SENTENCE, a_colleague, a_reason, refuse, shown, someone

pytestmark = pytest.mark.django_db

POST = "/en/moderation/post/"
DAY = timedelta(days=1)
SCAN = b"%PDF-1.7\na letter"


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def decision(topic: Topic, at: datetime) -> Iterator[Decision]:
    """The refusal of a letter; the clock stands at two days later."""
    voice = entered(topic, at=at)
    made = decide_contribution(contribution=voice.contribution, ruling=refuse(), by=factories.a_moderator(at), at=at)
    with time_machine.travel(at + 2 * DAY, tick=False):
        yield Decision.objects.select_related("case__contribution__consultation").get(pk=made.pk)


def on_paper(decision: Decision, at: datetime, **said: Any) -> PaperAppeal:
    usual = {"text": APPEALED, "came_on": (at + DAY).date()}
    return PaperAppeal(decision=decision, **usual | said)


def typed_in(decision: Decision, at: datetime, **said: Any) -> Appeal:
    made = enter_appeal(appeal=on_paper(decision, at, **said), by=factories.an_official(at), at=at + 2 * DAY)
    return Appeal.objects.select_related("contribution", "decision", "letter").get(pk=made.pk)


def page_of(decision: Decision) -> str:
    text = decision.case.contribution
    return f"/en/desk/consultations/{text.consultation.slug}/voices/{text.number}/appeal/"


def browser(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def sent(decision: Decision, at: datetime, **said: Any) -> dict[str, Any]:
    return {"decision": decision.pk, "came_on": (at + DAY).date().isoformat(), "text": APPEALED, **said}


# ------------------------------------------------------------------ typing it in


def test_it_waits_in_the_queue_and_is_told_without_a_name(decision: Decision, at: datetime) -> None:
    appeal = typed_in(decision, at)

    assert appeal.is_open
    assert (appeal.letter.came_on, appeal.letter.typed_by) == ((at + DAY).date(), factories.an_official(at))
    assert appeal.due_at > at + 2 * DAY
    entry = Entry.objects.get(kind="appeal.entered")
    assert (entry.number, entry.actor_role) == (decision.case.contribution.number, "official")
    assert facts_of(entry) == {"came_on": (at + DAY).date().isoformat()}
    assert check_ledger().problem == ""
    page = browser(a_colleague(at)).get("/en/moderation/").content.decode()
    assert f"/en/moderation/appeals/{appeal.pk}/" in page


def test_sent_twice_it_is_one_and_another_one_is_not_taken(decision: Decision, at: datetime) -> None:
    first, again = typed_in(decision, at), typed_in(decision, at)

    assert first == again
    assert Entry.objects.filter(kind="appeal.entered").count() == 1
    with pytest.raises(AppealedAlready):
        typed_in(decision, at, text="Another letter about the same.")
    assert Appeal.objects.count() == AppealLetter.objects.count() == 1


def test_an_identity_number_in_it_is_masked(decision: Decision, at: datetime) -> None:
    appeal = typed_in(decision, at, text="My number is 010190-1234, and I object.")

    assert appeal.text == f"My number is {MASK}, and I object."


def test_the_half_year_goes_by_the_day_on_which_it_came(decision: Decision, at: datetime) -> None:
    over, by = at + APPEAL_TAKEN, factories.an_official(at)
    much_later = over + 20 * DAY

    with pytest.raises(TooLateToAppeal, match="seks måneder"):
        enter_appeal(appeal=on_paper(decision, at, came_on=(over + DAY).date()), by=by, at=much_later)
    assert enter_appeal(appeal=on_paper(decision, at, came_on=over.date()), by=by, at=much_later).is_open


@pytest.mark.parametrize("days", [-1, 3])
def test_a_day_that_cannot_be_is_refused(days: int, decision: Decision, at: datetime) -> None:
    with pytest.raises(TooLateToAppeal):
        typed_in(decision, at, came_on=(at + days * DAY).date())
    with pytest.raises(UnfitWords):
        typed_in(decision, at, text="  ")
    assert not Appeal.objects.exists()


def test_who_decided_does_not_type_it_in(decision: Decision, at: datetime) -> None:
    decider = factories.an_official(at)
    decision.decided_by = decider
    decision.save()

    with pytest.raises(NotAllowed):
        enter_appeal(appeal=on_paper(decision, at), by=decider, at=at + 2 * DAY)
    page = browser(decider).get(page_of(decision))
    assert "You made the decision that this appeal is about" in shown(page)
    colleague = in_team(decision.case.contribution.topic, personas.colleague(at=at), at=at)
    assert enter_appeal(appeal=on_paper(decision, at), by=colleague, at=at + 2 * DAY).is_open


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name != "official"])
def test_nobody_else_types_one_in(persona: str, decision: Decision, at: datetime) -> None:
    viewer = someone(persona, at)
    client = browser(viewer)

    statuses = {client.get(page_of(decision)).status_code, client.post(page_of(decision)).status_code}

    assert statuses == ({302} if persona == "anonymous" else {403})
    with pytest.raises(NotAllowed):
        enter_appeal(appeal=on_paper(decision, at), by=viewer, at=at + 2 * DAY)  # type: ignore[arg-type]


def test_the_page_types_it_in_with_a_scan_and_says_what_is_wrong(decision: Decision, at: datetime) -> None:
    client = browser(factories.an_official(at))
    voice_page = page_of(decision).removesuffix("appeal/")
    assert page_of(decision) in client.get(voice_page).content.decode()

    wrong = client.post(page_of(decision), sent(decision, at, came_on=(at - DAY).date().isoformat()))
    assert wrong.status_code == 422
    assert APPEALED in wrong.content.decode()
    scan = SimpleUploadedFile("letter.pdf", SCAN)
    answer = client.post(page_of(decision), sent(decision, at, scan=scan), follow=True)

    assert "will be decided by a different person" in shown(answer)
    appeal = Appeal.objects.get()
    assert appeal.letter.kind == "pdf"
    again = client.post(page_of(decision), sent(decision, at), follow=True)
    assert "will be decided by a different person" in shown(again)
    other = client.post(page_of(decision), sent(decision, at, text="Another letter."))
    assert (other.status_code, "Another letter." in other.content.decode()) == (422, True)
    assert Appeal.objects.count() == 1


def test_where_nothing_stands_the_page_says_so_and_keeps_what_was_typed(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)
    client, address = browser(factories.an_official(at)), f"/en/desk/consultations/{topic.consultation.slug}/voices/1/"
    with time_machine.travel(at, tick=False):
        page = client.post(f"{address}appeal/", {"text": APPEALED, "came_on": at.date().isoformat()})

    assert "there is nothing to appeal against" in shown(page)
    assert APPEALED in page.content.decode()
    assert voice.contribution.is_waiting
    assert client.get(f"{address.replace('/1/', '/987/')}appeal/").status_code == 404


def test_what_was_typed_in_before_stands_above_with_what_came_of_it(decision: Decision, at: datetime) -> None:
    client, appeal = browser(factories.an_official(at)), typed_in(decision, at)
    waits = client.get(page_of(decision))
    assert "Typed in before Waits to be decided Came on" in shown(waits)
    assert APPEALED not in waits.content.decode()  # for whoever decides
    assert "Not published," in shown(waits)  # what was decided, not what could be

    decide_appeal(appeal=appeal, ruling=reverse(), by=a_colleague(at), at=at + 2 * DAY)
    AppealLetter.objects.update(outcome_posted_at=at + 2 * DAY)

    words = shown(client.get(page_of(decision)))
    for told in ("The decision was reversed", reverse().sentence, "The answer is in the post.", "nothing to appeal"):
        assert told in words


# ------------------------------------------------------------------ deciding and answering it


def test_a_reversal_restores_the_text_in_its_place(decision: Decision, at: datetime) -> None:
    appeal = typed_in(decision, at)

    with pytest.raises(NotAllowed):
        decide_appeal(appeal=appeal, ruling=reverse(), by=decision.decided_by, at=at + 2 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(
            decided_by=decision.decided_by, decided_at=at, outcome="reversed", sentence="By the same person."
        )
    decide_appeal(appeal=appeal, ruling=reverse(), by=a_colleague(at), at=at + 2 * DAY)

    text = Contribution.stored.get(pk=appeal.contribution_id)
    assert (text.is_published, text.number) == (True, decision.case.contribution.number)
    assert check_ledger().problem == ""


def test_who_typed_it_in_does_not_decide_it(decision: Decision, at: datetime) -> None:
    appeal, colleague = typed_in(decision, at), a_colleague(at)
    AppealLetter.objects.update(typed_by=colleague)
    appeal = Appeal.objects.get(pk=appeal.pk)

    with pytest.raises(NotAllowed, match="selv tastet klagen ind"):
        decide_appeal(appeal=appeal, ruling=uphold(), by=colleague, at=at + 2 * DAY)
    assert Appeal.objects.get().is_open


@pytest.mark.parametrize(("ruling", "told"), [(uphold, "afgørelsen står ved magt"), (reverse, "ændret")])
def test_the_outcome_waits_to_be_posted_and_goes_by_mail(
    ruling: Any, told: str, decision: Decision, at: datetime
) -> None:
    appeal = typed_in(decision, at)
    write_mail()
    of_appeals = OutgoingMail.objects.filter(to=MAIL, key__startswith="appeal.")
    assert not of_appeals.exists()
    assert outcomes_to_post() == []
    decide_appeal(appeal=appeal, ruling=ruling(), by=a_colleague(at), at=at + 2 * DAY)

    write_mail()

    (mail,) = of_appeals.all()
    assert REASONS in mail.body
    assert "/receipt" not in mail.body
    assert "kvittering" not in mail.body
    assert outcomes_to_post() == [appeal]
    client = browser(factories.an_official(at))
    page = shown(client.get(POST))
    assert "Answers to appeals that came by letter" in page
    assert STREET not in page
    answer = client.post(f"{POST}appeals/{appeal.pk}/", follow=True)
    assert "The letter about the appeal on no. 1 is in the post." in shown(answer)
    assert outcomes_to_post() == []
    assert not post_outcome(appeal=appeal, by=factories.an_official(at), at=at + 2 * DAY)
    assert Entry.objects.filter(kind="statement.posted").count() == 1
    assert check_ledger().problem == ""


def test_without_an_address_nothing_is_mailed_and_nobody_is_on_the_list(decision: Decision, at: datetime) -> None:
    appeal = typed_in(decision, at)
    SenderAddress.objects.all().delete()
    decide_appeal(appeal=appeal, ruling=uphold(), by=a_colleague(at), at=at + 2 * DAY)

    write_mail()

    assert not OutgoingMail.objects.filter(to=MAIL).exists()
    assert outcomes_to_post() == []
    assert browser(factories.an_official(at)).post(f"{POST}appeals/{appeal.pk}/letter.pdf").status_code == 302


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_the_answer_is_printed_and_the_ledger_tells_that_an_address_was_taken_out(
    decision: Decision, at: datetime
) -> None:
    appeal = typed_in(decision, at)
    colleague = a_colleague(at)
    client = browser(colleague)
    assert client.post(f"{POST}appeals/{appeal.pk}/letter.pdf").status_code == 404
    decide_appeal(appeal=appeal, ruling=uphold(), by=colleague, at=at + 2 * DAY)

    answer = client.post(f"{POST}appeals/{appeal.pk}/letter.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.filter(kind="senders.taken_out").count() == 1


# ------------------------------------------------------------------ scan, evidence, forgetting


def test_the_scan_is_for_who_decides_and_goes_with_the_words(decision: Decision, at: datetime) -> None:
    appeal, colleague = typed_in(decision, at, scan=a_scan()), a_colleague(at)
    address = f"/en/moderation/appeals/{appeal.pk}/scan/"
    handed = browser(colleague).get(address)
    assert (b"".join(handed.streaming_content), "attachment" in handed["Content-Disposition"]) == (SCAN, True)  # type: ignore[attr-defined]
    assert browser(factories.an_official(at)).get(address).status_code == 403
    assert address in browser(colleague).get(f"/en/moderation/appeals/{appeal.pk}/").content.decode()
    decide_appeal(appeal=appeal, ruling=uphold(), by=colleague, at=at + 2 * DAY)
    storage, name = appeal.letter.scan.storage, appeal.letter.scan.name

    clear_old_reports(at=at + 2 * DAY + REPORTS_KEPT)

    appeal.refresh_from_db()
    assert (appeal.text, bool(appeal.letter.scan), appeal.letter.sha256) == ("", False, "")
    assert name
    assert storage.exists(name)  # until the transaction is over
    assert browser(colleague).get(address).status_code == 404


def test_the_evidence_holds_it_with_its_scan(decision: Decision, at: datetime) -> None:
    appeal = typed_in(decision, at, scan=a_scan())
    text = Contribution.stored.get(pk=appeal.contribution_id)

    data = evidence_about(text, at=at)

    (told,) = data["appeals"]
    assert (told["text"], told["came"]["came_on"]) == (APPEALED, (at + DAY).date())
    assert told["came"]["scan"]["file"] in [name for name, _file in files_in_evidence(text)]
    assert "appeal.entered" in [entry["kind"] for entry in data["entries"]]


def test_a_redaction_is_put_back_too(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at, body="Ole Hansen drives, and Per sings.")
    ruling = Ruling(outcome=Outcome.REDACT, version=1, reason=a_reason(), sentence=SENTENCE, passage="Ole Hansen")
    made = decide_contribution(contribution=voice.contribution, ruling=ruling, by=factories.a_moderator(at), at=at)
    decision = Decision.objects.select_related("case__contribution__consultation").get(pk=made.pk)

    decide_appeal(appeal=typed_in(decision, at), ruling=reverse(), by=a_colleague(at), at=at + 2 * DAY)

    assert Contribution.stored.get(pk=voice.contribution_id).body == "Ole Hansen drives, and Per sings."
