"""Who may what with reports, appeals, and who must not decide."""

from typing import Any

from django.urls import reverse

from tests.permissions.table import Post, Table
from tests.permissions.texts import contribution_page, item_page, numbered
from tests.permissions.town import Town

KEY = "00000000-0000-4000-8000-000000000007"
WORDS = "A sentence about it."


def _of(kind: str) -> Any:
    return lambda town, state: (town.more[kind][state],)


def _page(name: str, kind: str) -> Any:
    return lambda town, state: reverse(name, args=[town.more[kind][state].pk])


def _link(town: Town, state: str) -> str:
    return reverse("moderation:report-appeal", kwargs={"key": town.more["reports"][state].key})


def _report(town: Town, state: str) -> Post:
    words = {"reason": "personal_attack", "submission_key": KEY, "explanation": WORDS}
    return reverse("moderation:report-submit", kwargs=numbered(town, state)), words


def _appealed(town: Town, state: str) -> str:
    row = town.more["withheld"][state].case.contribution
    return reverse("moderation:appeal-submit", kwargs={"slug": row.consultation.slug, "number": row.number})


TABLES = [
    Table(
        name="report a text",
        rule="moderation.submit_report",
        about=lambda town, state: (town.contributions[state],),
        page=contribution_page("moderation:report-submit"),
        post=_report,
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        published   yes     yes     yes     no      yes     yes     yes     yes     yes     yes     yes
        waiting     no      no      no      no      no      no      no      no      second  no      no
        refused     no      no      no      no      no      no      no      no      second  no      no
        withdrawn   no      no      no      no      no      no      no      no      second  no      no
        answered    no      no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="appeal against a decision",
        rule="moderation.submit_appeal",
        about=_of("withheld"),
        moment=lambda town, _state, _viewer: {"at": town.at},
        page=_appealed,
        post=lambda town, state: (_appealed(town, state), {"text": WORDS}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        refused     login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="appeal with the link of a report",
        page=_link,
        post=lambda town, state: (_link(town, state), {"text": WORDS}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        left        yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="see a case of reports",
        rule="moderation.open_case",
        about=lambda town, state: (town.more["cases"][state].contribution,),
        page=_page("moderation:report-settle", "cases"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        open        login   no      no      no      yes     no      no      no      second  no      no
        by_mod      login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="leave a text that was reported",
        rule="moderation.settle_reports",
        about=_of("cases"),
        post=lambda town, state: (_page("moderation:report-settle", "cases")(town, state), {"sentence": WORDS}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        open        login   no      no      no      yes     no      no      no      second  no      no
        by_mod      login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="see the queue, also as the deputy",
        rule="moderation.work_cases",
        page=lambda _town, _state: reverse("moderation:queue"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        all         login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="see an appeal",
        page=_page("moderation:appeal-decide", "appeals"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        of_milo     login   no      no      no      yes     no      no      no      second  no      no
        of_mod      login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="decide an appeal",
        rule="moderation.decide_appeal",
        about=_of("appeals"),
        post=lambda town, state: (
            _page("moderation:appeal-decide", "appeals")(town, state),
            {"outcome": "reversed", "sentence": WORDS},
        ),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        of_milo     login   no      no      no      yes     no      no      no      second  no      no
        of_mod      login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="note whom a text is about",
        page=item_page("moderation:conflict-note"),
        post=lambda town, state: (
            item_page("moderation:conflict-note")(town, state),
            {"person": town.person("off").pk},
        ),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting     login   no      no      no      yes     no      no      no      second  no      no
        published   login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="name the deputy of the moderators",
        rule="moderation.name_deputy",
        page=lambda _town, _state: reverse("moderation:deputy-name"),
        post=lambda town, _state: (reverse("moderation:deputy-name"), {"person": town.person("off").pk}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        any         login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
]
