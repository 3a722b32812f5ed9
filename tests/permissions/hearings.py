"""Who may what with consultations and their parts."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.consultations.models import DocumentVersion
from apps.consultations.queries import readable_files, visible_consultations
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def consultation_page(name: str) -> Any:
    """Return the address of a page of the consultation in that state."""
    return lambda town, state: reverse(name, kwargs={"slug": town.consultations[state].slug})


def _consultation(town: Town, state: str) -> tuple[Any, ...]:
    return (town.consultations[state],)


def _draft(town: Town, _state: str) -> tuple[Any, ...]:
    return (town.consultations["draft"],)


def _document(town: Town, state: str) -> str:
    return reverse("consultations:document", kwargs={"slug": town.consultations[state].slug, "position": 1})


def _file(town: Town, state: str) -> tuple[Any, ...]:
    return (DocumentVersion.objects.get(document__consultation=town.consultations[state]),)


def _replacing(town: Town, state: str) -> str:
    return reverse("consultations:document-replace", kwargs={"slug": town.consultations[state].slug, "position": 1})


def _replacing_post(town: Town, state: str) -> Post:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\nnothing more", content_type="application/pdf")
    return _replacing(town, state), {"title": "Plan", "file": file, "what_changed": "A map was added."}


def _holding_post(town: Town, state: str) -> Post:
    where = {"slug": town.consultations[state].slug, "position": 1, "version": 1}
    asked = {"release": "1"} if state == "open" else {"sentence": "It names a neighbour."}
    return reverse("consultations:document-hold", kwargs=where), asked


PHASES = {
    "phases-TOTAL_FORMS": 1,
    "phases-INITIAL_FORMS": 0,
    "phases-0-title": "Hearing",
    "phases-0-first_day": "2026-09-15",
    "phases-0-last_day": "2026-12-24",
    "phases-0-accepts_contributions": "on",
}
NO_FACTS = {"facts-TOTAL_FORMS": 0, "facts-INITIAL_FORMS": 0}
ONE_FACT = NO_FACTS | {"facts-TOTAL_FORMS": 1, "facts-0-value": "7", "facts-0-label": "turbines"}
# What is edited with a consultation, and what is posted there.
PARTS: dict[str, dict[str, Any]] = {
    "phase-list-edit": PHASES,
    "fact-list-edit": ONE_FACT,
    "topic-add": {"title": "One more", "icon": "chat"} | NO_FACTS,
    "topic-edit": {"title": "Another title", "icon": "chat"} | NO_FACTS,
    "legal-edit": {"legal_basis": "local_plan"},
    "english-edit": {"title": "A pump at the bog"},
    "map-edit": {
        "description": "A mill on the heath.",
        "rings": "600",
        "points-TOTAL_FORMS": 1,
        "points-INITIAL_FORMS": 0,
        "points-0-kind": "turbine",
        "points-0-north": "56.38",
        "points-0-east": "8.19",
    },
    "meeting-add": {"title": "Meeting", "day": "2026-10-01", "starts": "19:00", "ends": "21:00", "place": "Town hall"},
}


def _part(town: Town, state: str) -> str:
    """Return the address of a page on which a part of the draft is edited; the state names it."""
    consultation = town.consultations["draft"]
    more = {"topic": town.topic("draft").slug} if state == "topic-edit" else {}
    return reverse(f"consultations:{state}", kwargs={"slug": consultation.slug} | more)


def _document_post(town: Town, _state: str) -> Post:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\nnothing", content_type="application/pdf")
    return consultation_page("consultations:document-add")(town, "draft"), {"title": "Plan", "file": file}


TABLES = [
    Table(
        name="see a consultation",
        rule="consultations.view_consultation",
        about=_consultation,
        visible=visible_consultations,
        page=consultation_page("portal:consultation"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        planned   yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        open      yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        residents yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        closed    yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="follow a consultation",
        rule="notifications.follow_consultation",
        about=_consultation,
        post=lambda town, state: (consultation_page("notifications:consultation-follow")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  no   hidden  hidden  second  hidden  hidden
        planned   login   yes     yes     done    yes     yes  yes     yes     yes     yes     yes
        open      login   yes     yes     done    yes     yes  yes     yes     yes     yes     yes
        residents login   yes     yes     done    yes     yes  yes     yes     yes     yes     yes
        closed    login   yes     yes     done    yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="stop following a consultation",
        post=lambda town, state: (consultation_page("notifications:consultation-unfollow")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  done hidden  hidden  second  hidden  hidden
        planned   login   done    done    yes     done    done done    done    done    done    done
        open      login   done    done    yes     done    done done    done    done    done    done
        closed    login   done    done    yes     done    done done    done    done    done    done
        """,
    ),
    Table(
        name="read a document",
        rule="consultations.read_document",
        about=_file,
        visible=readable_files,
        page=_document,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        planned   yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        open      hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        """,
    ),
    Table(
        name="edit a consultation",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:consultation-edit"),
        post=lambda town, state: (
            consultation_page("consultations:consultation-edit")(town, state),
            {
                "title": "Another",
                "write_access": "confirmed",
                "name_policy": "full_name",
                "moderation_mode": "before",
                "what_changed": "The title.",
            },
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        closed    login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="edit a part of a consultation",
        rule="consultations.edit_consultation",
        about=_draft,
        page=_part,
        post=lambda town, state: (_part(town, state), PARTS[state]),
        text="""
                        anon    new     res     own     mod     off  adm     sup     half    org     prot
        phase-list-edit login   no      no      no      no      yes  no      no      second  no      no
        fact-list-edit  login   no      no      no      no      yes  no      no      second  no      no
        topic-add       login   no      no      no      no      yes  no      no      second  no      no
        topic-edit      login   no      no      no      no      yes  no      no      second  no      no
        legal-edit      login   no      no      no      no      yes  no      no      second  no      no
        map-edit        login   no      no      no      no      yes  no      no      second  no      no
        english-edit    login   no      no      no      no      yes  no      no      second  no      no
        meeting-add     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="extend a deadline",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:deadline-extend"),
        post=lambda town, state: (
            consultation_page("consultations:deadline-extend")(town, state),
            {"last_day": "2027-12-01", "cause": "The site was down for a day."},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        planned   login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="add a document",
        rule="consultations.edit_consultation",
        about=_draft,
        post=_document_post,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="see the papers of a case",
        rule="consultations.view_consultation",
        about=_consultation,
        page=consultation_page("consultations:document-list"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        open      yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="see the map",
        rule="consultations.view_consultation",
        about=_consultation,
        page=consultation_page("portal:consultation-map"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        open      yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="download the map",
        rule="consultations.view_consultation",
        about=_consultation,
        page=consultation_page("consultations:map-download"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        open      yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="see the versions of a proposal",
        rule="consultations.view_consultation",
        about=_consultation,
        page=consultation_page("consultations:version-list"),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     hidden  hidden  hidden  hidden  hidden  yes  hidden  hidden  second  hidden  hidden
        open      yes     yes     yes     yes     yes     yes  yes     yes     yes     yes     yes
        """,
    ),
    Table(
        name="replace a document",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=_replacing,
        post=_replacing_post,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        planned   login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="hold a file back, or show it again",
        rule="consultations.edit_consultation",
        about=_consultation,
        post=_holding_post,
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        planned   login   no      no      no      no      yes  no      no      second  no      no
        open      login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="draft a consultation",
        rule="consultations.draft_consultation",
        page=lambda _town, _state: reverse("consultations:consultation-create"),
        post=lambda _town, _state: (
            reverse("consultations:consultation-create"),
            {
                "title": "A new one",
                "write_access": "confirmed",
                "name_policy": "full_name",
                "moderation_mode": "before",
            },
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        new       login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="publish a consultation",
        rule="consultations.edit_consultation",
        about=_consultation,
        page=consultation_page("consultations:consultation-publish"),
        post=lambda town, state: (consultation_page("consultations:consultation-publish")(town, state), {}),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   no      no      no      no      yes  no      no      second  no      no
        """,
    ),
    Table(
        name="stop writing for a while",
        rule="consultations.stop_writing",
        about=_consultation,
        page=consultation_page("moderation:brake"),
        post=lambda town, state: (
            consultation_page("moderation:brake")(town, state),
            {"action": "stop", "sentence": "We take a break until Monday."},
        ),
        text="""
                  anon    new     res     own     mod     off  adm     sup     half    org     prot
        draft     login   hidden  hidden  hidden  hidden  no   hidden  hidden  second  hidden  hidden
        open      login   no      no      no      yes     yes  no      no      second  no      no
        closed    login   no      no      no      yes     yes  no      no      second  no      no
        """,
    ),
]
