"""The municipality's coat of arms or logo: set, put into other words, taken away."""

from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_administrator
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.common.uploads import FitFile, size_in_pixels
from apps.ledger.actions import record
from apps.municipality.enums import MUNICIPALITY_CHANGED
from apps.municipality.errors import CrestMissing, CrestNotStored
from apps.municipality.models import Crest, Municipality
from apps.municipality.queries import KEY


@transaction.atomic
def set_crest(*, picture: FitFile | None, words: tuple[str, str], by: User, at: datetime) -> bool:
    """Let the picture stand beside the municipality's name; False when nothing differs.

    `words` say what it shows, in Danish and English, to those who cannot see it (webtilgængelighedsloven, section 3).
    Without a new picture the one there is gets these words. Raises NotAllowed, CrestMissing, CrestNotStored.
    """
    require("municipality.edit_municipality", by)
    municipality = _locked()
    standing = municipality.crest
    danish, english = (one_line(text) for text in words)
    if picture is None and standing is None:
        raise CrestMissing
    if standing and (picture is None or picture.sha256 == standing.sha256):
        if (standing.words_da, standing.words_en) == (danish, english):
            return False
        standing.words_da, standing.words_en = danish, english
        standing.save(update_fields=["words_da", "words_en"])
    elif picture is not None:
        municipality.crest = _stored(picture, danish, english)
        municipality.save()
        _forget(standing)
    _tell(municipality, by, at)
    return True


@transaction.atomic
def remove_crest(*, by: User, at: datetime) -> bool:
    """Let the name stand alone; False when it did. The file is deleted. Raises NotAllowed."""
    require("municipality.edit_municipality", by)
    municipality = _locked()
    standing = municipality.crest
    if standing is None:
        return False
    municipality.crest = None
    municipality.save(update_fields=["crest"])
    _forget(standing)
    _tell(municipality, by, at)
    return True


def _locked() -> Municipality:
    return Municipality.objects.select_for_update().order_by("pk").first() or Municipality(pk=1)


def _stored(picture: FitFile, danish: str, english: str) -> Crest:
    width, height = size_in_pixels(picture)
    crest = Crest(
        kind=picture.kind,
        sha256=picture.sha256,
        width=width,
        height=height,
        words_da=danish,
        words_en=english,
    )
    try:
        crest.file.save("", picture.content, save=False)
    except OSError as full:
        raise CrestNotStored from full
    crest.save()
    return crest


def _forget(crest: Crest | None) -> None:
    """Delete the row now, and the file once that holds."""
    if crest is not None:
        storage, name = crest.file.storage, crest.file.name
        crest.delete()
        transaction.on_commit(partial(storage.delete, name))


def _tell(municipality: Municipality, by: User, at: datetime) -> None:
    record(MUNICIPALITY_CHANGED, subject=municipality, by=as_administrator(by), at=at, facts={"fields": "crest"})
    transaction.on_commit(lambda: cache.delete(KEY))
