"""Publishing the house rules."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_administrator
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.municipality.enums import RULES_PUBLISHED
from apps.municipality.errors import RuleInUse
from apps.municipality.models import HouseRule, HouseRulesVersion, Municipality, RefusalReason
from apps.municipality.queries import KEY, house_rules


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A house rule as it is typed."""

    number: int
    title_da: str
    title_en: str
    text_da: str = ""
    text_en: str = ""


@transaction.atomic
def publish_house_rules(
    *, rules: Sequence[RuleText], what_changed_da: str, what_changed_en: str, by: User, at: datetime
) -> HouseRulesVersion | None:
    """Let these rules hold from now on; the versions before stay readable. None, and no version, when nothing differs.

    The entry holds the SHA-256 of the rules, so that nobody can say later that they were others. Raises NotAllowed, and
    RuleInUse where a reason that moderators choose from names a rule that would be gone.
    """
    require("municipality.edit_municipality", by)
    newest = HouseRulesVersion.objects.select_for_update().order_by("-version")[0]
    wanted = sorted(rules, key=lambda rule: rule.number)
    if wanted == [text_of_rule(rule) for rule in house_rules(newest.version)]:
        return None
    _refuse_orphans({rule.number for rule in wanted})
    made = HouseRulesVersion.objects.create(
        version=newest.version + 1,
        what_changed_da=what_changed_da,
        what_changed_en=what_changed_en,
        published_at=at,
    )
    HouseRule.objects.bulk_create(HouseRule(rules=made, **asdict(rule)) for rule in wanted)
    facts: dict[str, str | int] = {"version": made.version, "sha256": _sha256(wanted)}
    record(RULES_PUBLISHED, subject=Municipality(pk=1), by=as_administrator(by), at=at, facts=facts)
    transaction.on_commit(lambda: cache.delete(f"{KEY}:rules"))
    return made


def text_of_rule(rule: HouseRule) -> RuleText:
    """Return a rule as it was typed."""
    return RuleText(**{name: getattr(rule, name) for name in RuleText.__dataclass_fields__})


def _refuse_orphans(numbers: set[int]) -> None:
    reasons = RefusalReason.objects.filter(is_selectable=True, rule_number__isnull=False).exclude(
        rule_number__in=numbers
    )
    for reason in reasons.order_by("rule_number", "code"):
        assert reason.rule_number is not None  # noqa: S101 - asked for above
        raise RuleInUse(reason.rule_number, reason.title)


def _sha256(rules: Sequence[RuleText]) -> str:
    text = json.dumps([asdict(rule) for rule in rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
