"""Who may what with meetings, and who sees who has signed up."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from apps.consultations.models import Meeting, MeetingSignUp
from apps.consultations.queries import visible_meetings, visible_sign_ups
from tests.permissions.staff import of
from tests.permissions.table import Post, Table
from tests.permissions.town import Town

WORDS = {"title": "Another", "day": "2026-10-01", "starts": "19:00", "ends": "21:00", "place": "Town hall"}


def _page(name: str) -> Any:
    def address(town: Town, state: str) -> str:
        meeting: Meeting = town.more["meetings"][state]
        return reverse(name, kwargs={"slug": meeting.consultation.slug, "meeting": meeting.number})

    return address


def _post(name: str, words: Mapping[str, Any]) -> Any:
    def post(town: Town, state: str) -> Post:
        return _page(name)(town, state), words

    return post


def _moment(town: Town, _state: str, _viewer: Any) -> dict[str, Any]:
    return {"at": town.at}


def _sign_up(town: Town, state: str) -> tuple[MeetingSignUp]:
    return (MeetingSignUp.objects.get(meeting=town.more["meetings"][state]),)


TABLES = [
    Table(
        name="see a meeting",
        visible=visible_meetings,
        about=of("meetings"),
        page=_page("consultations:meeting"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        coming    yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        held      yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        off       yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="take a meeting's file for calendars",
        page=_page("consultations:meeting-calendar"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes     hidden  hidden  second  hidden  hidden
        coming    yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        off       yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="sign up for a meeting",
        rule="consultations.sign_up",
        about=of("meetings"),
        moment=_moment,
        post=_post("consultations:meeting-sign-up", {"companions": "1"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  no      hidden  hidden  second  hidden  hidden
        coming    login   yes     yes     done    yes     yes     yes     yes     yes     yes     yes
        just_come login   no      no      no      no      no      no      no      second  no      no
        held      login   no      no      no      no      no      no      no      second  no      no
        off       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="sign off from a meeting",
        post=_post("consultations:meeting-sign-off", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  done    hidden  hidden  second  hidden  hidden
        coming    login   done    done    yes     done    done    done    done    done    done    done
        """,
    ),
    Table(
        name="see everyone who has signed up",
        rule="consultations.see_sign_ups",
        about=of("meetings"),
        page=_page("consultations:meeting-people"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      yes     no      no      second  no      no
        coming    login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="see that somebody has signed up",
        visible=visible_sign_ups,
        about=_sign_up,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        coming    login   no      no      yes     no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="change a meeting",
        rule="consultations.change_meeting",
        about=of("meetings"),
        moment=_moment,
        post=_post("consultations:meeting-edit", WORDS | {"takes_sign_ups": "on"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      yes     no      no      second  no      no
        coming    login   no      no      no      no      yes     no      no      second  no      no
        held      login   no      no      no      no      no      no      no      second  no      no
        off       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="open a meeting at the desk",
        page=_page("consultations:meeting-edit"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      yes     no      no      second  no      no
        held      login   no      no      no      no      yes     no      no      second  no      no
        off       login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="call a meeting off",
        post=_post("consultations:meeting-call-off", {"reason": "The hall has burnt down."}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      yes     no      no      second  no      no
        coming    login   no      no      no      no      yes     no      no      second  no      no
        held      login   no      no      no      no      no      no      no      second  no      no
        off       login   no      no      no      no      done    no      no      second  no      no
        """,
    ),
    Table(
        name="publish the minutes of a meeting",
        rule="consultations.publish_minutes",
        about=of("meetings"),
        moment=_moment,
        page=_page("consultations:minutes-edit"),
        post=_post("consultations:minutes-edit", {"minutes": "Many came, and much was said."}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        draft     login   no      no      no      no      no      no      no      second  no      no
        coming    login   no      no      no      no      no      no      no      second  no      no
        held      login   no      no      no      no      yes     no      no      second  no      no
        off       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
]
