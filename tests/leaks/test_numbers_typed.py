"""A national identity number that somebody types into any text, in public or at the desk, is stored nowhere."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from apps.accounts.rules import AN_IMPORT
from apps.common.errors import DomainError
from apps.common.identity_numbers import MASK
from apps.consultations.models import Consultation
from apps.discussions.errors import UnfitText
from apps.discussions.models import Contribution
from apps.exchange.actions import import_consultation
from apps.exchange.queries import read_source
from apps.publications.actions import StatementText, draft_summary
from tests import factories
from tests.exchange.sources import a_row, write_common, write_polis
from tests.leaks.rows import where_in_database
from tests.permissions.building import build
from tests.permissions.matrix import TABLES
from tests.permissions.people import browser, sessions_of
from tests.permissions.town import AT, Town

# With a dash as word processors set it: what reads texts letter by letter does not see a number there.
NUMBER = "240688–3391"
SPELLINGS = (NUMBER, "240688-3391", "2406883391", "24 06 88 3391")
WRITERS = ("new", "res", "own", "mod", "off", "adm")
TEXTS = {
    *("name", "speaker", "sentence", "reason", "body", "title", "department", "display_name", "lede", "question"),
    *("statements-0-title", "statements-0-body", "facts-0-label", "facts-0-value", "facts_source", "phases-0-title"),
    *("place", "note", "source", "contact", "decision_note", "internal_facts"),
    *("title_da", "title_en", "legal_ground", "suggestion_da", "suggestion_en", "explanation", "text", "spellings"),
}
Typed = tuple[str, str, str, Mapping[str, Any]]


@pytest.mark.django_db
def test_no_text_that_anybody_types_keeps_an_identity_number(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        tried, kept = 0, []
        for name, who, address, words in _typed(town):
            for field in sorted(TEXTS & set(words)):
                with transaction.atomic():
                    typed = dict(words) | {field: f"{words[field]} {NUMBER}".strip()}
                    browser(who, town.people[who], keys[who]).post(address, typed)
                    kept += [f"{name}: {place}" for place in where_in_database(SPELLINGS)]
                    transaction.set_rollback(True)
                tried += 1

    assert not kept, "\n".join(kept)
    assert tried > 40, tried


def _typed(town: Town) -> Iterator[Typed]:
    """Return every post with a text in it, and who can make it."""
    for table in TABLES:
        for state, cells in table.rows.items() if table.post else ():
            who = next((name for name in WRITERS if cells[name] == "yes"), None)
            if who and table.post:
                yield f"{table.name}, {state}", who, *table.post(town, state)
    sign_up = {"email": "nina@example.org", "display_name": "Nina Ny", "password1": "Et langt kodeord 1"}
    role = {"email": town.more["accounts"]["free"].email, "grant": "1", "role": "official", "title": "Planner"}
    thread = {"slug": town.consultations["open"].slug, "topic": town.topic("open").slug}
    edited = {
        "title": "T",
        "write_access": "confirmed",
        "name_policy": "full_name",
        "moderation_mode": "before",
        "lede": "L",
        "body": "B",
    }
    yield "sign up", "anon", reverse("account_signup"), sign_up
    yield "change the name", "new", reverse("portal:my-settings"), {"display_name": "Una"}
    yield "give a role", "adm", reverse("accounts:role-grant"), role | {"first_day": f"{AT:%Y-%m-%d}", "department": ""}
    yield (
        "write before logging in",
        "anon",
        reverse("discussions:contribution-submit", kwargs=thread),
        {"body": "A view."},
    )
    yield (
        "edit all texts",
        "off",
        reverse("consultations:consultation-edit", kwargs={"slug": thread["slug"]}),
        edited | {"decision_note": "D", "contact": "C"},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", SPELLINGS)
def test_no_import_keeps_an_identity_number(tmp_path: Path, number: str) -> None:
    """As the id of a row or of its author it refuses the row; in texts and titles it is masked."""
    rows = [
        a_row("calm", topic="plain"),
        a_row("in the text", text=f"Hun er {number}."),
        a_row("in its title", title=f"Om {number}"),
        a_row(number, text="By its own id."),
        a_row("by the author", author_id=number),
        a_row("in a topic's title", topic="titled", topic_title=f"Emne {number}"),
        a_row("in a topic's id", topic=number, topic_title=number),
        a_row("in another topic's id", topic=f"{number} b", topic_title=number),
    ]
    topics = [{"topic_id": "plain", "title": f"Om {number}", "summary": f"Hun er {number}.", "text": ""}]
    source = read_source(write_common(tmp_path, rows, topics), "csv")
    source = replace(source, title=f"Om {number}", description=f"Hun er {number}.")

    figures, problems = import_consultation(source=source, slug="a", skip_bad=True, by=AN_IMPORT, at=AT)

    assert where_in_database(SPELLINGS) == []
    assert (figures.contributions, len(problems)) == (6, 2)
    assert all("CPR" in problem.reason for problem in problems)
    assert Consultation.objects.get(slug="a").title == f"Om {MASK}"


@pytest.mark.django_db
@pytest.mark.parametrize("number", SPELLINGS)
def test_no_polis_export_keeps_an_identity_number(tmp_path: Path, number: str) -> None:
    comments = [(1651754576000, 1, 7, 1, "Calm."), (1651754577000, 2, 7, 1, f"Hun er {number}.")]
    summary = f"topic,Om {number}\nconversation-description,Hun er {number}.\n"
    source = read_source(write_polis(tmp_path, comments, summary), "polis")

    figures, problems = import_consultation(source=source, slug="a", skip_bad=True, by=AN_IMPORT, at=AT)

    assert where_in_database(SPELLINGS) == []
    assert (figures.contributions, len(problems)) == (2, 0)
    assert Contribution.stored.filter(body=f"Hun er {MASK}.").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", SPELLINGS)
def test_what_bypasses_the_forms_refuses_it_in_the_action(number: str) -> None:
    """An answer and a summary are checked where they are stored, whoever calls."""
    hearing = factories.a_hearing(at=AT)
    asked = factories.a_published(factories.the_topic(hearing), at=AT)
    statement = StatementText(title="Some", body=f"Hun er {number}.", cites=[asked.number])

    with pytest.raises(UnfitText):
        factories.an_answer(asked, at=AT, body=f"Hun er {number}.")
    with pytest.raises(DomainError):
        draft_summary(consultation=hearing, statements=[statement], by=factories.an_official(AT), at=AT)
    assert where_in_database(SPELLINGS) == []
