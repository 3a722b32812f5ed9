"""Who may what with recommendations, decisions, notices of them, and promises."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from tests.permissions.hearings import consultation_page
from tests.permissions.table import Post, Table
from tests.permissions.town import AT, DAY, Town

MEETING = {"held_by": "council", "name": "Byrådet", "held_on": (AT + DAY).date().isoformat(), "revision": "1"}
PROMISE = {"title": "A road", "department": "Roads", "due_on": (AT + DAY).date().isoformat(), "status": "under_way"}


def _page(name: str) -> Any:
    """Return the address of a page of the hearing that was heard or decided."""
    return lambda town, state: reverse(f"publications:{name}", args=[town.more["decided"][state].slug])


def _post(name: str, words: Mapping[str, Any]) -> Any:
    return lambda town, state: (_page(name)(town, state), words)


def _meeting(name: str, words: Mapping[str, Any]) -> Any:
    def post(town: Town, state: str) -> Post:
        meeting = town.more["case_meetings"][state]
        return reverse(f"publications:{name}", args=[meeting.consultation.slug, meeting.number]), words

    return post


def _notice(name: str) -> Any:
    def post(town: Town, state: str) -> Post:
        return reverse(f"publications:{name}", args=[town.more["decided"]["decided"].slug, _pk(town, state)]), {}

    return post


def _pk(town: Town, state: str) -> int:
    pk: int = town.more["notices"][state].pk
    return pk


def _promise(town: Town, _state: str) -> Post:
    words = PROMISE | {"owner": town.person("off").pk}
    return reverse("publications:milestone-add", args=[town.more["decided"]["decided"].slug]), words


def _told(town: Town, state: str) -> Post:
    row = town.more["milestones"][state]
    words = PROMISE | {"owner": town.person("off").pk, "sentence": "It is built.", "revision": "1"}
    return reverse("publications:milestone-edit", args=[row.consultation.slug, row.number]), words


def _about(town: Town, state: str) -> tuple[Any, ...]:
    return (town.more["decided"].get(state) or town.consultations[state],)


ONLY_THE_TEAM = """
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        {state}   login   no      no      no      no      yes     no      no      second  no      no
        """


def _table(name: str, state: str, **more: Any) -> Table:
    usual = {"rule": "publications.write_decision", "about": lambda town, _state: (town.more["decided"]["decided"],)}
    return Table(name=name, text=ONLY_THE_TEAM.format(state=state), **usual | more)


TABLES = [
    Table(
        name="see how far a case is",
        rule="publications.write_decision",
        about=_about,
        page=lambda town, state: (
            _page("decision-desk")(town, state)
            if state in town.more["decided"]
            else consultation_page("publications:decision-desk")(town, state)
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      no      no      no      second  no      no
        open      login   no      no      no      no      yes     no      no      second  no      no
        heard     login   no      no      no      no      yes     no      no      second  no      no
        decided   login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="read the decision",
        page=_page("decision"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        heard     hidden  hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        decided   yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="read all versions of the decision",
        page=_page("decision-versions"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        heard     hidden  hidden  hidden  hidden  hidden  hidden  hidden  hidden  second  hidden  hidden
        decided   yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="read what was promised",
        page=_page("follow-up"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        heard     hidden  hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        decided   yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    _table("write the recommendation", "heard", post=_post("recommendation-edit", {"text": "Nej.", "revision": "1"})),
    _table("publish the recommendation", "heard", post=_post("recommendation-publish", {"revision": "1"})),
    _table("note a meeting about the case", "heard", post=_post("case-meeting-add", MEETING)),
    _table("write on a meeting about the case", "noted", post=_meeting("case-meeting-edit", MEETING)),
    _table("publish a meeting about the case", "noted", post=_meeting("case-meeting-publish", {"revision": "1"})),
    _table("take a meeting about the case away", "noted", post=_meeting("case-meeting-remove", {})),
    _table("see how far the notices are", "decided", page=_page("notice-list")),
    _table("tell more people", "decided", post=_post("notice-begin", {"ways": ["letter"], "action": "begin"})),
    _table("say that the letters are posted", "decided", post=_post("notice-post-all", {})),
    _table("say that one letter is posted", "letter", post=_notice("notice-post")),
    _table("send a notice by letter", "mail", post=_notice("notice-reroute")),
    _table("promise something", "decided", post=_promise),
    _table("tell what becomes of a promise", "planned", post=_told),
]
