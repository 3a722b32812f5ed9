"""Who may what with contributions, the queue, answers and summaries."""

from typing import Any

from django.urls import reverse

from apps.consultations.queries import phases_of
from apps.discussions.models import Attachment
from apps.discussions.queries import pause_of, readable_attachments, visible_contributions
from apps.publications.queries import visible_summaries
from apps.residency.queries import residency_of
from tests.permissions.hearings import consultation_page
from tests.permissions.table import Post, Table
from tests.permissions.town import Town

KEY = "00000000-0000-4000-8000-000000000000"


def contribution_page(name: str) -> Any:
    """Return the address of a page of the contribution in that state."""
    return lambda town, state: reverse(name, kwargs=numbered(town, state))


def numbered(town: Town, state: str) -> dict[str, Any]:
    """Return the parts of a contribution's address."""
    row = town.contributions[state]
    return {"slug": row.consultation.slug, "number": row.number}


def item_page(name: str) -> Any:
    """Return the address of a moderators' page of the contribution in that state."""
    return lambda town, state: reverse(name, args=[town.contributions[state].pk])


def _consultation(town: Town, state: str) -> tuple[Any, ...]:
    return (town.consultations[state],)


def _contribution(town: Town, state: str) -> tuple[Any, ...]:
    return (town.contributions[state],)


def _writing_moment(town: Town, state: str, viewer: Any) -> dict[str, Any]:
    return {
        "phases": phases_of(town.consultations[state]),
        "is_resident": residency_of(viewer, at=town.at) is not None,
        "pause": pause_of(viewer, town.consultations[state], at=town.at),
        "at": town.at,
    }


def _revising_moment(town: Town, state: str, viewer: Any) -> dict[str, Any]:
    consultation = town.contributions[state].consultation
    pause = pause_of(viewer, consultation, at=town.at)
    return {"phases": phases_of(consultation), "pause": pause, "at": town.at}


def _new_text(town: Town, state: str) -> Post:
    topic = town.topic(state)
    address = reverse("discussions:contribution-submit", kwargs={"slug": topic.consultation.slug, "topic": topic.slug})
    return address, {"body": "A view of mine.", "kind": "view", "key": KEY, "action": "send"}


def _places_of_a_text(town: Town, state: str) -> list[str]:
    row = town.contributions[state]
    thread = {"slug": row.consultation.slug, "topic": row.topic.slug}
    return [
        reverse("portal:topic", kwargs=thread),
        contribution_page("portal:contribution-receipt")(town, state),
        item_page("moderation:item")(town, state),
    ]


def _summary_post(town: Town, state: str) -> Post:
    summary = town.more["summaries"]["written"]
    return consultation_page(f"publications:{state}")(town, "open"), {
        "revision": summary.revision,
        "statements-TOTAL_FORMS": 1,
        "statements-INITIAL_FORMS": 0,
        "statements-0-title": "Noise",
        "statements-0-body": "Some fear noise at night.",
        "statements-0-cites": f"#{town.contributions['published'].number}",
    }


def _file(town: Town, state: str) -> tuple[Any, ...]:
    return (town.more["files"][state],)


def file_page(name: str) -> Any:
    """Return the address of the file that stands beside the contribution in that state."""
    return lambda town, state: reverse(name, kwargs=_numbered_file(town.more["files"][state]))


def _numbered_file(row: Attachment) -> dict[str, Any]:
    text = row.contribution
    return {"slug": text.consultation.slug, "number": text.number, "position": row.position}


def _holding_file(town: Town, state: str) -> Post:
    asked = {"release": "1"} if state == "held" else {"reason": "private_information", "sentence": "It shows a child."}
    return reverse("moderation:file-hold", args=[town.more["files"][state].pk]), asked


