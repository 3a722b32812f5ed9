"""Redacting: a bar that nobody overlooks or fakes, where the passage stood and nowhere else; the rest is sealed."""

from datetime import datetime
from uuid import UUID

import pytest

from apps.accounts.rules import as_moderator
from apps.common.richtext import plain
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    publish_contribution,
    redact_contribution,
    refuse_contribution,
    revise_contribution,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.engine.redaction import bar_of, bars_in
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import AlreadyDecided, EditedSinceRead, UnfitPassage, UnfitText
from apps.discussions.models import Contribution, PastText
from apps.discussions.queries import personal_data_of, sealed_texts
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories
from tests.discussions.conftest import Browser
from tests.discussions.recount import assert_counts_are_true
from tests.discussions.sending import shown

pytestmark = pytest.mark.django_db

BAR = "█████ [streget ud af en moderator: Private oplysninger om andre, retningslinje 2] █████"
RECEIPT = "/en/consultations/{slug}/c/{number}/receipt/"


def a_text(topic: Topic, body: str, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body=body)


def redact(row: Contribution, passage: str, at: datetime, *, version: int = 1) -> str:
    reason, by = RefusalReason.objects.get(code="private_information"), as_moderator(factories.a_moderator(at))
    redact_contribution(contribution=row, version=version, passage=passage, reason=reason, by=by, at=at)
    return row.body


@pytest.mark.parametrize(
    ("body", "passage", "left"),
    [
        ("Ole Hansen drives too fast.", "Ole Hansen", f"{BAR} drives too fast."),
        ("Ask Ole Hansen, or Ole\nHansen.", "Ole  Hansen", f"Ask {BAR}, or {BAR}."),
        ("He, *Ole Hansen*, drives.", "Ole Hansen", f"He, *{BAR}*, drives."),
        ("He, *Ole Hansen*, drives.", "*Ole Hansen*", f"He, {BAR}, drives."),
        ("One.\n\nOle drives.\n\nTwo.", "Ole drives.\n\nTwo.", f"One.\n\n{BAR}"),
        ("- Ole\n- Per", "Ole", f"- {BAR}\n- Per"),
        ("See https://x.dk/ole now", "https://x.dk/ole", f"See {BAR} now"),
        ("See [him](https://x.dk/ole) now", "[him](https://x.dk/ole)", f"See {BAR} now"),
        ("Ole(https://x.dk) sings", "Ole", f"{BAR}(https://x.dk) sings"),
        ("a Ole<b>", "Ole", f"a {BAR}<b>"),
        ("1 Æble * 2 Ole", "2 Ole", f"1 Æble * {BAR}"),
    ],
)
def test_the_bar_stands_wherever_the_passage_stood(
    body: str, passage: str, left: str, topic: Topic, at: datetime
) -> None:
    row = a_text(topic, body, at)

    assert redact(row, passage, at) == left
    assert plain(left, 10_000).count(BAR) == left.count(BAR)
    assert row.body_html.count(BAR) == left.count(BAR)


@pytest.mark.parametrize(
    ("body", "passage", "sentence"),
    [
        ("Ole drives.", "Per", "does not stand in the text"),
        ("Ole drives.", " ", "does not stand in the text"),
        ("Ole drives.", "ole", "does not stand in the text"),
        ("- Ole\n- Per\n- Bo", "Ole Per", "does not stand in the text"),
        ("Ole drives.", "Ole drives.", "all that the text says"),
        ("*Ole drives!*", "Ole drives", "all that the text says"),
        ("He, **Ole Hansen**, drives.", "**Ole", "formatted"),
        ("He, **Ole Hansen**, drives.", "He, **Ole Hansen", "formatted"),
        ("See [Ole](https://x.dk/a) now", "https://x.dk/a", "formatted"),
        ("See [Ole](https://x.dk/Ole) now", "Ole", "formatted"),
        ("See [Ole Hansen](https://x.dk/a) now", "Hansen](https://x.dk/a) now", "formatted"),
        ("Ole is O*le* and he drives.", "Ole", "formatted"),
        ("a" * 9_990 + " Ole", "Ole", "longer than 10,000"),
    ],
)
def test_what_cannot_be_redacted_is_refused_and_nothing_changes(
    body: str, passage: str, sentence: str, topic: Topic, at: datetime
) -> None:
    row = a_text(topic, body, at)

    with pytest.raises(UnfitPassage, match=sentence):
        redact(row, passage, at)

    row.refresh_from_db()
    assert (row.body, row.version) == (body, 1)
    assert not PastText.objects.exists()
    assert not Entry.objects.filter(kind="contribution.redacted").exists()


def test_a_bar_is_not_redacted_again(topic: Topic, at: datetime) -> None:
    row = a_text(topic, "Ole drives, and Per walks.", at)
    redact(row, "Ole", at)

    for passage in (BAR, "moderator", f"{BAR} drives"):
        with pytest.raises(UnfitPassage):
            redact(row, passage, at, version=2)
    assert redact(row, "Per", at, version=2) == f"{BAR} drives, and {BAR} walks."
    assert [past.body for past in sealed_texts(row)] == [f"{BAR} drives, and Per walks.", "Ole drives, and Per walks."]


