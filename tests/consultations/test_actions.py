"""Each action of consultations: what is true afterwards, what it refuses, and the one entry it leaves."""

from datetime import datetime, timedelta

import pytest

from apps.common.errors import NotAllowed
from apps.consultations import actions
from apps.consultations.enums import ConsultationStatus, TopicIcon
from apps.consultations.errors import AddressTaken, NotReady, UnfitDates
from apps.consultations.models import Consultation, Fact, Phase, Topic
from apps.ledger.models import Entry
from tests import factories
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TEXT = actions.ConsultationText(title="Vindmøller ved Å", body="**Otte** møller.\r\n<script>x</script>\u202e")


def kinds(consultation: Consultation) -> list[str]:
    return list(Entry.objects.filter(consultation_id=consultation.pk).order_by("id").values_list("kind", flat=True))


def dates(first: int, last: int | None, *, at: datetime) -> actions.PhaseDates:
    closes = None if last is None else at + last * DAY
    return actions.PhaseDates(title="Hearing", opens_at=at + first * DAY, closes_at=closes, accepts_contributions=True)


def test_a_draft_has_an_address_safe_html_and_an_owner(at: datetime) -> None:
    draft = actions.draft_consultation(text=TEXT, by=factories.an_official(at), at=at)

    assert draft.slug == "vindmoeller-ved-aa"
    assert draft.status == ConsultationStatus.DRAFT
    assert draft.body_html == "<p><strong>Otte</strong> møller.<br>\n&lt;script&gt;x&lt;/script&gt;</p>"
    assert kinds(draft) == ["consultation.drafted", "team.member_added"]


def test_lines_are_kept_without_signs_that_cannot_be_seen(at: datetime) -> None:
    text = actions.ConsultationText(title="Wind\u202e at\n sea ", lede="\x00What  now?", contact="Olaf\u2066, 12")
    draft = actions.draft_consultation(text=text, by=factories.an_official(at), at=at)

    assert (draft.title, draft.lede, draft.contact) == ("Wind at sea", "What now?", "Olaf, 12")


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name not in {"official", "anonymous"}])
def test_nobody_but_officials_drafts_or_publishes(persona: str, at: datetime) -> None:
    person = everyone(at=at)[persona]
    draft = factories.a_draft(at=at)
    before = kinds(draft)

    with pytest.raises(NotAllowed):
        actions.draft_consultation(text=TEXT, by=person, at=at)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.revise_consultation(consultation=draft, text=TEXT, by=person, at=at)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.publish_consultation(consultation=draft, by=person, at=at)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.set_phases(consultation=draft, phases=[], by=person, at=at)  # type: ignore[arg-type]
    assert kinds(draft) == before


@pytest.mark.parametrize("title", ["Wind", "wind!", "New"])
def test_an_address_in_use_is_refused(title: str, at: datetime) -> None:
    official = factories.an_official(at)
    actions.draft_consultation(text=actions.ConsultationText(title="Wind"), by=official, at=at)

    with pytest.raises(AddressTaken):
        actions.draft_consultation(text=actions.ConsultationText(title=title), by=official, at=at)
    assert Consultation.objects.count() == 1


def test_a_title_without_letters_still_gets_an_address(at: datetime) -> None:
    draft = actions.draft_consultation(text=actions.ConsultationText(title="???"), by=factories.an_official(at), at=at)

    assert draft.slug == "hearing"


def test_revising_with_the_same_texts_changes_and_records_nothing(at: datetime) -> None:
    official = factories.an_official(at)
    draft = actions.draft_consultation(text=TEXT, by=official, at=at)

    assert not actions.revise_consultation(consultation=draft, text=TEXT, by=official, at=at)
    assert kinds(draft) == ["consultation.drafted", "team.member_added"]


def test_revising_renders_the_new_body_and_keeps_the_address(at: datetime) -> None:
    draft = factories.a_draft(at=at, title="Wind")
    text = actions.ConsultationText(title="Sun", body="*Now*")

    assert actions.revise_consultation(consultation=draft, text=text, by=factories.an_official(at), at=at)

    draft.refresh_from_db()
    assert (draft.title, draft.slug, draft.body_html) == ("Sun", "wind", "<p><em>Now</em></p>")
    assert kinds(draft)[-1] == "consultation.revised"


