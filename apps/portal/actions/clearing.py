"""What is kept for how long, and taking away what is due. A legal hold comes before all of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.actions import clear_sessions
from apps.accounts.queries import sessions_to_clear, unconfirmed_accounts
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.actions import clear_sign_ups
from apps.consultations.queries import SIGN_UPS_KEPT, sign_ups_to_clear
from apps.discussions.actions import clear_refused_texts, clear_senders
from apps.discussions.queries import pauses_to_clear, senders_to_clear
from apps.discussions.queries.erasures import refused_texts
from apps.discussions.rules import PAUSES_KEPT, REFUSED_TEXTS_KEPT
from apps.discussions.rules.outside import SENDERS_KEPT
from apps.exchange.actions import clear_case_files
from apps.exchange.queries import CASE_FILES_KEPT, case_files_to_expire
from apps.moderation.actions import clear_old_pauses, clear_old_reports, close_moot_appeals, forget_notes_on_cleared
from apps.moderation.queries import REPORTS_KEPT
from apps.notifications.actions import clear_old_mails, forget_gone_senders, forget_old_bodies
from apps.notifications.queries import BODIES_KEPT, ROWS_KEPT, bodies_to_forget, mails_to_clear
from apps.portal.actions.dues import Due, due_of, letters_due, reports_due
from apps.portal.actions.exporting import clear_exports
from apps.portal.actions.leaving import take_out
from apps.portal.queries.exports import KEPT as EXPORTS_KEPT
from apps.portal.queries.exports import exports_to_expire
from apps.residency.actions import clear_letters, clear_residencies
from apps.residency.queries import ENDED_KEPT, residencies_to_clear
from apps.residency.queries import KEPT_ENDED as LETTERS_KEPT
from apps.screening.actions import forget_employees
from apps.screening.queries import ENDED_EMPLOYEES_KEPT, employees_to_forget

logger = logging.getLogger(__name__)

UNCONFIRMED_KEPT = timedelta(days=30)
BATCH = 200


@dataclass(frozen=True, kw_only=True)
class RetentionClass:
    """One kind of thing: what it is, how long it is kept and why, what is due at a moment, and how that goes.

    `code` names it in the command and in docs/privacy.md.
    """

    code: str
    days: int
    what: Promise
    counted: Promise
    why: Promise
    due: Callable[[datetime], Due]
    clear: Callable[[datetime], int]


def clear_away(*, at: datetime) -> dict[str, int]:
    """Take away what is due in every class; return how much of each. One class that fails does not keep the others.

    Raises RuntimeError with the codes of those that failed, after all were tried.
    """
    done: dict[str, int] = {}
    failed: list[str] = []
    for one in CLASSES:
        try:
            done[one.code] = one.clear(at)
        except Exception as problem:  # noqa: BLE001 - the next class is cleared all the same
            logger.error("Clearing away %s failed: %s", one.code, type(problem).__name__)  # noqa: TRY400 - no texts of rows
            failed.append(one.code)
    if failed:
        message = f"Not cleared away: {', '.join(failed)}"
        raise RuntimeError(message)
    return done


def clear_unconfirmed(*, at: datetime) -> int:
    """Take out of everything the people who did not confirm their address within a month. Return how many."""
    done = 0
    while people := list(unconfirmed_accounts(before=at - UNCONFIRMED_KEPT)[:BATCH]):
        done += sum(take_out(person=person, reason="retention", by=THE_SYSTEM, at=at) for person in people)
    return done


def _clear_all_letters(at: datetime) -> int:
    done = 0
    while cleared := clear_letters(at=at):
        done += cleared
    return done


def _clear_senders(at: datetime) -> int:
    """The address goes from the mails that were sent to it, too."""
    cleared = clear_senders(at=at)
    forget_gone_senders()
    return cleared


def _clear_refused(at: datetime) -> int:
    """Notes and appeals go after the texts: killed in between, the next night takes them."""
    cleared = clear_refused_texts(at=at)
    forget_notes_on_cleared()
    close_moot_appeals(by=THE_SYSTEM, at=at)
    return cleared


CLASSES = (
    RetentionClass(
        code="unconfirmed-accounts",
        days=UNCONFIRMED_KEPT.days,
        what=_("Accounts whose e-mail address nobody confirmed"),
        counted=_("after the sign-up"),
        why=_("Nobody has shown that the account is theirs. It has no purpose (GDPR article 5(1)(e))."),
        due=lambda at: due_of(unconfirmed_accounts(before=at - UNCONFIRMED_KEPT), "created_at"),
        clear=lambda at: clear_unconfirmed(at=at),
    ),
    RetentionClass(
        code="letters",
        days=LETTERS_KEPT.days,
        what=_("Letters with a code: name and address until they are posted, then keys and dates"),
        counted=_("after the letter is done with; one that nobody posted is emptied after 30 days"),
        why=_("The number of letters to one address is limited within a year, so that nobody can misuse them."),
        due=letters_due,
        clear=_clear_all_letters,
    ),
    RetentionClass(
        code="ended-residencies",
        days=ENDED_KEPT.days,
        what=_("Residencies that have ended or run out: method, dates and keys"),
        counted=_("after the end"),
        why=_("As long as a residency holds: so that an account is not verified for one person after another."),
        due=lambda at: due_of(residencies_to_clear(at=at), "verified_at"),
        clear=lambda at: clear_residencies(at=at),
    ),
    RetentionClass(
        code="refused-texts",
        days=REFUSED_TEXTS_KEPT.days,
        what=_("Texts that were not published; number, reason and fingerprint stay"),
        counted=_("after the decision"),
        why=_("The author can complain, and the municipality must be able to show what it decided about."),
        due=lambda at: due_of(refused_texts(before=at - REFUSED_TEXTS_KEPT), "decided_at"),
        clear=_clear_refused,
    ),
    RetentionClass(
        code="ended-employees",
        days=ENDED_EMPLOYEES_KEPT.days,
        what=_("Names of protected employees that are no longer looked for"),
        counted=_("after the name went out of force"),
        why=_("The municipality must be able to show why a text waited for a moderator."),
        due=lambda at: due_of(employees_to_forget(at=at), "active_until"),
        clear=lambda at: forget_employees(at=at),
    ),
    RetentionClass(
        code="reports",
        days=REPORTS_KEPT.days,
        what=_("Who reported a text or appealed, and what they wrote; that it was reported, and the outcome, stay"),
        counted=_("after the decision"),
        why=_("One can appeal for half a year, and the municipality must be able to show what it decided about."),
        due=reports_due,
        clear=lambda at: clear_old_reports(at=at),
    ),
    RetentionClass(
        code="pauses",
        days=PAUSES_KEPT.days,
        what=_("Pauses in somebody's writing: whose, why, and what they said against it; the entries stay"),
        counted=_("after the pause would have ended"),
        why=_("One can appeal for half a year, and what is proportionate goes by what was decided before."),
        due=lambda at: due_of(pauses_to_clear(at=at), "ends_at"),
        clear=lambda at: clear_old_pauses(at=at),
    ),
    RetentionClass(
        code="meeting-sign-ups",
        days=SIGN_UPS_KEPT.days,
        what=_("Who signed up for a meeting"),
        counted=_("after the meeting"),
        why=_("Long enough to ask those who came. How many came stays, as a number."),
        due=lambda at: due_of(sign_ups_to_clear(at=at), "signed_up_at"),
        clear=lambda at: clear_sign_ups(at=at),
    ),
    RetentionClass(
        code="senders",
        days=SENDERS_KEPT.days,
        what=_("Names and postal addresses of those who wrote by letter or rang; the text and the name beside it stay"),
        counted=_("after the text was typed in"),
        why=_("They are told of the decision (planloven § 31), and the decision can take years."),
        due=lambda at: due_of(senders_to_clear(at=at), "entered_at"),
        clear=_clear_senders,
    ),
    RetentionClass(
        code="mail-texts",
        days=BODIES_KEPT.days,
        what=_("The text of mails that were sent or given up"),
        counted=_("after the mail was written"),
        why=_("To find out what became of a mail that somebody asks for."),
        due=lambda at: due_of(bodies_to_forget(at=at), "written_at"),
        clear=lambda at: forget_old_bodies(at=at),
    ),
    RetentionClass(
        code="mails",
        days=ROWS_KEPT.days,
        what=_("Address, subject and time of mails"),
        counted=_("after the mail was written; the mail that confirms a deletion goes after a day"),
        why=_("To show that a decision was sent (forvaltningsloven), for as long as it can be complained about."),
        due=lambda at: due_of(mails_to_clear(at=at), "written_at"),
        clear=lambda at: clear_old_mails(at=at),
    ),
    RetentionClass(
        code="data-exports",
        days=EXPORTS_KEPT.days,
        what=_("Copies of their data that people asked for"),
        counted=_("after the copy is ready"),
        why=_("Long enough to download it. A copy in one place is a risk (GDPR article 32)."),
        due=lambda at: due_of(exports_to_expire(at=at), "ready_at"),
        clear=lambda at: clear_exports(at=at),
    ),
    RetentionClass(
        code="case-files",
        days=CASE_FILES_KEPT.days,
        what=_("Case files that officials asked for"),
        counted=_("after the file is ready, or once something in it is taken from the public"),
        why=_("Long enough to file it. A copy in one place is a risk (GDPR article 32)."),
        due=lambda at: due_of(case_files_to_expire(at=at), "ready_at"),
        clear=lambda at: clear_case_files(at=at),
    ),
    RetentionClass(
        code="sessions",
        days=settings.SESSION_COOKIE_AGE // (24 * 60 * 60),
        what=_("Log-ins on a device, and texts that wait there unsent"),
        counted=_("after the device was last used to log in or to write"),
        why=_("So that people stay logged in on their own device, and lose no text."),
        due=lambda at: due_of(sessions_to_clear(at=at), "expire_date"),
        clear=lambda at: clear_sessions(at=at),
    ),
)
