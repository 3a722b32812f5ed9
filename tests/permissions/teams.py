"""Who may what with the team of a consultation."""

from typing import Any

from django.urls import reverse

from tests.permissions.hearings import consultation_page
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def _consultation(town: Town, state: str) -> tuple[Any, ...]:
    return (town.consultations[state],)


def _adding(town: Town, state: str) -> Post:
    return consultation_page("consultations:team")(town, state), {"person": town.colleague.pk, "role": "editor"}


def _changing(words: dict[str, str]) -> Any:
    def post(town: Town, state: str) -> Post:
        member = town.more["team"][state]
        where = {"slug": member.consultation.slug, "member_id": member.pk}
        return reverse("consultations:team-member", kwargs=where), words

    return post


TABLES = [
    Table(
        name="see who works on a consultation",
        rule="consultations.see_team",
        about=_consultation,
        page=consultation_page("consultations:team"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="take a colleague into the team",
        rule="consultations.change_team",
        about=_consultation,
        post=_adding,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="give somebody in the team another role",
        post=_changing({"role": "answerer"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="take somebody from the team",
        post=_changing({"role": "editor", "remove": "1"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="answer in a consultation",
        rule="consultations.answer_in_consultation",
        about=_consultation,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     no      no      no      no      no      yes  no      no      no      no      no
        open      no      no      no      no      no      yes  no      no      no      no      no
        """,
    ),
]