def test_two_officials_at_once_keep_the_body_and_its_html_together(at: datetime) -> None:
    official, draft = factories.an_official(at), factories.a_draft(at=at, title="Wind")
    read_before = Consultation.objects.get(pk=draft.pk)
    newer = actions.ConsultationText(title="Wind", body="*New*")
    actions.revise_consultation(consultation=draft, text=newer, by=official, at=at)

    other = actions.ConsultationText(title="Sun", body=read_before.body)
    actions.revise_consultation(consultation=read_before, text=other, by=official, at=at)

    draft.refresh_from_db()
    assert (draft.title, draft.body, draft.body_html) == ("Sun", "*New*", "<p><em>New</em></p>")


def test_publishing_needs_a_topic_and_a_phase(at: datetime) -> None:
    official, draft = factories.an_official(at), factories.a_draft(at=at)

    with pytest.raises(NotReady, match=r"topic|emne"):
        actions.publish_consultation(consultation=draft, by=official, at=at)
    factories.a_topic(draft, at=at)
    with pytest.raises(NotReady, match=r"phase|fase"):
        actions.publish_consultation(consultation=draft, by=official, at=at)
    actions.set_phases(consultation=draft, phases=[dates(0, 9, at=at)], by=official, at=at)
    factories.approved(draft, at=at)

    assert actions.publish_consultation(consultation=draft, by=official, at=at)
    assert not actions.publish_consultation(consultation=draft, by=official, at=at)
    assert kinds(draft).count("consultation.published") == 1


def test_setting_the_same_phases_again_records_nothing(at: datetime) -> None:
    official, hearing = factories.an_official(at), factories.a_hearing(at=at)
    before = kinds(hearing)

    assert not actions.set_phases(consultation=hearing, phases=[dates(-7, 21, at=at)], by=official, at=at)
    assert kinds(hearing) == before


def test_refused_phases_leave_the_old_ones(at: datetime) -> None:
    official, hearing = factories.an_official(at), factories.a_hearing(at=at)
    before = list(Phase.objects.filter(consultation=hearing).values())

    with pytest.raises(UnfitDates):
        actions.set_phases(consultation=hearing, phases=[dates(-7, 0, at=at)], by=official, at=at)

    assert list(Phase.objects.filter(consultation=hearing).values()) == before


def test_topics_get_addresses_of_their_own_in_order(at: datetime) -> None:
    draft = factories.a_draft(at=at)

    made = [factories.a_topic(draft, at=at, title=title) for title in ("Noise", "Noise", "New", "!!!")]

    assert [(topic.slug, topic.position) for topic in made] == [
        ("noise", 1),
        ("noise-2", 2),
        ("new-2", 3),
        ("topic", 4),
    ]


def test_revising_a_topic_twice_with_the_same_text_records_once(at: datetime) -> None:
    official, draft = factories.an_official(at), factories.a_draft(at=at)
    topic = factories.a_topic(draft, at=at)
    text = actions.TopicText(title="Sound", icon=TopicIcon.SOUND)

    assert actions.revise_topic(topic=topic, text=text, by=official, at=at)
    assert not actions.revise_topic(topic=topic, text=text, by=official, at=at)
    assert kinds(draft).count("topic.revised") == 1
    assert Topic.objects.get(pk=topic.pk).title == "Sound"


def test_figures_of_a_topic_and_of_the_consultation_stand_apart(at: datetime) -> None:
    official, draft = factories.an_official(at), factories.a_draft(at=at)
    topic = factories.a_topic(draft, at=at)

    for owner, facts in ((None, [("8", "mills"), ("2", "rows")]), (topic, [("640 m", "away")])):
        assert actions.set_facts(consultation=draft, topic=owner, facts=facts, by=official, at=at)
        assert not actions.set_facts(consultation=draft, topic=owner, facts=facts, by=official, at=at)

    found = Fact.objects.order_by("topic", "position").values_list("topic", "value", "position")
    assert set(found) == {(None, "8", 1), (None, "2", 2), (topic.pk, "640 m", 1)}
