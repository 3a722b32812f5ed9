"""Statements of reasons as tables, and what their fields mean."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.tables import csv_lines
from apps.moderation.engine.statements import COLUMNS, cells_of
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import (
    records_of,
)

# What the fields of an exported statement mean, in their order.
FIELDS: dict[str, Promise] = {
    "puid": _("The mark of the statement, which its author finds in the mail. It leads to nobody."),
    "decision_visibility": _("What was decided: removed is not published, disabled is no longer shown."),
    "decision_visibility_other": _("The same in words, where none of the codes fits."),
    "decision_provision": _("Where somebody's writing was paused: a part of the service was suspended for them."),
    "end_date_service_restriction": _("The day on which such a pause ends by itself."),
    "decision_ground": _("Whether the text is against the law, or against a house rule."),
    "decision_ground_reference_url": _("Where the house rules stand."),
    "illegal_content_legal_ground": _("Which law, where it is against the law."),
    "illegal_content_explanation": _("Why, in the moderator's sentence."),
    "incompatible_content_ground": _("Which house rule, where it is against one."),
    "incompatible_content_explanation": _("Why, in the moderator's sentence."),
    "category": _("The category in the EU's database."),
    "category_specification": _("A keyword within the category, where one fits."),
    "content_type": _("What was decided about: a text, or a file beside one."),
    "content_type_other": _("What kind of file, where none of the codes fits."),
    "content_language": _("In which language the forum is held."),
    "content_date": _("The day on which the text was received."),
    "territorial_scope": _("Where the decision is in force."),
    "application_date": _("The day of the decision."),
    "decision_facts": _("On which facts it was decided."),
    "source_type": _("How the text was found: voluntary means without a report."),
    "automated_detection": _("Whether a program pointed the text out."),
    "automated_decision": _("Whether a program decided. Here people do."),
}


def statements_as_csv(statements: QuerySet[StatementOfReasons]) -> Iterator[str]:
    """Return statements of reasons as the lines of a table for a spreadsheet."""
    return csv_lines(COLUMNS, map(cells_of, records_of(statements)))


def statements_as_json(statements: QuerySet[StatementOfReasons]) -> Iterator[str]:
    """Return statements of reasons as JSON, in the shape in which the EU's database takes many at once."""
    between = '{"statements": ['
    for record in records_of(statements):
        yield f"{between}\n{json.dumps(record, ensure_ascii=False)}"
        between = ","
    yield "\n]}\n" if between == "," else f"{between}]}}\n"
