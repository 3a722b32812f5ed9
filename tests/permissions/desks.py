"""Who may open what officials plan and write with: their calendar and their text blocks."""

from django.urls import reverse

from tests.permissions.table import Table
from tests.permissions.town import Town


def _text_block(town: Town, state: str) -> str:
    return reverse("publications:text-block-edit", args=[town.more["blocks"][state].pk])


TABLES = [
    Table(
        name="open the calendar",
        rule="consultations.open_calendar",
        page=lambda _town, _state: reverse("consultations:calendar"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        desk      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="see the text blocks",
        rule="publications.edit_text_blocks",
        page=lambda _town, _state: reverse("publications:text-block-list"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        list      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="keep one more text block",
        rule="publications.edit_text_blocks",
        page=lambda _town, _state: reverse("publications:text-block-add"),
        post=lambda _town, _state: (reverse("publications:text-block-add"), {"title": "Noise", "body": "It is low."}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        new       login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="change a text block",
        rule="publications.edit_text_blocks",
        page=_text_block,
        post=lambda town, state: (_text_block(town, state), {"title": "Noise", "body": "It is low.", "revision": "1"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        kept      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
]
