"""Who ends a topic, and who offers a suggestion as a citizen proposal."""

from typing import Any

from django.urls import reverse

from apps.municipality.queries import ProposalTerms
from apps.residency.queries import residency_of
from tests.permissions.table import Post, Table
from tests.permissions.town import Town

TERMS = ProposalTerms(threshold=2, days=10, minimum_age=0)


def _topic(town: Town, state: str) -> tuple[Any, ...]:
    return (town.topic(state),)


def _page(name: str) -> Any:
    def page(town: Town, state: str) -> str:
        topic = town.topic(state)
        return reverse(name, kwargs={"slug": topic.consultation.slug, "topic": topic.slug})

    return page


def _deleting(town: Town, state: str) -> Post:
    return _page("discussions:topic-delete")(town, state), {}


def _offering(town: Town, _state: str, viewer: Any) -> dict[str, Any]:
    return {"terms": TERMS, "residency": residency_of(viewer, at=town.at)}


TABLES = [
    Table(
        name="merge a topic into another",
        rule="consultations.end_topic",
        about=_topic,
        page=_page("discussions:topic-merge"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        open      login   no      no      no      no      yes     no      no      second  no      no
        closed    login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="delete a topic",
        rule="consultations.remove_topic",
        about=_topic,
        page=_page("discussions:topic-delete"),
        post=_deleting,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="offer a citizen proposal",
        rule="discussions.offer_proposal",
        about=lambda town, _state: (town.more["suggestions"]["public"].consultation,),
        moment=_offering,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        box       no      no      yes     yes     no      no      no      no      no      no      yes
        """,
    ),
]
