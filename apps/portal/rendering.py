"""What every page knows, parts of a consultation that several pages show, and copies of what is held about people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common import wording
from apps.common.archive import archive_of, as_json
from apps.common.clock import now
from apps.common.drafts import latest_draft
from apps.common.richtext import plain
from apps.consultations.enums import ConsultationState, PhaseState, WriteAccess
from apps.consultations.models import Consultation, DocumentVersion, Phase, Topic
from apps.consultations.queries import picture_of, said, standing_of, timeline_of, with_english
from apps.discussions.queries import ThreadRow
from apps.municipality.queries import the_municipality
from apps.portal.engine.export_words import FILES, KEYS, LEFT_OUT, SECTIONS
from apps.publications.models import Citation, Statement
from apps.publications.queries import body_of, is_older_here, title_of, treated_in

THEMES = ("auto", "light", "dark")
CITES, EXCERPT = 3, 240


def every_page(request: Any) -> dict[str, Any]:
    """Return what the base template shows: the municipality, the viewer's roles, the theme and the moment."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "auto")
    return {
        "municipality": the_municipality(),
        "roles": user.roles if user is not None and user.is_authenticated else frozenset(),
        "theme": theme if theme in THEMES else "auto",
        "now": now(),
        "is_demo": settings.DEMO,
        "mitid_offered": settings.MITID is not None,
        "mitid_is_test": settings.MITID is not None and settings.MITID.is_test,
        "kept_draft": _kept_draft(request),
    }


def _kept_draft(request: Any) -> str:
    """Return the text that waits for its writer to log in, on the pages where they do; nothing elsewhere."""
    match = getattr(request, "resolver_match", None)
    return latest_draft(request.session) if match and str(match.url_name).startswith("account_") else ""


@dataclass(frozen=True)
class StatementExcerpt:
    """The beginning of a summary's statement with the first that it cites; `language` where it is not the page's."""

    title: str
    words: str
    language: str
    cites: Sequence[Citation]
    more: int
    is_older: bool


def excerpt_of(statement: Statement) -> StatementExcerpt:
    """Return the beginning of a statement in plain words, in the language of the page where it has that."""
    title, cites = title_of(statement), list(statement.citations.all())
    return StatementExcerpt(
        title=title.text,
        words=plain(body_of(statement).text, EXCERPT),
        language=title.language,
        cites=cites[:CITES],
        more=max(len(cites) - CITES, 0),
        is_older=is_older_here(statement),
    )


def treated_among(rows: Sequence[ThreadRow], slug: str) -> dict[int, list[dict[str, str]]]:
    """Return for each contribution of a thread where the white paper treats it: statements, or the annex. One query."""
    shown = {row.contribution.pk: row.number for row in rows if row.contribution}
    annex = reverse("publications:white-paper-annex", args=[slug])
    return {
        pk: [
            {"label": place.label, "url": reverse("publications:white-paper-statement", args=[slug, place.label])}
            if place.label
            else {"label": "", "url": f"{annex}?after={shown[pk] - 1}#c{shown[pk]}"}
            for place in places
        ]
        for pk, places in treated_in(shown).items()
    }


def citing_of(statement: Statement, summary_url: str) -> dict[str, str]:
    """Return a statement as a contribution that it cites shows it: its title with its language, and where it stands."""
    title = title_of(statement)
    return {"title": title.text, "language": title.language, "url": f"{summary_url}#s{statement.position}"}


@dataclass(frozen=True)
class PhaseStep:
    """A phase as the timeline shows it."""

    title: str
    state: PhaseState
    when: str
    share: int
    language: str


@dataclass(frozen=True)
class Status:
    """Where a consultation stands, in words; `deadline` only while people can write."""

    state: ConsultationState
    words: str
    left: str
    deadline: datetime | None

    @property
    def is_open(self) -> bool:
        """People can write now."""
        return self.state == ConsultationState.OPEN


@dataclass(frozen=True)
class Card:
    """A consultation in a list."""

    consultation: Consultation
    status: Status


@dataclass(frozen=True)
class Post:
    """A piece of news in a list, with its picture."""

    consultation: Consultation
    topic: Topic | None
    picture: DocumentVersion | None
    picture_url: str


def post_of(consultation: Consultation) -> Post:
    """Return a post, fetched with its topic and picture or not, as pages show it."""
    picture = picture_of(consultation)
    topic = next(iter(consultation.topics.all()), None)
    return Post(consultation, topic, picture, _picture_url(consultation, picture) if picture else "")


def posts_of(consultations: Sequence[Consultation]) -> list[Post]:
    """Return posts in a list, in the language of the page."""
    posts = [post_of(row) for row in consultations]
    with_english(*(thing for post in posts for thing in (post.consultation, post.picture)))
    return posts


