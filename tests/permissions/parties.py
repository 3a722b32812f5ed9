"""Who may what with the hearing parties of a consultation."""

from typing import Any

from django.urls import reverse

from tests.permissions.hearings import consultation_page
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def _consultation(town: Town, state: str) -> tuple[Any, ...]:
    return (town.consultations[state],)


def _party(town: Town, state: str) -> str:
    party = town.more["parties"][state]
    return reverse("consultations:party", kwargs={"slug": party.consultation.slug, "party_id": party.pk})


def _posting(words: dict[str, str]) -> Any:
    def post(town: Town, state: str) -> Post:
        return _party(town, state), words

    return post


TABLES = [
    Table(
        name="list a hearing party",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:party-list"),
        post=lambda town, state: (
            consultation_page("consultations:party-list")(town, state),
            {"name": "Danmarks Naturfredningsforening", "kind": "organisation"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="list hearing parties from a table",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:party-import"),
        post=lambda town, state: (
            consultation_page("consultations:party-import")(town, state),
            {"table": "Region Midtjylland;authority", "receive": "1"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="invite a hearing party",
        page=_party,
        post=_posting({"invite": "1", "way": "letter", "invited_on": "2026-09-01"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
]
