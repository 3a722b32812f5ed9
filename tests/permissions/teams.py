"""Who may what with the team of a consultation."""

from typing import Any

from django.urls import reverse

from apps.consultations.queries import draft_state, last_editor
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


def _approving(town: Town, state: str) -> Post:
    draft = town.more["reviews"][state].consultation
    words = {"approve": "1", "seen": draft_state(draft), "comment": ""}
    return reverse("consultations:review", kwargs={"slug": draft.slug}), words


TABLES = [
    Table(
        name="have a case file put together",
        rule="exchange.export_case",
        about=_consultation,
        page=consultation_page("exchange:case-file"),
        post=lambda town, state: (consultation_page("exchange:case-file")(town, state), {"since": ""}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      no   no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
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
        name="look at a draft with the team",
        rule="consultations.discuss_draft",
        about=_consultation,
        page=consultation_page("consultations:review"),
        post=lambda town, state: (
            consultation_page("consultations:review")(town, state),
            {"say": "1", "comment": "How high are they?"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="approve a colleague's draft",
        rule="consultations.decide_review",
        about=lambda town, state: (town.more["reviews"][state],),
        moment=lambda town, state, _viewer: {
            "last_editor": last_editor(draft_state(town.more["reviews"][state].consultation))
        },
        post=_approving,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        asked     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="let a hearing go on to its next step",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:stage-edit"),
        post=lambda town, state: (consultation_page("consultations:stage-edit")(town, state), {"to": "considered"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        closed    login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="begin a hearing as a copy",
        rule="consultations.copy_consultation",
        about=_consultation,
        page=consultation_page("consultations:consultation-copy"),
        post=lambda town, state: (
            consultation_page("consultations:consultation-copy")(town, state),
            {"title": "More turbines", "slug": "more-turbines"},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="cancel a hearing",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:consultation-cancel"),
        post=lambda town, state: (
            consultation_page("consultations:consultation-cancel")(town, state),
            {"reason": "The developer withdrew."},
        ),
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
