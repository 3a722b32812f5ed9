"""Who may what with a pause in somebody's writing, and what the town has of them."""

from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from tests import factories
from tests.moderation.pauses import a_pause, an_appeal_against
from tests.permissions.table import Post, Table
from tests.permissions.texts import item_page
from tests.permissions.town import DAY, Town

WORDS = "A sentence about it."


def of(town: Town, milo: User) -> dict[str, dict[str, Any]]:
    """Return pauses in a hearing that is over, so that they keep nobody from what the other tables are about.

    The author's by Milo, without an appeal; with one, by who decided first.
    """
    topic, at = town.topic("closed"), town.at - 2 * DAY
    own = town.contributions["late"]
    by = {"own_of_milo": (own, milo)}
    for state, person, moderator in (("of_mod", "res", town.person("mod")), ("of_milo", "sup", milo)):
        text = factories.a_contribution(topic, at=at, body=f"paused {state}", by=town.person(person))
        by[state] = (text, moderator)
    pauses = {state: a_pause(text, at=town.at, by=moderator) for state, (text, moderator) in by.items()}
    appeals = {state: an_appeal_against(pauses[state], at=town.at) for state in ("of_mod", "of_milo")}
    return {"pauses": pauses, "pause_appeals": appeals}


def _page(name: str, kind: str) -> Any:
    return lambda town, state: reverse(name, args=[town.more[kind][state].pk])


def _post(name: str, kind: str, words: dict[str, str]) -> Any:
    def post(town: Town, state: str) -> Post:
        return _page(name, kind)(town, state), words

    return post


def _pause(town: Town, state: str) -> Post:
    words = {"where": "here", "days": "3", "reason": "personal_attack", "sentence": WORDS, "confirmed": "on"}
    return item_page("moderation:person-pause")(town, state), words


TABLES = [
    Table(
        name="pause the writing of an author",
        rule="moderation.pause_person",
        about=lambda town, state: (town.contributions[state],),
        post=_pause,
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting     login   no      no      no      yes     no      no      no      second  no      no
        published   login   no      no      no      yes     no      no      no      second  no      no
        answered    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="see what pausing an author would mean",
        rule="moderation.open_case",
        about=lambda town, state: (town.contributions[state],),
        page=item_page("moderation:person-pause"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting     login   no      no      no      yes     no      no      no      second  no      no
        answered    login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="see the list of pauses",
        rule="moderation.work_cases",
        page=lambda _town, _state: reverse("moderation:pause-list"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        any         login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="end a pause before its time",
        rule="moderation.lift_pause",
        about=lambda town, state: (town.more["pauses"][state],),
        page=_page("moderation:pause-lift", "pauses"),
        post=_post("moderation:pause-lift", "pauses", {}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        own_of_milo login   no      no      no      yes     no      no      no      second  no      no
        of_mod      login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="see the pause in one's own writing",
        page=_page("portal:my-pause", "pauses"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        own_of_milo login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        of_mod      login   hidden  yes     hidden  hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="appeal against a pause",
        rule="moderation.appeal_pause",
        about=lambda town, state: (town.more["pauses"][state],),
        moment=lambda town, _state, _viewer: {"at": town.at},
        page=_page("moderation:pause-appeal", "pauses"),
        post=_post("moderation:pause-appeal", "pauses", {"text": WORDS}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        own_of_milo login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="see an appeal against a pause",
        page=_page("moderation:pause-appeal-decide", "pause_appeals"),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        of_milo     login   no      no      no      yes     no      no      no      second  no      no
        of_mod      login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="decide an appeal against a pause",
        rule="moderation.decide_pause_appeal",
        about=lambda town, state: (town.more["pause_appeals"][state],),
        post=_post("moderation:pause-appeal-decide", "pause_appeals", {"outcome": "reversed", "sentence": WORDS}),
        text="""
                    anon    new     res     own     mod     off     adm     sup     half    org     prot
        of_milo     login   no      no      no      yes     no      no      no      second  no      no
        of_mod      login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
]
