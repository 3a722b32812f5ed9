"""Who may what with the white paper while it is written."""

from typing import Any

from django.urls import reverse

from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.publications.actions import (
    StatementWords,
    add_statement,
    ask_for_review,
    begin_white_paper,
    note_contributions,
    save_statement,
)
from apps.publications.models import WhitePaper
from apps.publications.queries import coverage_of, visible_white_papers
from tests.permissions.hearings import consultation_page
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def of(town: Town) -> dict[str, Any]:
    """Return a white paper that is written, in the open hearing, and one with a colleague's review asked for."""
    at, colleague = town.at, town.more["roles"]["active"].person
    written = begin_white_paper(consultation=town.consultations["open"], by=town.person("off"), at=at)
    closed = town.consultations["closed"]
    add_member(consultation=closed, person=colleague, role=TeamRole.EDITOR, by=town.person("off"), at=at)
    asked = begin_white_paper(consultation=closed, by=colleague, at=at)
    statement = add_statement(paper=written, topic=town.topic("open"), title="Noise.", by=colleague, at=at)
    topic = town.topic("closed")
    replied = add_statement(paper=asked, topic=topic, title="Noise.", by=colleague, at=at)
    words = StatementWords(title="Noise.", disposition="noted", reply="It is low.")
    save_statement(statement=replied, words=words, topic=topic, by=colleague, at=at)
    missing = coverage_of(asked).missing
    note_contributions(paper=asked, numbers=missing, sentence="Answered in the thread.", by=colleague, at=at)
    ask_for_review(paper=asked, by=colleague, at=at)
    fresh = WhitePaper.objects.select_related("consultation")
    return {
        "papers": {"written": fresh.get(pk=written.pk), "asked": fresh.get(pk=asked.pk)},
        "paper_statements": {"written": statement},
    }


def _consultation(town: Town, state: str) -> tuple[Any, ...]:
    return (town.consultations[state],)


def _paper(town: Town, state: str) -> tuple[Any, ...]:
    return (town.more["papers"][state],)


def _page_of(name: str) -> Any:
    return lambda town, state: reverse(name, kwargs={"slug": town.more["papers"][state].consultation.slug})


def _statement_page(town: Town, state: str) -> str:
    statement = town.more["paper_statements"][state]
    where = {"slug": town.more["papers"][state].consultation.slug, "statement_id": statement.pk}
    return reverse("publications:paper-statement", kwargs=where)


def _writing(town: Town, state: str) -> Post:
    return {
        "begin": (consultation_page("publications:whitepaper-desk")(town, "planned"), {"action": "begin"}),
        "coding": (
            consultation_page("publications:coding")(town, "open"),
            {"action": "new", "title": "Less noise", "all": f"{town.contributions['published'].number}:1"},
        ),
        "intro": (consultation_page("publications:whitepaper-intro")(town, "open"), {"intro": "It began.", "seen": 1}),
        "statement": (consultation_page("publications:statement-add")(town, "open"), {"title": "Less noise"}),
        "reply": (
            _statement_page(town, "written"),
            {"action": "save", "title": "Noise.", "disposition": "noted", "reply": "Yes.", "seen": 1},
        ),
        "note": (
            consultation_page("publications:whitepaper-missing")(town, "open"),
            {"action": "note", "number": town.contributions["waiting"].number, "sentence": "Not published."},
        ),
        "ask": (consultation_page("publications:whitepaper-desk")(town, "open"), {"action": "ask", "seen": 1}),
    }[state]


def _reviewing(town: Town, state: str) -> Post:
    words = {
        "desk": {"action": "send_back", "comment": "Reply to 1.1."},
        "publish": {"seen": town.more["papers"]["asked"].revision},
    }
    return _page_of(f"publications:whitepaper-{state}")(town, "asked"), words[state]


TABLES = [
    Table(
        name="open the desk of the white paper",
        rule="publications.open_paper_desk",
        about=_consultation,
        page=consultation_page("publications:whitepaper-desk"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        closed    login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="see what the white paper does not treat yet",
        rule="publications.open_paper_desk",
        about=lambda town, state: (town.more["papers"][state].consultation,),
        page=_page_of("publications:whitepaper-missing"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        asked     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="read a statement at the desk",
        rule="publications.open_paper_desk",
        about=lambda town, state: (town.more["papers"][state].consultation,),
        page=_statement_page,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="write the white paper",
        rule="publications.write_white_paper",
        about=lambda town, state: (town.more["papers"][state].consultation,),
        page=_page_of("publications:coding"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   login   no      no      no      no      yes  no      no      second  no      no
        asked     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="put something into the white paper",
        rule="publications.write_white_paper",
        about=lambda town, _state: (town.consultations["open"],),
        post=_writing,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        begin     login   no      no      no      no      yes  no      no      second  no      no
        coding    login   no      no      no      no      yes  no      no      second  no      no
        intro     login   no      no      no      no      yes  no      no      second  no      no
        statement login   no      no      no      no      yes  no      no      second  no      no
        reply     login   no      no      no      no      yes  no      no      second  no      no
        note      login   no      no      no      no      yes  no      no      second  no      no
        ask       login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="send the white paper back or publish it",
        rule="publications.review_white_paper",
        about=lambda town, _state: _paper(town, "asked"),
        post=_reviewing,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        desk      login   no      no      no      no      yes  no      no      second  no      no
        publish   login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="read a white paper that is not published",
        rule="publications.view_white_paper",
        about=_paper,
        visible=visible_white_papers,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   no      no      no      no      no      yes  no      no      second  no      no
        asked     no      no      no      no      no      yes  no      no      second  no      no
        """,
    ),
]
