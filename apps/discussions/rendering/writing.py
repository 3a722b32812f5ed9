"""What a text will look like, and what becomes public of who writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.rules import is_person
from apps.common.richtext import to_html, trusted
from apps.common.templatetags.civic import badge, initials
from apps.consultations.enums import NamePolicy
from apps.discussions.enums import ContributionKind
from apps.discussions.queries import Author, Reading, public_name
from apps.discussions.rendering.articles import NOTHING, Article
from apps.discussions.rendering.words import district_beside, joined, kind_html


def preview(reading: Reading, viewer: Any, fields: Mapping[str, Any]) -> Article:
    """Return a text as it will look once it is published, made by the same functions; nothing is stored."""
    author = _author(reading, viewer)
    name, district = (author.name, author.district) if author else ("", "")
    return Article(
        number="",
        attributes=NOTHING,
        link="",
        style="person",
        name=name,
        initials=initials(name),
        marks=_writer_marks(author),
        meta=joined(kind_html(ContributionKind(fields["kind"])), district_beside(name, district)),
        html=trusted(to_html(fields["body"])),
    )


@dataclass(frozen=True, slots=True)
class ShownWriter:
    """What will stand beside a text: in a sentence with the badge, and why it is so where that may surprise."""

    sentence: str
    marks: SafeString = NOTHING
    why: str = ""


def writes_as(reading: Reading, viewer: Any) -> ShownWriter:
    """Return exactly what becomes public of a viewer who sends a text here."""
    author = _author(reading, viewer)
    if author is None:
        return ShownWriter(_("You log in before it is sent; your text is kept meanwhile."), why=_why(reading, author))
    words = {"name": author.name, "district": district_beside(author.name, author.district)}
    if author.is_organisation:
        sentence = _("Shown as %(name)s, organisation.") % words
    elif not author.is_resident:
        sentence = _("Shown as %(name)s.") % words
    elif not words["district"]:
        sentence = _("Shown as %(name)s, verified resident.") % words
    else:
        sentence = _("Shown as %(name)s, verified resident in %(district)s.") % words
    return ShownWriter(sentence, _writer_marks(author), _why(reading, author))


def _why(reading: Reading, author: Author | None) -> str:
    """Return why a name is not simply shown in full."""
    if author and author.name_hidden:
        return _("Your name is protected, so it is shown nowhere.")
    if author and author.is_organisation:
        return _("This account writes for the organisation. It does not count as a resident.")
    if reading.topic.consultation.name_policy == NamePolicy.FIRST_NAME:
        return _("In this consultation only first name and district are shown.")
    return ""


def _author(reading: Reading, viewer: Any) -> Author | None:
    """Return how the viewer would stand beside a text, None for somebody who is not signed in."""
    if not is_person(viewer):
        return None
    policy = reading.topic.consultation.name_policy
    return public_name(viewer, policy=policy, residence=reading.residence, organisation=reading.organisation)


def _writer_marks(author: Author | None) -> SafeString:
    if author and author.is_organisation:
        return badge("org")
    return badge("resident") if author and author.is_resident else NOTHING
