"""Keeping the reasons for decisions."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_administrator, as_official, is_official
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.municipality.engine.codes import code_of
from apps.municipality.enums import (
    REASON_ADDED,
    REASON_CHANGED,
    REASON_RESUMED,
    REASON_RETIRED,
    ReasonGround,
    StatementCategory,
)
from apps.municipality.errors import LawMissing, ReasonTaken
from apps.municipality.models import Municipality, RefusalReason
from apps.municipality.queries import KEY


@dataclass(frozen=True, kw_only=True)
class ReasonText:
    """A reason as it is typed, all but its code."""

    title_da: str
    title_en: str
    rule_number: int | None = None
    ground: str = ReasonGround.INCOMPATIBLE
    legal_ground: str = ""
    category: str = StatementCategory.HOUSE_RULES
    keyword: str = ""
    suggestion_da: str = ""
    suggestion_en: str = ""


@transaction.atomic
def add_reason(*, text: ReasonText, by: User, at: datetime) -> RefusalReason:
    """Let moderators choose one more reason; its code is made of the English title and stands for ever.

    Raises NotAllowed, ReasonTaken and LawMissing.
    """
    require("municipality.edit_reasons", by)
    _require_law(text)
    code = code_of(text.title_en)
    if not code:
        raise ReasonTaken
    reason, made = RefusalReason.objects.get_or_create(code=code, defaults=asdict(text))
    if not made:
        raise ReasonTaken
    _tell(REASON_ADDED, code, by, at)
    return reason


@transaction.atomic
def change_reason(*, reason: RefusalReason, text: ReasonText, by: User, at: datetime) -> bool:
    """Put a reason in other words, of which decisions from now on are made; answer False when nothing differs.

    Raises NotAllowed and LawMissing.
    """
    require("municipality.edit_reasons", by)
    _require_law(text)
    wanted = asdict(text)
    if all(getattr(reason, name) == value for name, value in wanted.items()):
        return False
    RefusalReason.objects.filter(pk=reason.pk).update(**wanted)
    _tell(REASON_CHANGED, reason.code, by, at)
    return True


@transaction.atomic
def retire_reason(*, reason: RefusalReason, by: User, at: datetime) -> bool:
    """Offer a reason to moderators no longer; what was decided with it keeps it. Answer False when it was so before."""
    require("municipality.edit_reasons", by)
    if not RefusalReason.objects.filter(pk=reason.pk, is_selectable=True).update(is_selectable=False):
        return False
    _tell(REASON_RETIRED, reason.code, by, at)
    return True


@transaction.atomic
def resume_reason(*, reason: RefusalReason, by: User, at: datetime) -> bool:
    """Offer a retired reason again; answer False when it was never retired. Raises NotAllowed."""
    require("municipality.edit_reasons", by)
    if not RefusalReason.objects.filter(pk=reason.pk, is_selectable=False).update(is_selectable=True):
        return False
    _tell(REASON_RESUMED, reason.code, by, at)
    return True


def _require_law(text: ReasonText) -> None:
    if text.ground == ReasonGround.ILLEGAL and not text.legal_ground:
        raise LawMissing


def _tell(kind: Kind, code: str, by: User, at: datetime) -> None:
    """Record the change; an entry tells of a row by its number, and a reason has none: it is the municipality's."""
    actor = as_official(by) if is_official(by) else as_administrator(by)
    record(kind, subject=Municipality(pk=1), by=actor, at=at, facts={"reason": code})
    transaction.on_commit(lambda: cache.delete(f"{KEY}:reasons"))
