"""The municipality, its districts and its reasons, read seldom and kept in the cache."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.calendar import start_of_day, zone
from apps.municipality.engine.working_time import WorkingTime, days_off_of, week_of
from apps.municipality.enums import EMPTY_IN_SOURCE, MODERATED_IN_SOURCE, ReasonGround
from apps.municipality.models import (
    District,
    HouseRule,
    HouseRulesVersion,
    LegalBasis,
    Municipality,
    RefusalReason,
)

KEY = "municipality"
KEPT_SECONDS = 300
PROGRAMS_OWN = (MODERATED_IN_SOURCE, EMPTY_IN_SOURCE)


def the_municipality() -> Municipality:
    """Return the municipality; before one is set up, an unsaved one with neutral names."""
    kept: Municipality | None = cache.get(KEY)
    if kept is None:
        row = Municipality.objects.select_related("crest").order_by("pk").first()
        kept = row or Municipality(name="Civic Forum", site_name="Civic Forum")
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def is_only_danish(thing: Municipality | HouseRule | HouseRulesVersion, field: str) -> bool:
    """Tell whether a page in English has to show this text of the municipality in Danish."""
    is_english = (get_language() or "da").startswith("en")
    return is_english and bool(getattr(thing, f"{field}_da")) and not getattr(thing, f"{field}_en")


@dataclass(frozen=True, kw_only=True)
class ProposalTerms:
    """On what terms a suggestion is a citizen proposal: so many supporters of that age, within so many days."""

    threshold: int
    days: int
    minimum_age: int

    @property
    def key(self) -> str:
        """The terms in one word, by which a form remembers what its reader was told."""
        return f"{self.threshold}-{self.days}-{self.minimum_age}"


def proposal_terms() -> ProposalTerms | None:
    """Return on what terms the municipality takes citizen proposals now; None where it takes none."""
    here = the_municipality()
    if not here.takes_proposals or here.proposal_threshold is None:
        return None
    return ProposalTerms(
        threshold=here.proposal_threshold, days=here.proposal_days, minimum_age=here.proposal_minimum_age
    )


def due_after(at: datetime, *, hours: float) -> datetime:
    """Return when so many of the municipality's working hours have gone by; holidays are Denmark's."""
    return _working_time().due_after(at, hours=hours)


def working_days_between(since: datetime, at: datetime) -> int:
    """Return how many of the municipality's working days began after the one moment and by the other."""
    return _working_time().working_days_between(since, at)


def answer_due_on(since: datetime) -> date:
    """Return the last of the working days within which the municipality answers what counts from that moment."""
    return _working_time().working_day_after(since, the_municipality().answer_target_days)


def answers_overdue_from_before(at: datetime) -> datetime:
    """Return the moment before which something began to count whose answer is overdue at the other."""
    day = _working_time().working_day_before(at, the_municipality().answer_target_days)
    return start_of_day(day)


def is_working_time(at: datetime) -> bool:
    """Tell whether the municipality works at that moment."""
    return _working_time().due_after(at, hours=0) == at


def _working_time() -> WorkingTime:
    municipality = the_municipality()
    return _read_working_time(municipality.working_week, municipality.days_off)


@lru_cache(maxsize=8)
def _read_working_time(week: str, days_off: str) -> WorkingTime:
    return WorkingTime(week=week_of(week), days_off=days_off_of(days_off), zone=zone())


def districts() -> list[District]:
    """Return the districts by name."""
    return list(District.objects.order_by("name"))


def district_of_postal_code(code: str) -> District | None:
    """Return the one district to which a postal code belongs; None when none or several share it."""
    found = [district for district in districts() if code in district.postal_codes.split()]
    return found[0] if len(found) == 1 else None


def selectable_reasons() -> list[RefusalReason]:
    """Return the reasons a moderator can choose, in the order of the house rules."""
    return list(RefusalReason.objects.filter(is_selectable=True).order_by("rule_number", "code"))


def listed_reasons() -> list[RefusalReason]:
    """Return the reasons that moderators choose or chose from, in the order of the house rules.

    Those that the programs themselves use are not among them: nobody changes or retires these.
    """
    return list(RefusalReason.objects.exclude(code__in=PROGRAMS_OWN).order_by("rule_number", "code"))


def reason_at(code: str) -> RefusalReason | None:
    """Return a reason that people keep, or None."""
    return RefusalReason.objects.exclude(code__in=PROGRAMS_OWN).filter(code=code).first()


def reasons_by_code() -> dict[str, RefusalReason]:
    """Return all reasons by their code, from the cache."""
    kept: dict[str, RefusalReason] | None = cache.get(f"{KEY}:reasons")
    if kept is None:
        kept = RefusalReason.objects.in_bulk()
        cache.set(f"{KEY}:reasons", kept, KEPT_SECONDS)
    return kept


def rules_version() -> int:
    """Return which version of the house rules is in force, from the cache."""
    kept: int | None = cache.get(f"{KEY}:rules")
    if kept is None:
        kept = HouseRulesVersion.objects.order_by("-version").values_list("version", flat=True)[0]
        cache.set(f"{KEY}:rules", kept, KEPT_SECONDS)
    return kept


def versions_of_rules() -> list[HouseRulesVersion]:
    """Return all versions of the house rules, newest first."""
    return list(HouseRulesVersion.objects.order_by("-version"))


def house_rules(version: int | None = None) -> list[HouseRule]:
    """Return the house rules in force, or of that version, by their number."""
    return list(HouseRule.objects.filter(rules=rules_version() if version is None else version).order_by("number"))


def rule_in_words(reason: RefusalReason) -> str:
    """Return the law for what is illegal, else the house rule in force by its number, in the language in force."""
    if reason.ground == ReasonGround.ILLEGAL:
        return reason.legal_ground
    if reason.rule_number is None:
        return reason.title
    words = {"number": reason.rule_number, "version": rules_version(), "title": reason.title}
    return _("House rule %(number)s (version %(version)s): %(title)s") % words


def listed_legal_bases() -> list[LegalBasis]:
    """Return all legal bases, by law and section."""
    return list(LegalBasis.objects.order_by("paragraph", "code"))


def selectable_legal_bases() -> list[LegalBasis]:
    """Return the legal bases that a hearing can be given, by law and section."""
    return list(LegalBasis.objects.filter(is_selectable=True).order_by("paragraph", "code"))


def legal_basis_at(code: str) -> LegalBasis | None:
    """Return a legal basis, or None."""
    return LegalBasis.objects.filter(code=code).first()


def post_of(job_title: str) -> str:
    """Return what stands in the place of an official's protected name: Danish in every language, as names are."""
    return job_title or "Medarbejder"


def name_in_office(person: User | None) -> str:
    """Return the name under which somebody works for the municipality, as pages show it now."""
    if person is None or person.erased_at:
        return _("Name deleted")
    if person.has_protected_name:
        return f"{post_of(person.job_title)}, {the_municipality().name}"
    return person.display_name
