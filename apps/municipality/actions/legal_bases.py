"""Keeping the legal bases of hearings."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_administrator
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.municipality.engine.codes import code_of
from apps.municipality.enums import (
    LEGAL_BASIS_ADDED,
    LEGAL_BASIS_CHANGED,
    LEGAL_BASIS_RESUMED,
    LEGAL_BASIS_RETIRED,
)
from apps.municipality.errors import BasisTaken
from apps.municipality.models import LegalBasis, Municipality


@dataclass(frozen=True, kw_only=True)
class BasisText:
    """A legal basis as it is typed, all but its code."""

    name_da: str
    name_en: str
    paragraph: str
    minimum_days: int
    source: str = ""


@transaction.atomic
def add_legal_basis(*, text: BasisText, by: User, at: datetime) -> LegalBasis:
    """Let officials choose one more legal basis; its code is made of the English name and stands for ever.

    Raises NotAllowed and BasisTaken.
    """
    require("municipality.edit_legal_bases", by)
    code = code_of(text.name_en)
    if not code:
        raise BasisTaken
    basis, made = LegalBasis.objects.get_or_create(code=code, defaults=asdict(text))
    if not made:
        raise BasisTaken
    _tell_basis(LEGAL_BASIS_ADDED, by, at, basis=code, days=text.minimum_days)
    return basis


@transaction.atomic
def change_legal_basis(*, basis: LegalBasis, text: BasisText, by: User, at: datetime) -> bool:
    """Change a legal basis for hearings published from now on; answer False when nothing differs. Raises NotAllowed."""
    require("municipality.edit_legal_bases", by)
    wanted = asdict(text)
    if all(getattr(basis, name) == value for name, value in wanted.items()):
        return False
    LegalBasis.objects.filter(pk=basis.pk).update(**wanted)
    _tell_basis(LEGAL_BASIS_CHANGED, by, at, basis=basis.code, days=text.minimum_days)
    return True


@transaction.atomic
def retire_legal_basis(*, basis: LegalBasis, by: User, at: datetime) -> bool:
    """Offer a legal basis no longer; hearings that have it keep it. Answer False when it was so before."""
    require("municipality.edit_legal_bases", by)
    if not LegalBasis.objects.filter(pk=basis.pk, is_selectable=True).update(is_selectable=False):
        return False
    _tell_basis(LEGAL_BASIS_RETIRED, by, at, basis=basis.code)
    return True


@transaction.atomic
def resume_legal_basis(*, basis: LegalBasis, by: User, at: datetime) -> bool:
    """Offer a retired legal basis again; answer False when it was never retired. Raises NotAllowed."""
    require("municipality.edit_legal_bases", by)
    if not LegalBasis.objects.filter(pk=basis.pk, is_selectable=False).update(is_selectable=True):
        return False
    _tell_basis(LEGAL_BASIS_RESUMED, by, at, basis=basis.code)
    return True


def _tell_basis(kind: Kind, by: User, at: datetime, **facts: str | int) -> None:
    record(kind, subject=Municipality(pk=1), by=as_administrator(by), at=at, facts=facts)
