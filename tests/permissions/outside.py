"""Who may what with what came by letter, e-mail or telephone, and with the post that goes back."""

from typing import Any

from django.urls import reverse

from apps.discussions.queries import visible_scans
from tests.permissions.staff import of
from tests.permissions.table import Post, Table
from tests.permissions.town import AT, Town


def _page(name: str) -> Any:
    def address(town: Town, state: str) -> str:
        row = town.more["voices"][state].contribution
        return reverse(name, kwargs={"slug": row.consultation.slug, "number": row.number})

    return address


def _post(name: str, words: dict[str, str]) -> Any:
    def post(town: Town, state: str) -> Post:
        return _page(name)(town, state), words

    return post


def _of_hearing(name: str) -> Any:
    return lambda town, state: reverse(name, kwargs={"slug": town.consultations[state].slug})


def _letter(town: Town, state: str) -> dict[str, str]:
    topic = town.topic(state).slug
    came = {"channel": "letter", "came_on": AT.date().isoformat(), "kind": "view"}
    return came | {"topic": topic, "name": "Otto", "body": "On paper.", "address": "Road 1", "email": "o@post.example"}


def _entering(town: Town, state: str) -> Post:
    return _of_hearing("discussions:voice-enter")(town, state), _letter(town, state)


def _correcting(town: Town, state: str) -> Post:
    return _page("discussions:voice-correct")(town, state), _letter(town, "open") | {"body": "Better."}


def _importing(town: Town, state: str) -> Post:
    table = f"topic;channel;came_on;name;text\n{town.topic(state).slug};letter;{AT.date().isoformat()};Otto;On paper."
    return _of_hearing("discussions:voice-import")(town, state), {"table": table, "step": "receive"}


def _statement(name: str) -> Any:
    return lambda town, state: reverse(name, args=[town.more["statements"][state].pk])


def _appealing(town: Town, state: str) -> dict[str, str]:
    decision = town.more["statements"][state].ruling
    return {"decision": str(decision.pk), "came_on": AT.date().isoformat(), "text": "It was about the matter."}


TABLES = [
    Table(
        name="see what was typed in of a hearing",
        rule="discussions.enter_voice",
        about=lambda town, state: (town.consultations[state],),
        page=_of_hearing("discussions:voice-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      no      no      no      second  no      no
        open      login   no      no      no      no      yes     no      no      second  no      no
        closed    login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="type in what came by letter",
        rule="discussions.enter_voice",
        about=lambda town, state: (town.consultations[state],),
        page=_of_hearing("discussions:voice-enter"),
        post=_entering,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      no      no      no      second  no      no
        open      login   no      no      no      no      yes     no      no      second  no      no
        closed    login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="type in many from a table",
        rule="discussions.enter_voice",
        about=lambda town, state: (town.consultations[state],),
        page=_of_hearing("discussions:voice-import"),
        post=_importing,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="take the table to fill in",
        page=_of_hearing("discussions:voice-template"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="see one that was typed in",
        page=_page("discussions:voice"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="correct what was typed in",
        rule="discussions.correct_voice",
        about=of("voices"),
        page=_page("discussions:voice-correct"),
        post=_correcting,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      no      yes     no      no      second  no      no
        decided   login   no      no      no      no      no      no      no      second  no      no
        others    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="open the scan of a letter",
        rule="discussions.open_scan",
        about=of("voices"),
        visible=visible_scans,
        page=_page("discussions:voice-scan"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
    Table(
        name="take out the addresses of senders",
        rule="discussions.enter_voice",
        about=lambda town, state: (town.consultations[state],),
        post=lambda town, state: (_of_hearing("discussions:sender-table")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="write to a sender",
        rule="discussions.write_to_sender",
        about=lambda town, state: (town.consultations[state],),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
    Table(
        name="say that a receipt is posted",
        post=_post("discussions:receipt-post", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="erase the address of a sender",
        post=_post("discussions:sender-forget", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="take the name of a sender away",
        post=_post("discussions:sender-name-hide", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="see which decisions go by post",
        rule="moderation.post_statements",
        page=lambda _town, _state: reverse("moderation:statement-post-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
    Table(
        name="say that a decision is posted",
        rule="moderation.post_statements",
        post=lambda town, state: (_statement("moderation:statement-post")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        decided   login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
    Table(
        name="type in an appeal that came by letter",
        rule="moderation.enter_appeal",
        about=lambda town, state: (town.more["statements"][state].ruling,),
        page=_page("moderation:appeal-enter"),
        post=lambda town, state: (_page("moderation:appeal-enter")(town, state), _appealing(town, state)),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        decided   login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="open the scan of an appeal",
        page=lambda town, state: reverse("moderation:appeal-scan", args=[town.more["paper_appeals"][state].pk]),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        answered  login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="say that the answer to an appeal is posted",
        rule="moderation.post_statements",
        post=lambda town, state: (reverse("moderation:outcome-post", args=[town.more["paper_appeals"][state].pk]), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        answered  login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
]
