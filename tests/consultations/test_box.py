"""The suggestion box: opened once, by officials, and open from then on."""

from datetime import datetime, timedelta

import pytest

from apps.common.errors import NotAllowed
from apps.consultations.actions import ConsultationText, TopicText, open_suggestion_box
from apps.consultations.enums import ConsultationKind
from apps.consultations.errors import AddressTaken, BoxIsOpen, NotReady
from apps.consultations.models import Consultation
from apps.consultations.queries import listed_consultations, phases_of, topics_of
from apps.consultations.rules import why_not_open
from apps.exchange.queries import check_ledger
from tests import factories, personas
from tests.factories.standing import a_box

pytestmark = pytest.mark.django_db


def test_it_is_public_and_open_without_end_with_its_topics(at: datetime) -> None:
    box = a_box(at=at, topics=["Roads", "Schools"])

    phases = phases_of(box)
    assert (box.slug, box.kind, box.is_published) == ("suggestions", ConsultationKind.SUGGESTIONS, True)
    assert [topic.title for topic in topics_of(box)] == ["Roads", "Schools"]
    assert why_not_open(box, phases, at=at + timedelta(days=4000)) is None
    assert check_ledger().problem == ""


def test_there_is_one(at: datetime) -> None:
    a_box(at=at)

    with pytest.raises(BoxIsOpen):
        a_box(at=at)
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize("who", ["unverified", "resident", "moderator", "administrator", "superuser"])
def test_only_officials_open_it(who: str, at: datetime) -> None:
    person = getattr(personas, who)(at=at)

    with pytest.raises(NotAllowed):
        open_suggestion_box(text=ConsultationText(title="Box"), topics=[TopicText(title="Roads")], by=person, at=at)
    assert not Consultation.objects.exists()


def test_without_topics_nothing_is_made(at: datetime) -> None:
    with pytest.raises(NotReady):
        a_box(at=at, topics=[])
    assert not Consultation.objects.exists()


def test_where_a_hearing_has_its_address_it_says_so(at: datetime) -> None:
    factories.a_draft(at=at, title="Suggestions")

    with pytest.raises(AddressTaken):
        a_box(at=at)
    assert not Consultation.objects.filter(kind=ConsultationKind.SUGGESTIONS).exists()


def test_it_is_no_hearing_in_lists(at: datetime) -> None:
    a_box(at=at)
    hearing = factories.a_hearing(at=at)

    assert list(listed_consultations(factories.an_official(at), at=at)) == [hearing]
