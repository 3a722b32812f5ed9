"""Pausing somebody's writing: who may, what they are told, the appeal that somebody else decides."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may, why_not
from apps.consultations.models import Topic
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import pause_of
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import (
    clear_old_pauses,
    decide_pause_appeal,
    end_pause,
    erase_text,
    forget_pauses_of,
    name_deputy,
    submit_pause_appeal,
)
from apps.moderation.enums import AppealOutcome
from apps.moderation.errors import AlreadySettled, UnfitSentence, UnfitWords
from apps.moderation.models import PauseAppeal
from apps.moderation.queries import standing_pauses
from apps.moderation.rules import APPEAL_TAKEN
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.moderation.cases import a_report
from tests.moderation.pauses import NOTED, SAID, TO_THEM, a_pause, an_appeal_against

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]

DAY = timedelta(days=1)
WHY = "The words were about the matter."


@pytest.fixture
def text(topic: Topic, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at)


def _reversed(appeal: PauseAppeal, by: User, at: datetime) -> PauseAppeal:
    return decide_pause_appeal(appeal=appeal, outcome=AppealOutcome.REVERSED, sentence=WHY, by=by, at=at)


def _upheld(appeal: PauseAppeal, by: User, at: datetime) -> PauseAppeal:
    return decide_pause_appeal(appeal=appeal, outcome=AppealOutcome.UPHELD, sentence=WHY, by=by, at=at)


# ------------------------------------------------------------------ who may


def test_nobody_pauses_themselves(topic: Topic, at: datetime) -> None:
    moderator = factories.a_moderator(at)
    own = factories.a_contribution(topic, at=at, by=moderator)

    with pytest.raises(NotAllowed, match="You wrote this yourself"):
        a_pause(own, at=at)


def test_nobody_pauses_an_opponent_in_a_topic_where_they_wrote(
    topic: Topic, text: Contribution, colleague: User, at: datetime
) -> None:
    factories.a_contribution(topic, at=at, by=factories.a_moderator(at))

    with pytest.raises(NotAllowed, match="written in this topic yourself"):
        a_pause(text, at=at)
    assert a_pause(text, at=at, by=colleague)


def test_nobody_pauses_whom_they_reported(topic: Topic, colleague: User, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    a_report(text, at=at, by=colleague)

    with pytest.raises(NotAllowed, match="You reported this yourself"):
        a_pause(text, at=at, by=colleague)
    assert a_pause(text, at=at)


@pytest.mark.parametrize("sentence", ["", "  \n", "Her number is 010190-1234."])
def test_an_unfit_sentence_pauses_nobody(sentence: str, text: Contribution, at: datetime) -> None:
    with pytest.raises(UnfitSentence):
        a_pause(text, at=at, sentence=sentence)
    with pytest.raises(UnfitSentence):
        a_pause(text, at=at, internal_facts="Her number is 010190-1234.")
    assert not WritingPause.objects.exists()


def test_the_reasons_stand_as_they_were_given(text: Contribution, at: datetime) -> None:
    pause = a_pause(text, at=at)
    given = pause.legal_ground
    pause.reason.title_da = "Another title"
    pause.reason.save()

    pause.refresh_from_db()
    assert given
    assert pause.legal_ground == given
    assert pause.ends_at == at + 3 * DAY


def test_moderators_without_a_conflict_end_it(topic: Topic, text: Contribution, colleague: User, at: datetime) -> None:
    pause = a_pause(text, at=at)
    factories.a_contribution(topic, at=at, by=colleague)

    with pytest.raises(NotAllowed):
        end_pause(pause=pause, by=colleague, at=at)
    assert end_pause(pause=pause, by=factories.a_moderator(at), at=at)
    assert text.author
    assert pause_of(text.author, text.consultation, at=at) is None
    assert standing_pauses(at=at) == ([], None)


# ------------------------------------------------------------------ appeals


def test_a_reversal_by_somebody_else_lifts_the_pause_at_once(text: Contribution, colleague: User, at: datetime) -> None:
    pause = a_pause(text, at=at)
    appeal = an_appeal_against(pause, at=at)
    assert an_appeal_against(pause, at=at) == appeal

    _reversed(appeal, colleague, at + DAY)

    pause.refresh_from_db()
    assert (pause.lifted_at, pause.lifted_by) == (at + DAY, colleague)
    assert factories.a_contribution(text.topic, at=at + DAY, by=text.author)
    kinds = list(Entry.objects.filter(kind__regex="pause").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["person.paused", "pause.appealed", "pause.reversed", "person.pause_lifted"]


def test_an_appeal_that_is_upheld_changes_nothing(text: Contribution, colleague: User, at: datetime) -> None:
    pause = a_pause(text, at=at)
    appeal = _upheld(an_appeal_against(pause, at=at), colleague, at)

    pause.refresh_from_db()
    assert pause.lifted_at is None
    assert Entry.objects.latest("pk").kind == "pause.upheld"
    with pytest.raises(AlreadySettled):
        _reversed(appeal, colleague, at)
    assert pause_of(pause.person, text.consultation, at=at) == pause


def test_a_pause_that_is_over_is_judged_all_the_same(text: Contribution, colleague: User, at: datetime) -> None:
    pause = a_pause(text, at=at)
    late = at + APPEAL_TAKEN - timedelta(seconds=1)

    appeal = _reversed(an_appeal_against(pause, at=late), colleague, late)

    pause.refresh_from_db()
    assert (appeal.outcome, pause.lifted_at) == (AppealOutcome.REVERSED, None)


def test_the_same_moderator_is_refused_by_rule_and_by_database(text: Contribution, at: datetime) -> None:
    appeal, first = an_appeal_against(a_pause(text, at=at), at=at), factories.a_moderator(at)

    assert "You made the decision" in str(why_not("moderation.decide_pause_appeal", first, appeal))
    with pytest.raises(NotAllowed, match="You made the decision"):
        _reversed(appeal, first, at)
    with pytest.raises(IntegrityError, match="pause_appeal_decided_by_another"), transaction.atomic():
        PauseAppeal.objects.filter(pk=appeal.pk).update(
            decided_by=first, decided_at=at, outcome=AppealOutcome.REVERSED, sentence=WHY
        )
    with pytest.raises(IntegrityError, match="pause_appeal_decided_with_reasons"), transaction.atomic():
        PauseAppeal.objects.filter(pk=appeal.pk).update(decided_at=at, outcome=AppealOutcome.REVERSED)


def test_nobody_appeals_for_somebody_else_or_after_half_a_year(text: Contribution, at: datetime) -> None:
    pause = a_pause(text, at=at)

    for other in (factories.a_moderator(at), factories.an_official(at), personas.resident(at=at)):
        with pytest.raises(NotAllowed, match="Only the person"):
            submit_pause_appeal(pause=pause, text=SAID, by=other, at=at)
    with pytest.raises(NotAllowed, match="six months"):
        an_appeal_against(pause, at=at + APPEAL_TAKEN)
    for words in ("", " \n", "My number is 010190-1234"):
        with pytest.raises(UnfitWords):
            submit_pause_appeal(pause=pause, text=words, by=pause.person, at=at)
    assert not PauseAppeal.objects.exists()


def test_an_appeal_needs_reasons(text: Contribution, colleague: User, at: datetime) -> None:
    appeal = an_appeal_against(a_pause(text, at=at), at=at)

    for sentence in (" ", "Her number is 010190-1234."):
        with pytest.raises(UnfitWords):
            decide_pause_appeal(appeal=appeal, outcome=AppealOutcome.UPHELD, sentence=sentence, by=colleague, at=at)


def test_the_deputy_decides_where_too_few_are_left(topic: Topic, text: Contribution, at: datetime) -> None:
    deputy = factories.an_official(at)
    name_deputy(person=deputy, by=personas.administrator(at=at), at=at)
    appeal = an_appeal_against(a_pause(text, at=at), at=at)

    assert may("moderation.decide_pause_appeal", deputy, appeal)
    write_mail_of(at)
    told = OutgoingMail.objects.get(to=deputy.email, key__startswith="pause.appealed")
    assert f"/moderation/pause-appeals/{appeal.pk}/" in told.body


# ------------------------------------------------------------------ what they are told


def write_mail_of(at: datetime) -> None:
    sequence_entries()
    write_mail()


def _mail(kind: str, to: User) -> OutgoingMail:
    return OutgoingMail.objects.get(key__startswith=f"{kind}:", to=to.email)


def test_the_mail_is_a_statement_of_reasons(text: Contribution, at: datetime) -> None:
    pause = a_pause(text, at=at)
    write_mail_of(at)

    body = _mail("person.paused", pause.person).body
    with override(pause.person.language):
        for told in (pause.legal_ground, TO_THEM, text.consultation.title, f"/me/pauses/{pause.pk}/"):
            assert told in body
    assert NOTED not in body
    assert pause.paused_by.display_name not in body


def test_each_step_is_told_once(text: Contribution, colleague: User, at: datetime) -> None:
    pause = a_pause(text, at=at)
    _reversed(an_appeal_against(pause, at=at), colleague, at)
    write_mail_of(at)
    write_mail_of(at)

    told = OutgoingMail.objects.filter(to=pause.person.email, key__regex="pause").order_by("pk")
    assert [mail.key.partition(":")[0] for mail in told] == ["person.paused", "pause.appealed", "pause.reversed"]
    assert WHY in told[2].body
    other = a_pause(text, at=at)
    end_pause(pause=other, by=colleague, at=at)
    write_mail_of(at)
    assert _mail("person.pause_lifted", pause.person)


def test_no_output_but_the_moderators_own_shows_the_internal_facts(
    text: Contribution, client: Client, colleague: User, at: datetime
) -> None:
    pause = a_pause(text, at=at)
    appeal = _upheld(an_appeal_against(pause, at=at), colleague, at)
    write_mail_of(at)
    place = f"/en/consultations/{text.consultation.slug}"
    public = [f"{place}/moderation/", f"{place}/moderation/feed/", f"{place}/ledger/", "/en/ledger/"]
    own = [f"/en/me/pauses/{pause.pk}/", f"/en/me/pauses/{pause.pk}/appeal/", "/en/me/", "/en/me/data/"]

    told = "".join(client.get(address).content.decode() for address in public)
    for secret in (NOTED, TO_THEM, SAID, WHY, pause.person.display_name, pause.paused_by.display_name):
        assert secret not in told
    assert "writing was paused (" in told
    client.force_login(pause.person)
    told = "".join(client.get(address).content.decode() for address in own)
    assert NOTED not in told
    assert TO_THEM in told
    assert WHY in told
    assert NOTED not in "".join(OutgoingMail.objects.values_list("body", flat=True))
    client.force_login(colleague)
    for address in (f"/en/moderation/pauses/{pause.pk}/", f"/en/moderation/pause-appeals/{appeal.pk}/"):
        assert NOTED in client.get(address).content.decode()
    assert NOTED not in client.get("/en/moderation/pauses/").content.decode()


def test_what_moderators_noted_goes_with_the_text_and_all_of_it_with_the_person(topic: Topic, at: datetime) -> None:
    text = factories.a_refused(topic, at=at)
    pause = a_pause(text, at=at)
    appeal = an_appeal_against(pause, at=at)

    erase_text(erasure=factories.proposal(text, at=at), by=factories.another_moderator(at), at=at)

    pause.refresh_from_db()
    appeal.refresh_from_db()
    assert (pause.internal_facts, appeal.text) == ("", SAID)  # it is still to be judged
    assert _upheld(appeal, factories.another_moderator(at), at).text == ""
    assert forget_pauses_of(person=pause.person) == 1
    assert not PauseAppeal.objects.exists()


def test_pauses_and_appeals_are_cleared_away_together(text: Contribution, at: datetime) -> None:
    an_appeal_against(a_pause(text, at=at), at=at)

    assert clear_old_pauses(at=at + 402 * DAY) == 0
    assert clear_old_pauses(at=at + 403 * DAY) == 1
    assert not PauseAppeal.objects.exists()
