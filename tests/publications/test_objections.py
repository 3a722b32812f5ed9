"""A contributor says once that a contribution is rendered wrongly; the team answers; nobody else reads it."""

from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may
from apps.ledger.models import Entry
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.publications.actions.objections import answer_objection, forget_objections, object_to_rendering
from apps.publications.errors import ObjectedBefore, RepliedBefore, UnfitObjection
from apps.publications.models import Objection
from apps.publications.queries import personal_data_of
from apps.publications.queries.objections import visible_objections
from tests import personas
from tests.factories import a_hearing, a_moderator, a_published, an_official, the_topic
from tests.factories.whitepapers import a_colleague
from tests.publications.papers import Published, published

pytestmark = pytest.mark.django_db

SAID, REPLIED = "That is not what I meant.", "You are right, we mend it."


@pytest.fixture
def made(at: datetime) -> Published:
    return published(at)


def _author(made: Published) -> User:
    assert made.cited.author is not None
    return made.cited.author


def _objected(made: Published, at: datetime) -> Objection:
    return object_to_rendering(contribution=made.cited, text=SAID, by=_author(made), at=at)


def test_it_is_taken_in_once(at: datetime, made: Published) -> None:
    first, again = _objected(made, at), _objected(made, at)

    assert first == again
    assert Entry.objects.filter(kind="objection.received").count() == 1
    assert SAID not in Entry.objects.get(kind="objection.received").payload
    with pytest.raises(ObjectedBefore):
        object_to_rendering(contribution=made.cited, text="Something else.", by=_author(made), at=at)


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "x" * 2_001, "My number is 010190-1234."])
def test_what_cannot_stand_is_refused(at: datetime, made: Published, text: str) -> None:
    with pytest.raises(UnfitObjection):
        object_to_rendering(contribution=made.cited, text=text, by=_author(made), at=at)
    assert not Objection.objects.exists()


def test_only_the_author_objects_and_only_where_a_white_paper_is_published(at: datetime, made: Published) -> None:
    other = a_published(the_topic(a_hearing(at=at)), at=at)
    assert other.author is not None

    for text, by in ((made.cited, a_moderator(at)), (made.cited, an_official(at)), (other, other.author)):
        with pytest.raises(NotAllowed):
            object_to_rendering(contribution=text, text=SAID, by=by, at=at)


def test_the_team_answers_once(at: datetime, made: Published) -> None:
    objection = _objected(made, at)
    by = an_official(at)

    answer_objection(objection=objection, reply=REPLIED, by=by, at=at)
    answer_objection(objection=objection, reply=REPLIED, by=by, at=at)

    assert Entry.objects.filter(kind="objection.answered").count() == 1
    with pytest.raises(RepliedBefore):
        answer_objection(objection=objection, reply="No.", by=a_colleague(made.consultation, at=at), at=at)
    with pytest.raises(NotAllowed):
        answer_objection(objection=objection, reply="No.", by=_author(made), at=at)


def test_who_may_read_it_finds_it_and_nobody_else(at: datetime, made: Published) -> None:
    objection = _objected(made, at)

    for viewer in (_author(made), an_official(at), a_moderator(at), None, personas.resident(at=at)):
        seen = visible_objections(viewer).filter(pk=objection.pk).exists()
        assert seen == may("publications.see_objection", viewer, objection)
        assert seen == (viewer in (_author(made), an_official(at)))


def test_the_page_keeps_what_was_typed(client: Client, at: datetime, made: Published) -> None:
    address = f"/en/consultations/{made.consultation.slug}/c/{made.cited.number}/objection/"
    client.force_login(_author(made))

    page = client.get(address).content.decode()
    assert "Turbines are loud." in page
    refused = client.post(address, {"text": "My number is 010190-1234. Keep this."})
    assert refused.status_code == 422
    assert "Keep this." in refused.content.decode()
    assert client.post(address, {"text": SAID}).status_code == 302
    again = client.post(address, {"text": "And this too."})
    assert (again.status_code, "And this too." in again.content.decode()) == (409, True)
    assert SAID in client.get(address).content.decode()
    assert "It waits for an answer" in client.get("/en/me/").content.decode()


def test_others_find_no_page(client: Client, at: datetime, made: Published) -> None:
    _objected(made, at)
    address = f"/en/consultations/{made.consultation.slug}/c/{made.cited.number}/objection/"

    assert client.get(address).status_code == 302
    for person in (an_official(at), a_moderator(at)):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_the_desk_lists_and_answers(client: Client, at: datetime, made: Published) -> None:
    _objected(made, at)
    desk = f"/en/desk/consultations/{made.consultation.slug}/objections/"
    client.force_login(an_official(at))

    assert SAID in client.get(desk).content.decode()
    assert client.get(f"{desk}99/").status_code == 404
    empty = client.post(f"{desk}{made.cited.number}/", {"reply": " "})
    assert empty.status_code == 422
    assert client.post(f"{desk}{made.cited.number}/", {"reply": REPLIED}).status_code == 302
    assert "No objection waits" in client.get(desk).content.decode()
    assert SAID in client.get(f"{desk}?show=answered").content.decode()
    late = client.post(f"{desk}{made.cited.number}/", {"reply": "Later."})
    assert (late.status_code, "Later." in late.content.decode()) == (409, True)


def test_mails_tell_the_team_and_then_the_author(at: datetime, made: Published) -> None:
    write_mail()
    OutgoingMail.objects.all().delete()
    objection = _objected(made, at)
    write_mail()

    told = OutgoingMail.objects.order_by("pk")
    assert {mail.to for mail in told} >= {an_official(at).email}
    assert not any(SAID in mail.body for mail in told)
    OutgoingMail.objects.all().delete()
    answer_objection(objection=objection, reply=REPLIED, by=an_official(at), at=at)
    write_mail()

    mail = OutgoingMail.objects.get()
    assert mail.to == _author(made).email
    assert REPLIED in mail.body


def test_it_stands_in_the_copy_and_goes_with_the_account(at: datetime, made: Published) -> None:
    objection = _objected(made, at)
    answer_objection(objection=objection, reply=REPLIED, by=an_official(at), at=at)
    assert personal_data_of(_author(made), at=at)["objections"][0]["text"] == SAID

    assert forget_objections(person=_author(made)) == 1

    objection.refresh_from_db()
    assert SAID not in f"{objection.text}{objection.reply}"
    assert REPLIED not in objection.reply
