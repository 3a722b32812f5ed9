"""Who may what with roles, organisations, legal holds, retention, and the erasing of texts."""

from typing import Any

from django.urls import reverse

from apps.accounts.queries import visible_organisations
from tests.permissions.table import Post, Table
from tests.permissions.town import AT, DAY, Town

TODAY, NEXT_YEAR = AT.date().isoformat(), (AT + 365 * DAY).date().isoformat()


def of(kind: str) -> Any:
    """Return what a rule is asked about: the one of that kind in that state."""
    return lambda town, state: (town.more[kind][state],)


def by_id(name: str, kind: str) -> Any:
    """Return the address of a page about the one of that kind in that state."""
    return lambda town, state: reverse(name, args=[town.more[kind][state].pk])


def _grant_role(town: Town, state: str) -> Post:
    person = town.more["accounts"][state]
    words = {"email": person.email, "grant": "1", "role": "moderator", "first_day": TODAY}
    return reverse("accounts:role-grant"), words


def _decide_organisation(decision: str) -> Any:
    def post(town: Town, state: str) -> Post:
        row = town.more["organisations"][state]
        words = {"decision": decision, "sentence": "As it is.", "asked": row.requested_at.isoformat()}
        return reverse("accounts:organisation-decide", args=[row.pk]), words

    return post


def _place_hold(town: Town, state: str) -> Post:
    person = town.more["accounts"][state]
    words = {"email": person.email, "place": "1", "reason": "A case at court.", "review_on": NEXT_YEAR}
    return reverse("portal:person-hold"), words


def _place_hold_on_text(town: Town, state: str) -> Post:
    row = town.contributions[state]
    words = {"consultation": row.consultation.slug, "slug": row.consultation.slug, "number": row.number}
    return reverse("portal:contribution-hold"), words | {"reason": "A case at court.", "review_on": NEXT_YEAR}


def _propose_erasure(town: Town, state: str) -> Post:
    address = reverse("moderation:erasure-propose", args=[town.contributions[state].pk])
    return address, {"ground": "third_party", "sentence": "It names a child."}


def _decide_erasure(action: str) -> Any:
    return lambda town, state: (
        reverse("moderation:erasure-decide", args=[town.more["erasures"][state].pk]),
        {"action": action},
    )


def _add_reason(town: Town, state: str) -> Post:
    words = {"title_da": "Gentagelse", "title_en": "Repetition", "ground": "incompatible"}
    return reverse("municipality:reason-add"), words | {"category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"}


RETIRE = {"action": "retire"}


def _add_legal_basis(_town: Town, _state: str) -> Post:
    words = {"name_da": "Vejplan", "name_en": "Road plan", "paragraph": "Vejloven § 1", "minimum_days": "28"}
    return reverse("municipality:legal-basis-add"), words


