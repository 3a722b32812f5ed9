"""Records of the EU's database of statements of reasons, and what is wrong with one.

The names, values and lengths are those that the database publishes for the statements it takes (Regulation (EU)
2022/2065, articles 17 and 24(5)). Nothing here reads rows: a record is a mapping from the published names.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

Record = Mapping[str, object]

CONTENT_REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED"
CONTENT_DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED"
VISIBILITY_OTHER = "DECISION_VISIBILITY_OTHER"
VISIBILITIES = frozenset(
    {
        CONTENT_REMOVED,
        CONTENT_DISABLED,
        "DECISION_VISIBILITY_CONTENT_DEMOTED",
        "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
        "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
        "DECISION_VISIBILITY_CONTENT_LABELLED",
        VISIBILITY_OTHER,
    }
)
# What was decided: about what is shown, about the service to somebody, or about their account. One of them is needed.
RESTRICTIONS = ("decision_visibility", "decision_provision", "decision_account")
PARTIAL_SUSPENSION = "DECISION_PROVISION_PARTIAL_SUSPENSION"
PROVISIONS = frozenset(
    {
        PARTIAL_SUSPENSION,
        "DECISION_PROVISION_TOTAL_SUSPENSION",
        "DECISION_PROVISION_PARTIAL_TERMINATION",
        "DECISION_PROVISION_TOTAL_TERMINATION",
    }
)
ACCOUNTS = frozenset({"DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"})
ILLEGAL, INCOMPATIBLE = "DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"
CATEGORIES = frozenset(
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "ANIMAL_WELFARE",
        "CONSUMER_INFORMATION",
        "CYBER_VIOLENCE",
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "ILLEGAL_OR_HARMFUL_SPEECH",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "NOT_SPECIFIED_NOTICE",
        "OTHER_VIOLATION_TC",
        "PROTECTION_OF_MINORS",
        "RISK_FOR_PUBLIC_SECURITY",
        "SCAMS_AND_FRAUD",
        "SELF_HARM",
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        "VIOLENCE",
    )
)
CONTENT_TYPES = frozenset(
    f"CONTENT_TYPE_{name}" for name in ("APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER")
)
TEXT, IMAGE, OTHER_TYPE = "CONTENT_TYPE_TEXT", "CONTENT_TYPE_IMAGE", "CONTENT_TYPE_OTHER"
VOLUNTARY, ARTICLE_16 = "SOURCE_VOLUNTARY", "SOURCE_ARTICLE_16"
SOURCES = frozenset({ARTICLE_16, "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", VOLUNTARY})
NOT_AUTOMATED = "AUTOMATED_DECISION_NOT_AUTOMATED"
AUTOMATIONS = frozenset({"AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY", NOT_AUTOMATED})

# In the order of the table of an export; each record has them all, empty where they do not apply.
COLUMNS = (
    "puid",
    "decision_visibility",
    "decision_visibility_other",
    "decision_provision",
    "end_date_service_restriction",
    "decision_ground",
    "decision_ground_reference_url",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "category",
    "category_specification",
    "content_type",
    "content_type_other",
    "content_language",
    "content_date",
    "territorial_scope",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
)
LISTS = ("decision_visibility", "category_specification", "content_type", "territorial_scope")
NEEDED = (
    "decision_ground",
    "content_type",
    "category",
    "content_date",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
)
LONGEST = {
    "decision_visibility_other": 500,
    "content_type_other": 500,
    "decision_ground_reference_url": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "decision_facts": 5000,
    "source_identity": 500,
    "puid": 500,
}
ONE_OF: dict[str, frozenset[str]] = {
    "decision_visibility": VISIBILITIES,
    "decision_provision": PROVISIONS,
    "decision_account": ACCOUNTS,
    "decision_ground": frozenset({ILLEGAL, INCOMPATIBLE}),
    "category": CATEGORIES,
    "content_type": CONTENT_TYPES,
    "source_type": SOURCES,
    "automated_detection": frozenset({"Yes", "No"}),
    "automated_decision": AUTOMATIONS,
}
OF_GROUND = {
    ILLEGAL: ("illegal_content_legal_ground", "illegal_content_explanation"),
    INCOMPATIBLE: ("incompatible_content_ground", "incompatible_content_explanation"),
}
EARLIEST = {"content_date": date(2000, 1, 1), "application_date": date(2020, 1, 1)}
ENDS = ("end_date_service_restriction", "end_date_account_restriction", "end_date_visibility_restriction")
# What says in words what a code leaves open, with the code that needs it.
OTHERWISE = {"decision_visibility": VISIBILITY_OTHER, "content_type": OTHER_TYPE}
LATEST = date(2038, 1, 1)
_PUID = re.compile(r"[a-zA-Z0-9_-]+")
_KEYWORD = re.compile(r"KEYWORD_[A-Z_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def problems_of(record: Record) -> list[str]:
    """Return what the database would refuse a record for, each as `field: why`; nothing for one that it takes."""
    found = [f"{name}: missing" for name in NEEDED if not record.get(name)]
    if not any(record.get(name) for name in RESTRICTIONS):
        found.append(f"{RESTRICTIONS[0]}: missing, and nothing else was restricted")
    found += [
        f"{name}: longer than {most}" for name, most in LONGEST.items() if len(str(record.get(name) or "")) > most
    ]
    found += [
        f"{name}: {value}"
        for name, known in ONE_OF.items()
        for value in _values(record.get(name))
        if value not in known
    ]
    found += [
        f"category_specification: {value}"
        for value in _values(record.get("category_specification"))
        if not _KEYWORD.fullmatch(value)
    ]
    return [*found, *_of_ground(record), *_of_dates(record), *_of_the_rest(record)]


def _of_ground(record: Record) -> Iterable[str]:
    """Each ground has its own words, and none of the other's."""
    for ground, names in OF_GROUND.items():
        for name in names:
            if record.get("decision_ground") == ground and not record.get(name):
                yield f"{name}: missing"
            if record.get("decision_ground") != ground and record.get(name):
                yield f"{name}: not of this ground"


def _of_dates(record: Record) -> Iterable[str]:
    ends = {name: EARLIEST["application_date"] for name in ENDS if record.get(name)}
    for name, earliest in (EARLIEST | ends).items():
        written = str(record.get(name) or "")
        try:
            day = date.fromisoformat(written if _DAY.fullmatch(written) else "")
        except ValueError:
            yield f"{name}: not a day"
            continue
        if not earliest <= day <= LATEST:
            yield f"{name}: out of range"


def _of_the_rest(record: Record) -> Iterable[str]:
    for name, code in OTHERWISE.items():
        if (code in _values(record.get(name))) != bool(record.get(f"{name}_other")):
            yield f"{name}_other: with the code that needs it, and only then"
    if not _PUID.fullmatch(str(record.get("puid") or "")):
        yield "puid: other signs than letters, digits, - and _"
    if record.get("source_type") == VOLUNTARY and record.get("source_identity"):
        yield "source_identity: not where nobody notified"


def _values(value: object) -> Sequence[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []


def cells_of(record: Record) -> list[str]:
    """Return the record's cells in the order of the columns; lists are written as JSON, as the database writes them."""
    return [_cell(record.get(name), is_list=name in LISTS) for name in COLUMNS]


def _cell(value: object, *, is_list: bool) -> str:
    if is_list:
        return json.dumps(list(_values(value)))
    return str(value or "")
