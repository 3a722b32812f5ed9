"""The papers of the case: documents in all their versions, and what was proposed in all its versions."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.common.richtext import to_html, trusted
from apps.common.uploads import FileKind
from apps.consultations.models import Document, DocumentVersion
from apps.consultations.queries import documents_of, versions_of
from apps.exchange.engine.case_numbers import Direction, Filed, Piece, of_document, of_proposal
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.shared import day_of, page, stored


def documents(case: Case) -> Iterator[Piece]:
    """Yield each version of each document, first version first; of one that is held back the state and the reason."""
    for document in documents_of(case.consultation):
        for version in reversed(document.newest_first):
            about = (document.pk, version.version)
            if case.holds(lambda changed, about=about: about in changed.documents):  # type: ignore[misc]
                yield _document(document, version)


def _document(document: Document, version: DocumentVersion) -> Piece:
    number = of_document(document.position, version.version)
    content = None if version.is_held else stored(version.file)
    state = _("Held back") if version.is_held else _("Published") if content else _("The file is missing")
    told = Filed(
        number=number,
        title=version.title,
        kind=_("Document"),
        on=day_of(version.added_at),
        direction=Direction.OUT,
        version=version.version,
        state=state,
        reason=version.held_sentence,
    )
    if content is None:
        return Piece(documents=[told])
    name = f"documents/{number}.{FileKind(version.kind).endings[0]}"
    return Piece(name=name, content=content, documents=[told], title=version.title)


def proposals(case: Case) -> Iterator[Piece]:
    """Yield each version of what was proposed, first version first."""
    for version in reversed(versions_of(case.consultation)):
        if not case.holds(lambda changed, number=version.version: number in changed.proposals):  # type: ignore[misc]
            continue
        title = _("The proposal, version %(number)s") % {"number": version.version}
        told = Filed(
            number=of_proposal(version.version),
            title=f"{title}: {version.title}",
            kind=_("Proposal of the municipality"),
            on=day_of(version.made_at),
            direction=Direction.OUT,
            version=version.version,
            state=_("Published"),
        )
        html = trusted(to_html(version.body))
        content = page("proposal", case=case, version=version, html=html, title=title)
        yield Piece(name=f"proposal/{told.number}.pdf", content=content, documents=[told], title=title)
