"""Everything that is held about one person, collected from the apps that hold it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models.fields.files import FieldFile

from apps.accounts import queries as accounts
from apps.accounts.models import Organisation, User
from apps.consultations import queries as consultations
from apps.discussions import queries as discussions
from apps.ledger import queries as ledger
from apps.moderation import queries as moderation
from apps.notifications import queries as notifications
from apps.portal.models import DataExport
from apps.publications import queries as publications
from apps.residency import queries as residency

Data = dict[str, Any]
MOST_PAUSES = 1_000


def _of_discussions(person: User, *, at: datetime) -> Data:
    return {
        "contributions": discussions.personal_data_of(person, at=at),
        "agreements": discussions.agreements_of(person),
        "pauses": discussions.pauses_told(person),
    }


def uploaded_by(person: User) -> Iterator[tuple[str, FieldFile]]:
    """Yield what the person uploaded beside texts, each with its name in their copy."""
    for row in discussions.files_of(person):
        yield discussions.name_in_copy(row), row.file


def _of_ledger(person: User, *, at: datetime) -> Data:  # noqa: ARG001 - as the others are
    about = {
        "user": [person.pk],
        "residency": list(person.residencies.values_list("pk", flat=True)),
        "letter": list(person.letters.values_list("pk", flat=True)),
        "roleassignment": list(person.assignments.values_list("pk", flat=True)),
        "organisation": list(Organisation.objects.filter(account=person).values_list("pk", flat=True)),
        "contribution": list(discussions.contributions_by(person).values_list("pk", flat=True)),
        "writingpause": [pause.pk for pause in discussions.pauses_about(person.pk, limit=MOST_PAUSES)],
        "meetingsignup": list(consultations.sign_ups_of(person).values_list("pk", flat=True)),
        "report": [report.pk for report in moderation.reports_by(person)],
        "appeal": [appeal.pk for appeal in moderation.appeals_by(person)],
        "pauseappeal": [appeal.pk for appeal in moderation.pause_appeals_by(person)],
    }
    return {"entries": ledger.personal_data_of(person.pk, about=about)}


def _of_portal(person: User, *, at: datetime) -> Data:  # noqa: ARG001 - as the others are
    exports = DataExport.objects.filter(person=person).order_by("pk")
    return {
        "exports": [
            {
                "status": row.get_status_display(),
                "requested_at": row.requested_at,
                "ready_at": row.ready_at,
                "expires_at": row.expires_at,
                "size": row.size,
            }
            for row in exports
        ]
    }


COLLECTORS: dict[str, Callable[..., Data]] = {
    "accounts": accounts.personal_data_of,
    "residency": residency.personal_data_of,
    "discussions": _of_discussions,
    "notifications": notifications.personal_data_of,
    "moderation": moderation.personal_data_of,
    "publications": publications.personal_data_of,
    "consultations": consultations.personal_data_of,
    "ledger": _of_ledger,
    "portal": _of_portal,
}


def collected(person: User, *, at: datetime) -> dict[str, Data]:
    """Return everything that is held about a person, by app, in the language in force. Only ever for that person."""
    return {app: collect(person, at=at) for app, collect in COLLECTORS.items()}


def stored_about(person: User, *, at: datetime) -> Data:
    """Return what the page about it tells: the account, residency and letters in full, the rest in numbers."""
    told = notifications.personal_data_of(person, at=at)
    mails = told["mails"]
    return {
        **accounts.personal_data_of(person, at=at),
        **residency.personal_data_of(person, at=at),
        "contributions": discussions.contributions_by(person).count(),
        "follows": len(told["follows"]),
        "meetings": consultations.sign_ups_of(person).count(),
        "mails": len(mails),
        "mail_texts": sum(1 for mail in mails if mail["body"]),
        "mails_until": max((mail["kept_until"] for mail in mails), default=None),
    }