TABLES = [
    Table(
        name="open a file beside a contribution",
        rule="discussions.open_file",
        about=_file,
        visible=readable_attachments,
        page=file_page("discussions:contribution-file"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting   hidden  hidden  hidden  yes     yes     hidden  hidden  hidden  second  hidden  hidden
        published yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        held      hidden  hidden  hidden  yes     yes     hidden  hidden  hidden  second  hidden  hidden
        withdrawn hidden  hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="hold a file beside a contribution back, or show it again",
        rule="moderation.decide_contribution",
        about=lambda town, state: (town.more["files"][state].contribution,),
        page=lambda town, state: reverse("moderation:file-hold", args=[town.more["files"][state].pk]),
        post=_holding_file,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no   no      no      second  no      no
        published login   no      no      no      yes     no   no      no      second  no      no
        held      login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="write a contribution",
        rule="discussions.submit_contribution",
        about=_consultation,
        moment=_writing_moment,
        post=_new_text,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        planned   no      no      no      no      no      no   no      no      no      no      no
        open      login   yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        residents login   no      yes     yes     no      no   no      no      second  no      yes
        closed    no      no      no      no      no      no   no      no      no      no      no
        """,
    ),
    Table(
        name="write in a draft",
        rule="discussions.submit_contribution",
        about=_consultation,
        moment=_writing_moment,
        post=_new_text,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  no   hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="read a contribution",
        rule="discussions.read_contribution",
        about=_contribution,
        visible=visible_contributions,
        shows=lambda town, state: town.contributions[state].body,
        places=_places_of_a_text,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   hidden  hidden  hidden  yes     yes     no   hidden  hidden  hidden  hidden  hidden
        published yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        answered  yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        refused   hidden  hidden  hidden  yes     yes     no   hidden  hidden  hidden  hidden  hidden
        withdrawn hidden  hidden  hidden  yes     hidden  no   hidden  hidden  hidden  hidden  hidden
        moved     hidden  hidden  hidden  yes     yes     no   hidden  hidden  hidden  hidden  hidden
        late      hidden  hidden  hidden  yes     yes     no   hidden  hidden  hidden  hidden  hidden
        """,
    ),
    Table(
        name="see the receipt",
        page=contribution_page("portal:contribution-receipt"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting   login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        published login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        refused   login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        withdrawn login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        moved     login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        late      login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="change a contribution",
        rule="discussions.revise_contribution",
        about=_contribution,
        moment=_revising_moment,
        page=contribution_page("discussions:contribution-revise"),
        post=lambda town, state: (
            contribution_page("discussions:contribution-revise")(town, state),
            {"body": "Another text.", "kind": "question"},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting   login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        published login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        refused   login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        withdrawn login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        moved     login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        late      login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="withdraw a contribution",
        rule="discussions.withdraw_contribution",
        about=_contribution,
        page=contribution_page("discussions:contribution-withdraw"),
        post=lambda town, state: (contribution_page("discussions:contribution-withdraw")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting   login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        published login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        refused   login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        withdrawn login   hidden  hidden  no      hidden  hidden  hidden  hidden  second  hidden  hidden
        moved     login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        late      login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="open the queue",
        rule="moderation.work_queue",
        page=lambda _town, _state: reverse("moderation:queue"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        queue     login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="decide on a contribution",
        rule="moderation.decide_contribution",
        about=_contribution,
        post=lambda town, state: (
            item_page("moderation:contribution-decide")(town, state),
            {"outcome": "publish", "version": town.contributions[state].version},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no   no      no      second  no      no
        moved     login   no      no      no      yes     no   no      no      second  no      no
        late      login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="say what is the same letter",
        rule="moderation.settle_letter",
        about=lambda town, state: ([town.contributions[state]],),
        page=item_page("moderation:letter-settle"),
        post=lambda town, state: (item_page("moderation:letter-settle")(town, state), {"action": "apart"}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        published login   no      no      no      done    no   no      no      second  no      no
        """,
    ),
    Table(
        name="publish several",
        rule="moderation.work_queue",
        page=lambda _town, _state: reverse("moderation:bulk-publish"),
        post=lambda town, state: (
            reverse("moderation:bulk-publish"),
            {
                "id": town.contributions[state].pk,
                f"version-{town.contributions[state].pk}": 1,
                "read": town.contributions[state].pk,
            },
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="undo a decision",
        rule="moderation.undo_decision",
        about=lambda town, state: (town.more["moments"][state],),
        moment=lambda town, _state, _viewer: {"at": town.at},
        post=lambda town, state: (reverse("moderation:decision-undo", args=[town.more["moments"][state].pk]), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        just      login   no      no      no      yes     no   no      no      second  no      no
        # a minute has gone
        earlier   login   no      no      no      no      no   no      no      second  no      no
        colleague login   no      no      no      no      no   no      no      second  no      no
        """,
    ),
    Table(
        name="read what moderators noted",
        rule="moderation.read_facts",
        about=_contribution,
        page=item_page("moderation:item"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no   no      no      second  no      no
        published login   no      no      no      yes     no   no      no      second  no      no
        refused   login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="answer a contribution",
        rule="discussions.answer_contribution",
        about=_contribution,
        page=contribution_page("publications:answer-publish"),
        post=lambda town, state: (
            contribution_page("publications:answer-publish")(town, state),
            {"body": "Yes.", "submission_key": KEY},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        published login   no      no      no      no      yes     no      no      second  no      no
        answered  login   no      no      no      no      no      no      no      second  no      no
        waiting   login   no      no      no      no      hidden  no      no      second  no      no
        refused   login   no      no      no      no      no      no      no      second  no      no
        withdrawn login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="answer for the municipality",
        rule="publications.write_answer",
        page=lambda town, _state: contribution_page("publications:answer-publish")(town, "published"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        any       login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="write the summary",
        rule="publications.write_summary",
        about=lambda town, state: (town.consultations[state],),
        page=consultation_page("publications:summary-edit"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        closed    login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="save and publish the summary",
        rule="publications.write_summary",
        about=lambda town, _state: (town.consultations["open"],),
        post=_summary_post,
        text="""
                        anon    new     res     own     mod     off  adm     sup     half    org     prot
        summary-edit    login   no      no      no      no      yes  no      no      second  no      no
        summary-publish login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="take a case",
        rule="moderation.decide_contribution",
        about=_contribution,
        post=lambda town, state: (item_page("moderation:contribution-claim")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no   no      no      second  no      no
        """,
    ),
    Table(
        name="read the summary",
        rule="publications.view_summary",
        about=lambda town, state: (town.more["summaries"][state],),
        visible=visible_summaries,
        page=lambda town, state: consultation_page("publications:summary")(
            town, {"written": "open", "published": "closed"}[state]
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        written   hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        published yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="open the desk",
        rule="portal.open_desk",
        page=lambda _town, _state: reverse("portal:desk"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        desk      login   no      no      no      no      yes  yes     no      second  no      no
        """,
    ),
]
