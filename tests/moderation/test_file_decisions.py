"""A file held back is a decision as others are: stated, appealed, counted, and put right in its place."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may
from apps.consultations.models import Topic
from apps.discussions.actions import revise_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import Attachment, Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.moderation.actions import (
    Ruling,
    claim_contribution,
    decide_appeal,
    decide_contribution,
    hold_back_file,
    release_contribution,
    show_file,
    undo_decision,
)
from apps.moderation.enums import OF_FILE, Outcome
from apps.moderation.errors import ClaimedByAnother, Overtaken, ReasonMissing, UnfitSentence
from apps.moderation.models import Appeal, Decision, StatementOfReasons
from apps.moderation.queries import records_of, statements_given, undoable_by
from apps.moderation.rendering import item_of
from apps.moderation.rules import stands
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.common import files
from tests.moderation.cases import APPEALED, REASONS, a_report, an_appeal, reverse, uphold
from tests.moderation.desk import a_reason, send_back, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
SAID = "It shows a neighbour."


@pytest.fixture
def text(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, files=[factories.a_file(name="plan")])


@pytest.fixture
def file(text: Contribution) -> Attachment:
    return text.attachments.get()


def held(file: Attachment, *, at: datetime, by: User | None = None) -> Decision:
    moderator = by or factories.a_moderator(at)
    assert hold_back_file(attachment=file, reason=a_reason(), sentence=SAID, by=moderator, at=at)
    return Decision.objects.latest("pk")


def test_it_is_a_decision_with_a_statement_that_the_database_takes(file: Attachment, at: datetime) -> None:
    decision = held(file, at=at)

    assert (decision.outcome, decision.file, decision.sentence) == ("hold_file", file, SAID)
    assert not decision.is_first_reading
    (record,) = records_of(statements_given())
    assert record["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert (record["content_type"], record["content_type_other"]) == (["CONTENT_TYPE_OTHER"], "PDF")
    assert record["source_type"] == "SOURCE_VOLUNTARY"
    assert record["incompatible_content_explanation"] == SAID
    assert not hold_back_file(
        attachment=file, reason=a_reason(), sentence=SAID, by=factories.a_moderator(at), at=at
    )  # a double click
    assert StatementOfReasons.objects.count() == 1


def test_a_picture_that_was_reported_is_told_as_such(topic: Topic, at: datetime) -> None:
    picture = factories.a_file(name="child", content=files.picture(), ending="png")
    text = factories.a_published(topic, at=at, files=[picture])
    a_report(text, at=at)

    held(text.attachments.get(), at=at)

    (record,) = records_of(statements_given())
    assert (record["content_type"], record["source_type"]) == (["CONTENT_TYPE_IMAGE"], "SOURCE_ARTICLE_16")
    assert "content_type_other" not in record


@pytest.mark.parametrize(
    ("sentence", "refusal"),
    [(" ", ReasonMissing), ("Ring 22 33 44 55.", UnfitSentence), ("010190-1234", UnfitSentence)],
)
def test_without_a_fit_sentence_nothing_is_held(
    sentence: str, refusal: type[Exception], file: Attachment, at: datetime
) -> None:
    with pytest.raises(refusal):
        hold_back_file(attachment=file, reason=a_reason(), sentence=sentence, by=factories.a_moderator(at), at=at)

    file.refresh_from_db()
    assert file.is_shown
    assert not Decision.objects.exists()


def test_what_a_colleague_has_taken_is_left_to_them(file: Attachment, at: datetime) -> None:
    claim_contribution(contribution=file.contribution, by=factories.another_moderator(at), at=at)

    with pytest.raises(ClaimedByAnother):
        held(file, at=at)
    assert not StatementOfReasons.objects.exists()


def test_it_is_told_with_reasons_and_how_to_appeal(file: Attachment, at: datetime) -> None:
    User.objects.update(language="en")
    write_mail()
    OutgoingMail.objects.all().delete()
    decision = held(file, at=at)
    sequence_entries()

    write_mail()

    told = OutgoingMail.objects.get()
    for words in (
        SAID,
        "Personal attack",
        "A person decided this, not a program",
        f"/appeal/?statement={decision.statement.puid}",
        decision.statement.puid,
    ):
        assert words in told.body


def test_from_the_receipt_to_the_reversal_in_its_place(
    text: Contribution, file: Attachment, client: Client, at: datetime
) -> None:
    decision = held(file, at=at)
    assert text.author is not None
    place = f"/en/consultations/{text.consultation.slug}/c/{text.number}/"
    client.force_login(text.author)
    assert f"{place}appeal/" in client.get(f"{place}receipt/").content.decode()
    assert SAID in client.get(f"{place}appeal/?statement={decision.statement.puid}").content.decode()
    assert client.post(f"{place}appeal/", {"text": APPEALED}).status_code == 302
    appeal = Appeal.objects.get()
    assert not may("moderation.decide_appeal", factories.a_moderator(at), appeal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(decided_by=factories.a_moderator(at))

    client.force_login(factories.another_moderator(at))
    page = client.get(f"/en/moderation/appeals/{appeal.pk}/")
    assert "the file stays held back" in shown(page)
    assert "plan" in shown(page)
    sent = client.post(f"/en/moderation/appeals/{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS})

    assert sent.status_code == 302
    file.refresh_from_db()
    text.refresh_from_db()
    assert file.is_shown
    assert (text.status, text.version) == ("published", 1)
    last = Decision.objects.latest("pk")
    assert (last.outcome, last.file, last.is_of_appeal) == ("show_file", file, True)
    assert (
        "/files/1/"
        in Client().get(f"/en/consultations/{text.consultation.slug}/topics/{text.topic.slug}/").content.decode()
    )
    sequence_entries()
    assert check_ledger().problem == ""


def test_an_appeal_that_is_upheld_changes_nothing(text: Contribution, file: Attachment, at: datetime) -> None:
    held(file, at=at)

    decide_appeal(appeal=an_appeal(text, at=at), ruling=uphold(), by=factories.another_moderator(at), at=at)

    file.refresh_from_db()
    assert file.is_held


def test_what_a_moderator_shows_again_is_appealed_no_more(text: Contribution, file: Attachment, at: datetime) -> None:
    decision = held(file, at=at)
    file.refresh_from_db()
    assert stands(decision)

    assert show_file(attachment=file, by=factories.a_moderator(at), at=at)

    assert not stands(Decision.objects.select_related("file").get(pk=decision.pk))
    with pytest.raises(NotAllowed):
        an_appeal(text, at=at)


def test_an_appeal_about_a_file_that_was_left_out_meanwhile_can_still_be_decided(topic: Topic, at: datetime) -> None:
    text = factories.a_contribution(topic, at=at, files=[factories.a_file()])
    held(text.attachments.get(), at=at)
    appeal = an_appeal(text, at=at)
    release_contribution(contribution=text, by=factories.a_moderator(at), at=at)
    assert text.author is not None
    revise_contribution(
        contribution=text, kind=ContributionKind.VIEW, body=text.body, leave_out=[1], by=text.author, at=at
    )

    decide_appeal(appeal=appeal, ruling=reverse(), by=factories.another_moderator(at), at=at)

    assert text.attachments.get().is_left_out
    assert Appeal.objects.get().outcome == "reversed"


@pytest.mark.parametrize("outcome", OF_FILE)
def test_no_ruling_on_a_text_is_one_on_a_file(outcome: Outcome, text: Contribution, at: datetime) -> None:
    ruling = Ruling(outcome=outcome, version=1, reason=a_reason(), sentence=SAID)

    with pytest.raises(AlreadyDecided):
        decide_contribution(contribution=text, ruling=ruling, by=factories.a_moderator(at), at=at)


def test_it_is_undone_within_a_minute(file: Attachment, text: Contribution, client: Client, at: datetime) -> None:
    decision, moderator = held(file, at=at), factories.a_moderator(at)
    assert undoable_by(moderator, at=at) == [decision]
    client.force_login(moderator)

    undone = client.post(f"/en/moderation/decisions/{decision.pk}/undo/", follow=True)

    assert "The file beside no. 1 can be opened again." in shown(undone)
    file.refresh_from_db()
    assert (file.is_shown, file.held_reason, file.held_sentence) == (True, None, "")
    assert not StatementOfReasons.objects.exists()
    sequence_entries()
    assert check_ledger().problem == ""


def test_nobody_is_told_of_a_file_that_was_held_back_for_a_moment(file: Attachment, at: datetime) -> None:
    write_mail()
    OutgoingMail.objects.all().delete()
    undo_decision(decision=held(file, at=at), by=factories.a_moderator(at), at=at)
    sequence_entries()

    write_mail()

    assert not OutgoingMail.objects.exists()


def test_a_file_that_is_shown_again_is_overtaken(file: Attachment, at: datetime) -> None:
    decision, moderator = held(file, at=at), factories.a_moderator(at)
    show_file(attachment=file, by=moderator, at=at)

    with pytest.raises(Overtaken):
        undo_decision(decision=decision, by=moderator, at=at)


def test_a_request_for_an_edit_is_still_told_when_a_file_was_held_after_it(topic: Topic, at: datetime) -> None:
    text = factories.a_contribution(topic, at=at, files=[factories.a_file()])
    moderator = factories.a_moderator(at)
    asked = decide_contribution(contribution=text, ruling=send_back(), by=moderator, at=at)
    assert text.author is not None
    revise_contribution(contribution=text, kind=ContributionKind.VIEW, body="Better.", by=text.author, at=at)
    held(text.attachments.get(), at=at)

    assert item_of(text, viewer=moderator, at=at, topics=[]).asked == asked