TABLES = [
    Table(
        name="see the reasons for decisions",
        rule="municipality.edit_reasons",
        page=lambda _town, _state: reverse("municipality:reason-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="see one reason for decisions",
        rule="municipality.edit_reasons",
        page=lambda _town, _state: reverse("municipality:reason-edit", args=["spam"]),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        one       login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="add a reason for decisions",
        rule="municipality.edit_reasons",
        post=_add_reason,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        new       login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="retire a reason for decisions",
        rule="municipality.edit_reasons",
        post=lambda _town, _state: (reverse("municipality:reason-edit", args=["spam"]), {"action": "retire"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        used      login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="see the legal bases",
        rule="municipality.edit_legal_bases",
        page=lambda _town, _state: reverse("municipality:legal-basis-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="see one legal basis",
        rule="municipality.edit_legal_bases",
        page=lambda _town, _state: reverse("municipality:legal-basis-edit", args=["local_plan"]),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        one       login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="add a legal basis",
        rule="municipality.edit_legal_bases",
        post=_add_legal_basis,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        new       login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="retire a legal basis",
        rule="municipality.edit_legal_bases",
        post=lambda _town, _state: (reverse("municipality:legal-basis-edit", args=["local_plan"]), RETIRE),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        used      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="see who has a role",
        rule="accounts.grant_role",
        page=lambda _town, _state: reverse("accounts:person-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="give a role",
        rule="accounts.grant_role",
        about=of("accounts"),
        post=_grant_role,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        free      login   no      no      no      no      no      yes     no      second  no      no
        # an administrator's own account
        adm       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="end a role",
        rule="accounts.grant_role",
        about=lambda town, state: (town.more["roles"][state].person,),
        page=by_id("accounts:role-end", "roles"),
        post=lambda town, state: (by_id("accounts:role-end", "roles")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        planned   login   no      no      no      no      no      yes     no      second  no      no
        active    login   no      no      no      no      no      yes     no      second  no      no
        # an administrator's own role
        own       login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="ask for an organisation's account",
        rule="accounts.request_organisation",
        post=lambda _town, _state: (
            reverse("accounts:organisation-request"),
            {"name": "Wind Guild", "cvr": "13612870", "speaker": "A Person"},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        none      login   yes     yes     yes     no      no      no      yes     second  done    yes
        """,
    ),
    Table(
        name="see an organisation",
        rule="accounts.decide_organisation",
        about=of("organisations"),
        visible=visible_organisations,
        page=by_id("accounts:organisation-decide", "organisations"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested login   no      no      no      no      yes     no      no      second  no      no
        confirmed login   no      no      no      no      yes     no      no      second  no      no
        refused   login   no      no      no      no      yes     no      no      second  no      no
        ended     login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="confirm an organisation",
        post=_decide_organisation("confirm"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested login   no      no      no      no      yes     no      no      second  no      no
        confirmed login   no      no      no      no      no      no      no      second  no      no
        refused   login   no      no      no      no      no      no      no      second  no      no
        ended     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="refuse an organisation",
        post=_decide_organisation("refuse"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested login   no      no      no      no      yes     no      no      second  no      no
        confirmed login   no      no      no      no      no      no      no      second  no      no
        refused   login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="end an organisation",
        post=_decide_organisation("end"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        requested login   no      no      no      no      no      no      no      second  no      no
        confirmed login   no      no      no      no      yes     no      no      second  no      no
        ended     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="place a hold on a person",
        rule="accounts.place_hold",
        page=lambda _town, _state: reverse("portal:person-hold"),
        post=_place_hold,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        free      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="place a hold on a person once more",
        post=_place_hold,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        held      login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="place a hold on a text",
        rule="accounts.place_hold",
        page=lambda _town, _state: reverse("portal:contribution-hold"),
        post=_place_hold_on_text,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        published login   no      no      no      no      no      yes     no      second  no      no
        waiting   login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="lift a hold",
        rule="accounts.place_hold",
        page=by_id("portal:hold-lift", "holds"),
        post=lambda town, state: (by_id("portal:hold-lift", "holds")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        standing  login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="see the holds",
        rule="accounts.place_hold",
        page=lambda _town, _state: reverse("portal:hold-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="see what is kept for how long",
        rule="portal.open_retention",
        page=lambda _town, _state: reverse("portal:retention"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      no      yes     no      second  no      no
        """,
    ),
    Table(
        name="propose that a text is erased",
        rule="discussions.propose_erasure",
        about=lambda town, state: (town.contributions[state],),
        page=lambda town, state: reverse("moderation:erasure-propose", args=[town.contributions[state].pk]),
        post=_propose_erasure,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        published login   no      no      no      yes     no      no      no      second  no      no
        refused   login   no      no      no      yes     no      no      no      second  no      no
        withdrawn login   no      no      no      yes     no      no      no      second  no      no
        waiting   login   no      no      no      no      no      no      no      second  no      no
        erased    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="erase a text that was proposed",
        rule="discussions.decide_erasure",
        about=of("erasures"),
        post=_decide_erasure("erase"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        proposed  login   no      no      no      yes     no      no      no      second  no      no
        # by the moderator who is asked, who decides nothing alone
        by_mod    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="decline to erase a text",
        rule="discussions.decide_erasure",
        about=of("erasures"),
        post=_decide_erasure("decline"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        proposed  login   no      no      no      yes     no      no      no      second  no      no
        by_mod    login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="see how moderation is doing",
        rule="moderation.see_measures",
        page=lambda _town, _state: reverse("moderation:measure-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        figures   login   no      no      no      yes     yes     no      no      second  no      no
        """,
    ),
    Table(
        name="read a decided text again",
        rule="moderation.read_again",
        about=lambda town, _state: (town.more["decisions"]["sampled"],),
        page=lambda _town, _state: reverse("moderation:second-reading"),
        post=lambda town, _state: (
            reverse("moderation:second-reading"),
            {"decision": town.more["decisions"]["sampled"].pk, "verdict": "publish"},
        ),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        sampled   login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
    Table(
        name="put the evidence about a text together",
        rule="portal.open_evidence",
        about=lambda town, state: (town.contributions[state],),
        moment=lambda _town, _state, _viewer: {"is_held": False},
        page=lambda town, state: reverse("portal:evidence", args=[town.contributions[state].pk]),
        post=lambda town, state: (reverse("portal:evidence", args=[town.contributions[state].pk]), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        waiting   login   no      no      no      yes     no      no      no      second  no      no
        refused   login   no      no      no      yes     no      no      no      second  no      no
        withdrawn login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
]
