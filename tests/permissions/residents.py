"""Who may what with residencies, letters, copies of one's data and one's own pages."""

from typing import Any

from django.urls import reverse

from apps.residency.queries import visible_letters, visible_waiting
from tests.permissions.staff import by_id, of
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def _grant(town: Town, state: str) -> Post:
    words = {
        "email": town.more["accounts"][state].email,
        "grant": "1",
        "document": "passport",
        "name": "Somebody New",
        "address": "Havnegade 12, 6990 Ulfborg",
        "district": town.district.pk,
    }
    return reverse("residency:desk"), words


def _residency_post(name: str, **words: str) -> Any:
    return lambda town, state: (by_id(name, "residencies")(town, state), words)


def _named(name: str) -> Any:
    return lambda _town, _state: reverse(name)


TABLES = [
    Table(
        name="open the residents' desk",
        rule="residency.open_desk",
        page=_named("residency:desk"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        desk      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="see what waits for a second official",
        rule="residency.open_desk",
        page=_named("residency:waiting-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="verify somebody at the desk",
        rule="residency.grant_residency",
        about=of("accounts"),
        post=_grant,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        free      login   no      no      no      no      yes     no      no      second  no      no
        # the official's own account
        off       login   no      no      no      no      no      no      no      second  no      no
        org       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="verify at the desk who is a resident, or left",
        post=_grant,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        resident  login   no      no      no      no      no      no      no      second  no      no
        closed    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="confirm a residency that waits",
        rule="residency.confirm_residency",
        about=of("residencies"),
        visible=visible_waiting,
        post=_residency_post("residency:double-decide", decision="confirm"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        proposed  login   no      no      no      no      yes     no      no      second  no      no
        # seen by the official who is asked
        by_off    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="decline a residency that waits",
        rule="residency.confirm_residency",
        about=of("residencies"),
        post=_residency_post("residency:double-decide", decision="decline", sentence="They are one person."),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        proposed  login   no      no      no      no      yes     no      no      second  no      no
        by_off    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="decide on a residency that does not wait",
        post=_residency_post("residency:double-decide", decision="confirm"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        mitid     login   no      no      no      no      no      no      no      second  no      no
        ended     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="end somebody's residency",
        rule="residency.revoke_residency",
        about=of("residencies"),
        post=_residency_post("residency:residency-revoke", reason="moved_out", sentence="You have moved."),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        mitid     login   no      no      no      no      yes     no      no      second  no      no
        expired   login   no      no      no      no      yes     no      no      second  no      no
        # granted by the official who is asked
        granted   login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="end a residency that ended",
        post=_residency_post("residency:residency-revoke", reason="moved_out", sentence="You have moved."),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        ended     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="verify oneself",
        rule="residency.verify_oneself",
        page=_named("residency:verify"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        page      login   yes     yes     yes     yes     yes     yes     yes     yes     no      yes
        """,
    ),
    Table(
        name="end one's own residency",
        post=lambda _town, _state: (reverse("residency:residency-end"), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        own       login   no      yes     yes     no      no      no      no      no      yes     yes
        """,
    ),
    Table(
        name="read and call off a letter",
        rule="residency.cancel_letter",
        about=of("letters"),
        visible=visible_letters,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested no      no      no      no      no      yes     no      no      no      no      no
        # the official's own
        off       no      no      no      no      no      no      no      no      no      no      no
        posted    no      no      no      no      no      yes     no      no      no      no      no
        locked    no      no      no      no      no      yes     no      no      no      no      no
        used      no      no      no      no      no      yes     no      no      no      no      no
        """,
    ),
    Table(
        name="call off somebody's letter",
        post=lambda town, state: (
            by_id("residency:letter-call-off", "letters")(town, state),
            {"sentence": "Wrong."},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested login   no      no      no      no      yes     no      no      second  no      no
        posted    login   no      no      no      no      yes     no      no      second  no      no
        locked    login   no      no      no      no      no      no      no      second  no      no
        used      login   no      no      no      no      no      no      no      second  no      no
        off       login   no      no      no      no      hidden  no      no      second  no      no
        """,
    ),
    Table(
        name="see and choose the letters that wait",
        rule="residency.open_desk",
        page=_named("residency:letter-list"),
        post=lambda town, _state: (
            reverse("residency:letter-list"),
            {"letters": [town.more["letters"]["requested"].pk]},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="see letters that are printed together",
        rule="residency.open_desk",
        page=by_id("residency:letter-batch", "batches"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      no      yes     no      no      second  no      no
        with_off  login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="print letters with new codes",
        rule="residency.print_letters",
        about=of("batches"),
        post=lambda town, state: (by_id("residency:letter-batch-table", "batches")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        open      login   no      no      no      no      yes     no      no      second  no      no
        printed   login   no      no      no      no      yes     no      no      second  no      no
        # the official's own letter is among them
        with_off  login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="say that letters are posted",
        rule="residency.print_letters",
        about=of("batches"),
        page=by_id("residency:letter-batch-post", "batches"),
        post=lambda town, state: (by_id("residency:letter-batch-post", "batches")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        printed   login   no      no      no      no      yes     no      no      second  no      no
        with_off  login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="ask for a letter",
        post=lambda _town, _state: (
            reverse("residency:letter-request"),
            {"name": "A Person", "street": "Klintevej 90", "postal_code": "6990", "action": "send"},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        first     login   yes     no      no      yes     no      yes     yes     yes     no      no
        """,
    ),
    Table(
        name="call off one's own letter",
        post=lambda _town, _state: (reverse("residency:letter-cancel"), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        own       login   no      no      no      no      yes     no      no      no      no      no
        """,
    ),
    Table(
        name="download a copy of somebody's data",
        page=by_id("portal:export-download", "exports"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        ready     login   hidden  hidden  yes     hidden  hidden  hidden  hidden  second  hidden  hidden
        expired   login   hidden  hidden  hidden  hidden  hidden  hidden  hidden  second  hidden  hidden
        requested login   hidden  hidden  hidden  hidden  hidden  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="ask for a copy of one's data",
        post=lambda _town, _state: (reverse("portal:export-request"), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        first     login   yes     yes     no      yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="see one's own pages",
        page=_named("portal:my-data"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        data      login   yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="delete one's account by the address of another",
        page=_named("portal:account-delete"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        page      login   yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="delete the account of the owner",
        post=lambda town, _state: (reverse("portal:account-delete"), {"address": town.person("own").email}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        typed     login   no      no      yes     no      no      no      no      no      no      no
        """,
    ),
]
