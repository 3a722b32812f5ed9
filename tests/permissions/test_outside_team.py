"""An official outside the team: what the tables let the team do, and not everyone, is refused."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from apps.common import permissions
from tests.architecture.source import refuse
from tests.permissions.building import build
from tests.permissions.matrix import TABLES
from tests.permissions.people import browser, sessions_of
from tests.permissions.rows import digests
from tests.permissions.table import Table, word_of
from tests.permissions.test_matrix import posted
from tests.permissions.town import AT, Town

# Rules about one consultation that officials may pass. A new one is asked of its team, or stands in FOR_ALL.
OF_TEAM = (
    "consultations.answer_in_consultation",
    "consultations.change_meeting",
    "consultations.change_team",
    "consultations.decide_review",
    "consultations.discuss_draft",
    "consultations.edit_consultation",
    "consultations.end_topic",
    "consultations.publish_minutes",
    "consultations.read_document",
    "consultations.remove_topic",
    "consultations.see_sign_ups",
    "consultations.see_team",
    "consultations.stop_writing",
    "consultations.view_consultation",
    "discussions.answer_contribution",
    "publications.answer_objections",
    "discussions.correct_answer",
    "publications.answer_at_once",
    "publications.assign_answer",
    "publications.publish_answer_draft",
    "publications.read_answer_draft",
    "publications.see_answer_draft",
    "publications.take_back_answer",
    "exchange.export_case",
    "publications.view_summary",
    "publications.write_answer_draft",
    "publications.open_paper_desk",
    "publications.review_white_paper",
    "publications.view_summary",
    "publications.view_white_paper",
    "publications.write_decision",
    "publications.write_summary",
    "publications.write_white_paper",
)
FOR_ALL = {
    "consultations.copy_consultation": "every official copies what they see: tests/consultations/test_copying.py",
    "consultations.draft_consultation": "every official begins consultations, and owns them then",
    "consultations.edit_news": "every official writes news",
    "consultations.keep_box": "every official keeps the suggestion box, which has no team",
    "consultations.open_calendar": "the door; a calendar holds drafts for their team alone, as its tests show",
    "consultations.sign_up": "everyone with an account comes to a meeting",
    "publications.object_to_rendering": "the author's own: tests/publications/test_objections.py",
    "publications.see_objection": "its author and the team: tests/publications/test_objections.py",
    "publications.edit_text_blocks": "every official keeps the texts that all of them use",
    "publications.write_answer": "the door; who answers where is discussions.answer_contribution",
}


def test_every_rule_about_a_consultation_is_asked_of_its_team_or_says_why_not() -> None:
    ours = {name for name in permissions.registered() if name.startswith(("consultations.", "publications."))}

    refuse(ours - {*OF_TEAM, *FOR_ALL}, "put it into OF_TEAM, or into FOR_ALL with the reason")


@pytest.mark.django_db
def test_the_team_alone_passes() -> None:
    with time_machine.travel(AT, tick=False):
        town = build()
        town.people["half"] = town.colleague  # the same official, now with a second step
        key = sessions_of({"off": town.people["half"]})["off"]
        before = digests()
        offenders = [
            line
            for table in TABLES
            if table.rule in OF_TEAM
            for state, cells in table.rows.items()
            if cells["off"] == "yes" and cells["res"] != "yes"
            for line in _let_in(table, town, state, key, before)
        ]

    refuse(offenders, "ask for a place in the team")


def _let_in(table: Table, town: Town, state: str, key: str, before: dict[str, str]) -> Iterator[str]:
    outsider = town.people["half"]
    with transaction.atomic():
        sentence = permissions.why_not(
            table.rule, outsider, *table.about(town, state), **table.moment(town, state, outsider)
        )
        if sentence is None:
            yield f"{table.name}, {state}: the rule lets an official outside the team do it"
        client = browser("off", outsider, key)
        page = word_of(client.get(table.page(town, state))) if table.page else "no"
        if page not in {"no", "hidden"}:
            yield f"{table.name}, {state}: the page says {page} to an official outside the team"
        done = posted(browser("off", outsider, key), *table.post(town, state), before) if table.post else "no"
        if done not in {"no", "hidden"}:
            yield f"{table.name}, {state}: the post says {done} to an official outside the team"
        transaction.set_rollback(True)
