"""News: a post with its text, a picture and one thread, which may be closed."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.actions.documents import Paper, add_document, replace_document
from apps.consultations.actions.outline import PhaseDates, TopicText, add_topic, revise_topic, set_phases
from apps.consultations.actions.texts import (
    ConsultationText,
    draft_consultation,
    drafted_before,
    publish_consultation,
    revise_consultation,
)
from apps.consultations.engine.fingerprints import sending
from apps.consultations.enums import ConsultationKind, ConsultationStatus, WriteAccess
from apps.consultations.errors import NotNews
from apps.consultations.models import Consultation
from apps.consultations.queries import documents_of, phases_of, topics_of

THREAD = "thread"
# What a consultation has that is not asked on the page of a post: saving that page leaves it as it stands.
_KEPT = ("decision_note", "contact", "name_policy", "moderation_mode", "post_pause")


@dataclass(frozen=True, kw_only=True)
class NewsText:
    """What an official writes: the post, a question to its readers, and whether they can write below it."""

    title: str
    lede: str = ""
    body: str = ""
    question: str = ""
    takes_contributions: bool = True
    write_access: WriteAccess = WriteAccess.RESIDENTS


@transaction.atomic
def draft_news(
    *, text: NewsText, picture: Paper | None = None, key: UUID | None = None, by: User, at: datetime
) -> Consultation:
    """Make a draft of a post that only its team sees; the same form sent again, known by its `key`, makes no second.

    Raises AddressTaken, and ReasonMissing for a wordless picture.
    """
    require("consultations.edit_news", by)
    key = sending(key, [asdict(text), picture and picture.file.sha256])
    before = drafted_before(text=_words(text), slug="", key=key)
    if before is not None:
        return before
    post = draft_consultation(text=_words(text), kind=ConsultationKind.NEWS, key=key, by=by, at=at)
    if topics_of(post):
        # The other request of a double click was first.
        return post
    add_topic(consultation=post, text=_thread(text), slug=THREAD, by=by, at=at)
    _settle(post, text, picture, _("The picture was added."), by, at)
    return post


@transaction.atomic
def revise_news(  # noqa: PLR0913 - what an official saves
    *,
    post: Consultation,
    text: NewsText,
    picture: Paper | None = None,
    what_changed: str = "",
    revision: int | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Change a post; answer False when nothing differs. What everyone reads gets a new version.

    Raises ChangedMeanwhile when a colleague has saved since, ReasonMissing without a sentence on what changed.
    """
    require("consultations.edit_news", by)
    _require_news(post)
    sentence = one_line(what_changed)
    words = replace(_words(text), **{name: getattr(post, name) for name in _KEPT})
    changed = revise_consultation(consultation=post, text=words, what_changed=sentence, revision=revision, by=by, at=at)
    changed |= revise_topic(topic=topics_of(post)[0], text=_thread(text), by=by, at=at)
    return _settle(post, text, picture, sentence or _("The picture was replaced."), by, at) or changed


@transaction.atomic
def publish_news(*, post: Consultation, by: User, at: datetime) -> bool:
    """Show the post to everyone; answer False when it was."""
    require("consultations.edit_news", by)
    _require_news(post)
    return publish_consultation(consultation=post, by=by, at=at)


def _require_news(post: Consultation) -> None:
    if post.kind != ConsultationKind.NEWS:
        raise NotNews


def _words(text: NewsText) -> ConsultationText:
    return ConsultationText(title=text.title, lede=text.lede, body=text.body, write_access=text.write_access)


def _thread(text: NewsText) -> TopicText:
    return TopicText(title=one_line(text.title), question=one_line(text.question))


def _settle(  # noqa: PLR0913, PLR0917 - what a post has besides its texts
    post: Consultation, text: NewsText, picture: Paper | None, what_changed: str, by: User, at: datetime
) -> bool:
    """Open the thread without end, or leave it closed, and keep the picture. What was opened is stopped, not closed."""
    is_open = bool(phases_of(post))
    changed = False
    if text.takes_contributions and not is_open:
        phase = PhaseDates(title=_("Open without end"), opens_at=at, accepts_contributions=True)
        changed = set_phases(consultation=post, phases=[phase], by=by, at=at)
    elif is_open and not text.takes_contributions and post.status == ConsultationStatus.DRAFT:
        changed = set_phases(consultation=post, phases=[], by=by, at=at)
    if picture is None:
        return changed
    shown = [document for document in documents_of(post) if document.current.is_image]
    if shown:
        replace_document(document=shown[0], paper=picture, what_changed=what_changed, by=by, at=at)
    else:
        add_document(consultation=post, paper=picture, by=by, at=at)
    return True
