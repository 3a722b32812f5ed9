"""Who objects to how a white paper renders a contribution, who reads that, and who answers it."""

from typing import Any

from django.urls import reverse

from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.discussions.models import Contribution
from apps.publications.actions.objections import object_to_rendering
from apps.publications.models import Objection
from apps.publications.queries.objections import visible_objections
from tests import factories
from tests.leaks.papers import accounted_for, resting_on
from tests.permissions.hearings import consultation_page
from tests.permissions.table import Table
from tests.permissions.town import Town


def of(town: Town) -> dict[str, Any]:
    """Return a text that a published white paper treats, and one about which its author has objected."""
    hearing = factories.a_hearing(at=town.at, title="Accounted for")
    topic = factories.the_topic(hearing)
    texts = {
        state: factories.a_published(topic, at=town.at, by=town.person("own"), body=f"{state} in the white paper")
        for state in ("treated", "objected")
    }
    resting_on(hearing, texts.values(), town.at)
    reader = town.more["roles"]["active"].person
    add_member(consultation=hearing, person=reader, role=TeamRole.EDITOR, by=town.person("off"), at=town.at)
    accounted_for(hearing, at=town.at, by=reader)
    sent = object_to_rendering(contribution=texts["objected"], text="Not so.", by=town.person("own"), at=town.at)
    rows = Objection.objects.select_related("paper__consultation", "contribution")
    return {"treated": texts, "objections": {"sent": rows.get(pk=sent.pk)}}


def _text(town: Town, state: str) -> Contribution:
    found: Contribution = town.more["treated"][state]
    return found


def _send(town: Town, state: str) -> str:
    row = _text(town, state)
    return reverse("publications:objection-send", args=[row.consultation.slug, row.number])


def _answer(town: Town, state: str) -> str:
    row = town.more["objections"][state]
    return reverse("publications:objection-answer", args=[row.paper.consultation.slug, row.number])


TABLES = [
    Table(
        name="object to how a white paper renders a contribution",
        rule="publications.object_to_rendering",
        about=lambda town, state: (_text(town, state),),
        page=_send,
        post=lambda town, state: (_send(town, state), {"text": "Not so."}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        treated   login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="read an objection",
        rule="publications.see_objection",
        about=lambda town, state: (town.more["objections"][state],),
        visible=visible_objections,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        sent      no      no      no      yes     no      yes  no      no      no      no      no
        """,
    ),
    Table(
        name="see the objections to a white paper",
        rule="publications.answer_objections",
        about=lambda town, state: (town.consultations[state],),
        page=consultation_page("publications:objection-list"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        open      login   no      no      no      no      yes  no      no      second  no      no
        closed    login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="answer an objection",
        rule="publications.answer_objections",
        about=lambda town, state: (town.more["objections"][state].paper.consultation,),
        page=_answer,
        post=lambda town, state: (_answer(town, state), {"reply": "We look at it."}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        sent      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
]
