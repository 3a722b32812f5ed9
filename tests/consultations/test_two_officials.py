"""Two officials of a team, each signed in, save the same texts: both stand side by side, and nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.enums import TeamRole
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.models import Consultation, ProposalVersion
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories, personas
from tests.concurrency import at_once, shared_database
from tests.consultations.test_views import TEXTS, address

Browser = Callable[[User], Client]


def of_two(consultation: Consultation, at: datetime) -> tuple[User, User]:
    """Return the owner, and a colleague who edits it too."""
    owner, colleague = factories.an_official(at), personas.colleague(at=at)
    actions.add_member(consultation=consultation, person=colleague, role=TeamRole.EDITOR, by=owner, at=at)
    return owner, colleague


@pytest.mark.django_db
def test_the_second_sees_both_texts_and_saves_them_together(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    owner, colleague = map(as_seen_by, of_two(hearing, at))
    where = address("consultation-edit", slug=hearing.slug)
    for browser in (owner, colleague):
        assert 'name="revision" value="0"' in browser.get(where).content.decode()
    sent = TEXTS | {"revision": "0", "what_changed": "Fewer mills."}
    owner.post(where, sent | {"lede": "Six white mills.", "contact": "Olga, 70 00 00 00"})

    refused = colleague.post(where, sent | {"lede": "Six grey mills.", "body": "Mine alone."})

    page = unescape(refused.content.decode())
    assert refused.status_code == 409
    both = page[page.index('id="both-h"') : page.index('id="texts-h"')]
    for told in ("Two of you wrote at once", " white", " grey", "Mine alone.", "Olga, 70 00 00 00"):
        assert told in both
    assert all(typed in page for typed in (">\nSix grey mills.</textarea>", ">\nMine alone.</textarea>"))
    hearing.refresh_from_db()
    assert (hearing.lede, hearing.contact) == ("Six white mills.", "Olga, 70 00 00 00")

    mended = {"lede": "Six white and grey mills.", "body": "Mine alone.", "contact": "Olga, 70 00 00 00"}
    assert colleague.post(where, sent | mended | {"revision": "1"}).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.lede, hearing.body, hearing.contact) == tuple(mended.values())
    assert list(ProposalVersion.objects.order_by("version").values_list("lede", flat=True))[-2:] == [
        "Six white mills.",
        "Six white and grey mills.",
    ]
    assert check_ledger().problem == ""


@pytest.fixture
def _several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


@pytest.mark.usefixtures("_several_connections")
def test_of_two_in_the_same_instant_one_is_told_of_the_other(at: datetime) -> None:
    draft = factories.a_draft(at=at)
    people = of_two(draft, at)
    before = Entry.objects.count()

    raised = at_once(*[partial(_save, draft.pk, words, person, at) for words, person in zip("AB", people, strict=True)])

    draft.refresh_from_db()
    assert [type(problem) for problem in raised] == [ChangedMeanwhile]
    assert (draft.revision, draft.lede in {"A", "B"}, Entry.objects.count()) == (1, True, before + 1)


def _save(pk: int, words: str, by: User, at: datetime) -> None:
    draft = Consultation.objects.get(pk=pk)
    kept: dict[str, Any] = {name: getattr(draft, name) for name in ("title", "body")}
    text = actions.ConsultationText(**kept, lede=words)
    actions.revise_consultation(consultation=draft, text=text, revision=0, by=by, at=at)
