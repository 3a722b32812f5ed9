"""Who is given what to answer, and who writes, reads and publishes answers before everyone reads them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from apps.publications.actions import begin_answer
from apps.publications.enums import DraftStatus
from apps.publications.models import AnswerDraft
from tests import factories
from tests.permissions.table import Post, Table
from tests.permissions.texts import KEY, contribution_page
from tests.permissions.town import Town


def drafts_of(town: Town) -> dict[str, AnswerDraft]:
    """Return answers being written: one that is written, one for the official to read, one for a colleague."""
    made = {}
    for state in ("written", "to_read", "with_other"):
        question = factories.a_published(town.topic("open"), at=town.at, by=town.person("own"))
        key = f"00000000-0000-4000-9000-00000000000{len(made)}"
        made[state] = begin_answer(to=question, body="Yes.", submission_key=key, by=town.person("off"), at=town.at)
    lies = {"status": DraftStatus.WITH_READER, "sent_at": town.at}
    other, off = town.colleague, town.person("off")
    AnswerDraft.objects.filter(pk=made["to_read"].pk).update(author=other, changed_by=other, reader=off, **lies)
    AnswerDraft.objects.filter(pk=made["with_other"].pk).update(reader=other, **lies)
    return {state: AnswerDraft.objects.select_related("consultation").get(pk=row.pk) for state, row in made.items()}


def _draft(town: Town, state: str) -> tuple[Any, ...]:
    return (town.more["answers"][state],)


def _page(name: str = "answer-draft") -> Callable[[Town, str], str]:
    return lambda town, state: reverse(f"publications:{name}", args=[town.more["answers"][state].pk])


def _does(action: str, **typed: str) -> Callable[[Town, str], Post]:
    return lambda town, state: (_page()(town, state), {"action": action, "revision": "1", **typed})


def _contribution(town: Town, state: str) -> tuple[Any, ...]:
    return (town.contributions[state],)


TABLES = [
    Table(
        name="see what waits for an answer",
        rule="publications.write_answer",
        page=lambda _town, _state: reverse("publications:answer-list"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        list      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="give somebody something to answer",
        rule="publications.assign_answer",
        about=_contribution,
        page=contribution_page("publications:answer-assign"),
        post=lambda town, state: (
            contribution_page("publications:answer-assign")(town, state),
            {"department": "Roads"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        published login   no      no      no      no      yes  no      no      second  no      no
        waiting   login   no      no      no      no      no   no      no      second  no      no
        refused   login   no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="answer without a second reader",
        rule="publications.answer_at_once",
        about=_contribution,
        post=lambda town, state: (
            contribution_page("publications:answer-publish")(town, state),
            {"body": "Yes.", "submission_key": KEY},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        published login   no      no      no      no      yes  no      no      second  no      no
        refused   login   no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="correct an answer",
        rule="discussions.correct_answer",
        about=_contribution,
        page=contribution_page("publications:answer-correct"),
        post=lambda town, state: (contribution_page("publications:answer-correct")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        answered  login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="see an answer being written",
        rule="publications.see_answer_draft",
        about=_draft,
        page=_page(),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        to_read   login   no      no      no      no      yes  no      no      second  no      no
        with_other login  no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="write on an answer",
        rule="publications.write_answer_draft",
        about=_draft,
        post=_does("save", body="Yes, and no."),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        to_read   login   no      no      no      no      no   no      no      second  no      no
        with_other login  no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="choose what an answer is given to",
        rule="publications.write_answer_draft",
        about=_draft,
        page=_page("answer-pick"),
        post=lambda town, state: (
            _page("answer-pick")(town, state),
            {"number": str(town.contributions["published"].number), "action": "done"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        to_read   login   no      no      no      no      no   no      no      second  no      no
        with_other login  no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="take an answer back from its reader",
        rule="publications.take_back_answer",
        about=_draft,
        post=_does("take_back"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        to_read   login   no      no      no      no      yes  no      no      second  no      no
        with_other login  no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="read an answer as the second official",
        rule="publications.read_answer_draft",
        about=_draft,
        post=_does("send_back", comment="Name the street."),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      no   no      no      second  no      no
        to_read   login   no      no      no      no      yes  no      no      second  no      no
        with_other login  no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="publish an answer that was written before",
        rule="publications.publish_answer_draft",
        about=_draft,
        post=_does("publish_read"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        to_read   login   no      no      no      no      yes  no      no      second  no      no
        with_other login  no      no      no      no      no   no      no      second  no      no
        """,
    ),
]