def _picture_url(consultation: Consultation, picture: DocumentVersion) -> str:
    place = {"slug": consultation.slug, "position": picture.document.position, "version": picture.version}
    return reverse("consultations:document-image", kwargs=place)


def phase_steps(phases: Sequence[Phase], at: datetime) -> list[PhaseStep]:
    """Return the phases for the timeline, each with its days in words."""
    return [
        PhaseStep(
            title=title.text,
            state=step.state,
            when=wording.day_range(step.phase.opens_at, step.phase.closes_at, at),
            share=step.share,
            language=title.language,
        )
        for step in timeline_of(phases, at)
        for title in [said(step.phase, "title")]
    ]


def status_of(consultation: Consultation, phases: Sequence[Phase], at: datetime) -> Status:
    """Return where the consultation stands at that moment, in words."""
    standing = standing_of(consultation, phases, at)
    left = wording.time_left(standing.moment, at) if standing.moment else ""
    deadline = standing.moment if standing.state == ConsultationState.OPEN else None
    return Status(standing.state, _words(standing.state, standing.moment, left, at), left if deadline else "", deadline)


def _words(state: ConsultationState, moment: datetime | None, left: str, at: datetime) -> str:
    if state == ConsultationState.DRAFT:
        return _("Draft: only its team sees it")
    if state not in {ConsultationState.PLANNED, ConsultationState.OPEN, ConsultationState.CLOSED}:
        return str(state.label)
    if state == ConsultationState.PLANNED and moment:
        return _("Opens %(day)s") % {"day": wording.day(moment, at)}
    if state == ConsultationState.OPEN and left:
        return _("Open: %(left)s") % {"left": left}
    return str(capfirst(left) or state.label)


def cards_of(consultations: Sequence[Consultation], at: datetime) -> list[Card]:
    """Return consultations, whose phases have been fetched, as a list shows them."""
    return [Card(row, status_of(row, list(row.phases.all()), at)) for row in consultations]


def who_may_write(consultation: Consultation) -> str | Promise:
    """Return in one sentence who may write in the consultation, from its settings."""
    if consultation.write_access == WriteAccess.RESIDENTS:
        return _("Verified residents of the municipality can write. Everyone can read.")
    return _("Everyone with a confirmed account can write, also people who live elsewhere. Everyone can read.")


def copy_of(person: User, data: Mapping[str, Mapping[str, Any]], *, at: datetime) -> bytes:
    """Return everything that is held about a person as a ZIP: one JSON file an app, and a page to read.

    In the language in force. The page needs nothing from elsewhere.
    """
    meanings = KEYS | SECTIONS
    texts = {f"{app}.json": as_json(rows, meanings) for app, rows in data.items()}
    context = {
        "person": person,
        "municipality": the_municipality(),
        "at": at,
        "language": get_language(),
        "left_out": LEFT_OUT,
        "files": [_readable(app, rows) for app, rows in data.items()],
    }
    page = render_to_string("portal/export/index.html", context)
    return archive_of({"index.html": page, "style.css": render_to_string("portal/export/style.css"), **texts}, at=at)


def _readable(app: str, rows: Mapping[str, Any]) -> dict[str, Any]:
    sections = []
    for name, part in rows.items():
        listed = part if isinstance(part, list) else [part]
        sections.append({"title": SECTIONS.get(name, name), "rows": [_pairs(row) for row in listed]})
    return {"name": f"{app}.json", "title": FILES.get(app, app), "sections": sections}


def _pairs(row: Mapping[str, Any]) -> list[tuple[object, object]]:
    """Return the filled fields of a row with what they are called; a row in a row is written out as one."""
    return [(KEYS.get(key, key), _in_words(value)) for key, value in row.items() if value not in (None, "", [])]


def _in_words(value: object) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return wording.moment(value, None)
    if isinstance(value, Mapping):
        return {"pairs": _pairs(value)}
    if isinstance(value, list):
        return {"rows": [_pairs(row) for row in value]}
    return value


def mail_about_export(person: User, *, expires_at: datetime) -> tuple[str, str]:
    """Return subject and text of the mail that says that the copy is ready.

    The link leads to the log-in; no data stands in the mail.
    """
    context: dict[str, Any] = {
        "to": person,
        "municipality": the_municipality(),
        "until": expires_at,
    }
    with override(person.language):
        context["link"] = f"{settings.SITE_URL}{reverse('portal:my-data')}"
        return _mail("export_ready", context)


def farewell(person: User) -> tuple[str, str]:
    """Return subject and text of the mail that says that the account is gone, without the person's name."""
    with override(person.language):
        return _mail("account_deleted", {"municipality": the_municipality()})


def _mail(name: str, context: dict[str, Any]) -> tuple[str, str]:
    body = render_to_string(f"portal/mail/{name}.txt", context)
    return render_to_string(f"portal/mail/{name}_subject.txt", context), body.strip() + "\n"