def test_what_waits_keeps_waiting_and_what_is_published_stays(topic: Topic, at: datetime) -> None:
    published, waiting = a_text(topic, "Ole drives.", at), factories.a_contribution(topic, at=at, body="Ole walks.")

    for row, status in ((published, "published"), (waiting, "waiting")):
        redact(row, "Ole", at)
        assert (row.status, row.version) == (status, 2)
        (entry,) = Entry.objects.filter(kind="contribution.redacted", number=row.number)
        assert facts_of(entry) == {
            "version": 2,
            "fingerprint": facts_of(entry)["fingerprint"],
            "reason": "private_information",
        }
        assert "Ole" not in entry.payload
    publish_contribution(contribution=waiting, version=2, by=as_moderator(factories.a_moderator(at)), at=at)
    assert_counts_are_true(topic.consultation)
    assert check_ledger().problem == ""


def test_a_text_that_is_shown_to_nobody_or_is_the_municipalitys_is_not_redacted(topic: Topic, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="spam"), as_moderator(factories.a_moderator(at))
    withdrawn, hidden = a_text(topic, "Ole drives.", at), a_text(topic, "Ole drives.", at)
    refused = factories.a_contribution(topic, at=at, body="Ole drives.")
    answer = factories.an_answer(a_text(topic, "Who?", at), at=at, body="Ole drives.")
    withdraw_contribution(contribution=withdrawn, by=factories.a_writer(at), at=at)
    hide_contribution(contribution=hidden, reason=reason, sentence="No.", by=by, at=at)
    refuse_contribution(contribution=refused, version=1, reason=reason, sentence="No.", by=by, at=at)

    for row in (withdrawn, hidden, refused, answer):
        with pytest.raises(AlreadyDecided):
            redact(row, "Ole", at)
        assert row.body == "Ole drives."


def test_another_version_than_was_read_is_not_redacted(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body="Ole drives.")
    revise_contribution(
        contribution=row, kind=ContributionKind.VIEW, body="Ole walks.", by=factories.a_writer(at), at=at
    )

    with pytest.raises(EditedSinceRead):
        redact(row, "Ole", at, version=1)

    assert row.body == "Ole walks."


# ------------------------------------------------------------------ nobody fakes a bar


@pytest.mark.parametrize("sign", ["█", "▓▓▓", "▇", "⬛", "■■■", BAR])
def test_nobody_writes_what_looks_like_a_bar(sign: str, topic: Topic, at: datetime) -> None:
    with pytest.raises(UnfitText, match="look like"):
        submit_contribution(
            topic=topic,
            kind=ContributionKind.VIEW,
            body=f"A {sign} text",
            submission_key=UUID(int=7),
            by=factories.a_writer(at),
            at=at,
        )
    assert factories.a_contribution(topic, at=at, body="■ One square").is_waiting


def test_an_author_keeps_the_bars_that_a_moderator_put_and_makes_none(topic: Topic, at: datetime) -> None:
    row, author = factories.a_contribution(topic, at=at, body="Ole drives too fast."), factories.a_writer(at)
    redact(row, "Ole", at)
    change = {"contribution": row, "kind": ContributionKind.VIEW, "by": author, "at": at}

    with pytest.raises(UnfitText):
        revise_contribution(**change, body=f"{BAR} and {bar_of('something else')} drive.")
    assert revise_contribution(**change, body=f"{BAR} drives fast.")
    assert bars_in(row.body) == {BAR}
    assert revise_contribution(**change, body="Somebody drives fast.")


def test_a_reason_in_any_words_makes_a_plain_bar() -> None:
    assert bar_of("a [b](c) *d* `e` <f> \n g") == "█████ [a b c d e f g] █████"


# ------------------------------------------------------------------ who reads the original


def test_the_author_reads_the_original_on_the_receipt_and_nobody_in_the_thread(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    row = a_text(topic, "Ole Hansen drives.", at)
    redact(row, "Ole Hansen", at)
    browser = as_seen_by(row.author)

    receipt = shown(browser.get(RECEIPT.format(slug=topic.consultation.slug, number=row.number)))
    thread = browser.get(f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/").content.decode()

    assert "What you wrote, before a moderator redacted a passage Ole Hansen drives." in receipt
    assert BAR in thread
    assert "Ole Hansen" not in thread
    (copy,) = personal_data_of(factories.a_writer(at), at=at)
    assert [(past["text"], past["redacted_by_moderator"]) for past in copy["former_texts"]] == [
        ("Ole Hansen drives.", True)
    ]


def test_what_was_erased_has_no_original(topic: Topic, at: datetime) -> None:
    row = a_text(topic, "Ole Hansen drives.", at)
    redact(row, "Ole Hansen", at)
    factories.erase(row, at=at)

    assert sealed_texts(row) == []
    assert set(PastText.objects.values_list("body", flat=True)) == {""}
