"""Who may what with the suggestion box and with news."""

from typing import Any

from django.urls import reverse

from apps.consultations.models import Consultation
from apps.consultations.queries import phases_of
from apps.discussions.models import Contribution
from apps.residency.queries import residency_of
from tests import factories
from tests.factories.standing import a_box, a_post, a_suggestion
from tests.permissions.staff import of
from tests.permissions.table import Post, Table
from tests.permissions.town import Town

POST = {"title": "Merry Christmas", "body": "It is lit.", "write_access": "residents", "takes_contributions": "on"}


def posts(town: Town) -> dict[str, Consultation]:
    """Return a post that everyone reads."""
    return {"public": a_post(at=town.at)}


def suggestions(town: Town) -> dict[str, Contribution]:
    """Return a suggestion that everyone reads, a reply to it, and one that waits."""
    box = a_box(at=town.at)
    public = a_suggestion(box, at=town.at, body="a bench by the lake")
    made = {
        "public": public,
        "reply": factories.a_published(public.topic, at=town.at, in_reply_to=public),
        "waiting": factories.a_contribution(public.topic, at=town.at, body="a playground"),
    }
    return {
        state: Contribution.stored.select_related("consultation", "topic").get(pk=row.pk) for state, row in made.items()
    }


def _numbered(name: str) -> Any:
    def page(town: Town, state: str) -> str:
        row: Contribution = town.more["suggestions"][state]
        return reverse(name, args=[row.consultation.slug, row.number])

    return page


def _status(town: Town, state: str) -> Post:
    return _numbered("discussions:suggestion-status")(town, state), {"status": "planned", "sentence": "In May."}


def _agreeing(town: Town, state: str, viewer: Any) -> dict[str, Any]:
    phases = phases_of(town.more["suggestions"][state].consultation)
    return {"phases": phases, "is_resident": residency_of(viewer, at=town.at) is not None, "at": town.at}


def _news_edit(town: Town, state: str) -> str:
    return reverse("consultations:news-edit", kwargs={"slug": town.more["posts"][state].slug})


def _edited(town: Town, state: str) -> Post:
    post = town.more["posts"][state]
    return _news_edit(town, state), POST | {"what_changed": "More light.", "revision": post.revision}


TABLES = [
    Table(
        name="keep the suggestion box",
        rule="consultations.keep_box",
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        box       no      no      no      no      no      yes     no      no      no      no      no
        """,
    ),
    Table(
        name="read the suggestion box",
        page=lambda _town, _state: reverse("portal:suggestion-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        box       yes     yes     yes     yes     yes     yes     yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="say what becomes of a suggestion",
        rule="discussions.set_suggestion_status",
        about=of("suggestions"),
        page=_numbered("discussions:suggestion-status"),
        post=_status,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        public    login   no      no      no      no      yes     no      no      second  no      no
        reply     login   no      no      no      no      no      no      no      second  no      no
        waiting   login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="agree",
        rule="discussions.agree_contribution",
        about=of("suggestions"),
        moment=_agreeing,
        post=lambda town, state: (_numbered("discussions:agreement")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        public    login   no      yes     yes     no      no      no      no      second  no      yes
        reply     login   no      yes     yes     no      no      no      no      second  no      yes
        waiting   login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="write news",
        rule="consultations.edit_news",
        page=lambda _town, _state: reverse("consultations:news-create"),
        post=lambda _town, _state: (reverse("consultations:news-create"), POST | {"title": "A new post"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        post      login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
    Table(
        name="change news",
        page=_news_edit,
        post=_edited,
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        public    login   no      no      no      no      yes     no      no      second  no      no
        """,
    ),
]
