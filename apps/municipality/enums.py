"""Reasons the programs themselves use, and the kinds of entries about the municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind

MODERATED_IN_SOURCE = "moderated_in_source"
EMPTY_IN_SOURCE = "empty_in_source"
# Of a resident only the band of ages is known, so no other least age can be told than one at which a band begins.
AGES_KNOWN = (18, 30, 45, 65)

MUNICIPALITY_SET_UP = Kind("municipality.set_up", _("The municipality's name and promises were set."), frozenset())
MUNICIPALITY_CHANGED = Kind(
    "municipality.changed", _("What the municipality says of itself was changed (%(fields)s)."), frozenset({"fields"})
)
RULES_PUBLISHED = Kind(
    "rules.published", _("Version %(version)s of the house rules was published."), frozenset({"version", "sha256"})
)

REASON_ADDED = Kind("reason.added", _("A reason for decisions was added (%(reason)s)."), frozenset({"reason"}))
REASON_CHANGED = Kind("reason.changed", _("A reason for decisions was changed (%(reason)s)."), frozenset({"reason"}))
REASON_RETIRED = Kind(
    "reason.retired", _("A reason for decisions is no longer used (%(reason)s)."), frozenset({"reason"})
)
REASON_RESUMED = Kind("reason.resumed", _("A reason for decisions is used again (%(reason)s)."), frozenset({"reason"}))


LEGAL_BASIS_ADDED = Kind(
    "basis.added",
    _("A legal basis was added (%(basis)s): at least %(days)s days."),
    frozenset({"basis", "days"}),
)
LEGAL_BASIS_CHANGED = Kind(
    "basis.changed",
    _("A legal basis was changed (%(basis)s): at least %(days)s days."),
    frozenset({"basis", "days"}),
)
LEGAL_BASIS_RETIRED = Kind("basis.retired", _("A legal basis is no longer offered (%(basis)s)."), frozenset({"basis"}))
LEGAL_BASIS_RESUMED = Kind("basis.resumed", _("A legal basis is offered again (%(basis)s)."), frozenset({"basis"}))


class ReasonGround(models.TextChoices):
    """What a text is against, as the EU's database of statements of reasons asks for it."""

    INCOMPATIBLE = "incompatible", _("Against a house rule")
    ILLEGAL = "illegal", _("Against the law")


class StatementCategory(models.TextChoices):
    """The categories of the EU's database of statements of reasons; the codes are those published there."""

    ANIMAL_WELFARE = "STATEMENT_CATEGORY_ANIMAL_WELFARE", _("Animal welfare")
    CONSUMER_INFORMATION = "STATEMENT_CATEGORY_CONSUMER_INFORMATION", _("Consumer information")
    CYBER_VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE", _("Cyber violence")
    CYBER_VIOLENCE_AGAINST_WOMEN = "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN", _("Cyber violence against women")
    DATA_PROTECTION = (
        "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        _("Data protection and privacy"),
    )
    SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", _("Illegal or harmful speech")
    INTELLECTUAL_PROPERTY = (
        "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        _("Intellectual property"),
    )
    CIVIC_DISCOURSE = (
        "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        _("Harm to civic discourse or elections"),
    )
    NOT_SPECIFIED = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", _("Not specified")
    HOUSE_RULES = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", _("Other breach of the house rules")
    MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", _("Protection of minors")
    PUBLIC_SECURITY = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", _("Risk for public security")
    SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", _("Scams and fraud")
    SELF_HARM = "STATEMENT_CATEGORY_SELF_HARM", _("Self-harm")
    PRODUCTS = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", _("Unsafe or prohibited products")
    VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE", _("Violence")


class StatementKeyword(models.TextChoices):
    """Those keywords of the EU's database that fit what people write here; the codes are those published there."""

    DEFAMATION = "KEYWORD_DEFAMATION", _("Defamation")
    HATE_SPEECH = "KEYWORD_HATE_SPEECH", _("Hate speech")
    HARASSMENT = "KEYWORD_CYBER_HARASSMENT", _("Harassment")
    DISCRIMINATION = "KEYWORD_DISCRIMINATION", _("Discrimination")
    INCITEMENT = "KEYWORD_INCITEMENT_VIOLENCE_HATRED", _("Incitement to violence or hatred")
    DATA_FALSIFICATION = "KEYWORD_DATA_FALSIFICATION", _("Falsification of data")
    OTHER = "KEYWORD_OTHER", _("Other")
