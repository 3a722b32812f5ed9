"""Who works the queue, looks into reports and decides appeals, and on what. Nobody decides where they take part."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.queries import ids_in_role
from apps.accounts.rules import is_administrator, is_moderator, is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import NamePolicy
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import (
    has_written_in,
    is_changed_by_author,
    redaction_stands,
    typist_of,
    writers_by_topic,
)
from apps.discussions.rules import GONE, PAUSE_DAYS, why_no_pause
from apps.moderation.enums import Outcome, ReportOutcome
from apps.moderation.models import UNDO_LASTS, Appeal, Case, Decision, Deputy, PauseAppeal, Report, ReportCase
from apps.screening.rules import why_not_publishable

LONGEST_SENTENCE = 500
# As long as what stands beside a text can be.
LONGEST_NOTE = 200
LONGEST_FACTS = 2_000
LONGEST_EXPLANATION = 2_000
LONGEST_GROUND = 200
LONGEST_APPEAL = 4_000
# Six months, however long they are.
APPEAL_TAKEN = timedelta(days=184)
# Working hours until reports are looked into, and until an appeal is decided: four hours, and five days of eight.
REPORTS_DUE_HOURS, APPEALS_DUE_HOURS = 4, 40
# With fewer moderators than this who could decide on a text, the deputy may.
ENOUGH = 2
APPEALABLE = (Outcome.REFUSE, Outcome.HIDE, Outcome.RETURN, Outcome.REDACT, Outcome.HOLD_FILE)
# Decisions that keep a text from the public. The last of them is the one that stands.
_WITHHOLDING = (Outcome.REFUSE, Outcome.HIDE, Outcome.RETURN)
# Where a text stands while such a decision on it does. One that was sent back waits again after a week.
_KEEPS = {
    Outcome.REFUSE: (ContributionStatus.REFUSED,),
    Outcome.HIDE: (ContributionStatus.HIDDEN,),
    Outcome.RETURN: (ContributionStatus.RETURNED, ContributionStatus.WAITING),
}
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# Eight digits in a row or in pairs, as Danish telephone numbers are written; a date's year makes no pair of its own.
_TELEPHONE = re.compile(r"(?<![\d.,/-])(?:\+45 ?)?(?:\d{8}|\d{2}(?: \d{2}){3}|\d{4} \d{4})(?![\d.,/-]?\d)")


@permission("moderation.work_queue")
def why_not_work(viewer: Any) -> Sentence | None:
    """Moderators see the queue."""
    return None if is_moderator(viewer) else _("Only moderators can open the queue.")


@permission("moderation.decide_contribution")
def why_not_decide(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators decide on what others wrote, where they take no part themselves; the deputy where too few are left.

    Nor does anybody decide on what they reported themselves, until a colleague has looked into the report.

    Pair: `queries.next_waiting`. Who takes part is biased (forvaltningsloven section 3).
    """
    if not is_moderator(viewer) and not is_deputy_for(viewer, contribution):
        return why_not_work(viewer) or _("Only moderators can decide.")
    refused = why_conflicted(viewer, contribution)
    if refused is None and waits_on_report_of(viewer.pk, contribution):
        return _("You reported this yourself. A colleague has to look into it.")
    return refused


@permission("moderation.undo_decision")
def why_not_undo(viewer: Any, decision: Decision, *, at: datetime) -> Sentence | None:
    """Who decided takes a decision back, within a minute: mail and live updates about it leave after that."""
    refused = why_not_open_case(viewer, decision.case.contribution)
    if refused is None and decision.decided_by_id != viewer.pk:
        return _("A colleague decided this. Only they can undo it.")
    refused = refused or _why_lasting(decision)
    if refused is None and decision.decided_at <= at - UNDO_LASTS:
        return _(
            "It is too late to undo this: its author may have been told. Decide anew instead, where that is possible."
        )
    return refused


def _why_lasting(decision: Decision) -> Sentence | None:
    """Return why such a decision is not undone, however young it is, or None."""
    if decision.is_of_appeal:
        return _("This was decided on an appeal, and is not undone: who appealed is told at once.")
    if decision.left is not None and _has_lost_names(decision.left, decision.case.contribution):
        return _(
            "This move is not undone: only first names are shown in that hearing, and the rest of the name went. "
            "It can be moved again."
        )
    return None


def _has_lost_names(left: Contribution, moved: Contribution) -> bool:
    """Tell whether a move made names shorter that were shown in full where the text stood."""
    policies = left.consultation.name_policy, moved.consultation.name_policy
    return policies[1] == NamePolicy.FIRST_NAME != policies[0]


@permission("moderation.read_facts")
def why_not_read_facts(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators read what colleagues noted for each other, except about their own texts and about themselves."""
    if not is_moderator(viewer) and not is_deputy_for(viewer, contribution):
        return why_not_work(viewer) or _("Only moderators can read this.")
    return _why_party(viewer, contribution)


@permission("moderation.settle_letter")
def why_not_settle_letter(viewer: Any, texts: Sequence[Contribution]) -> Sentence | None:
    """Moderators say which texts of a topic are one letter, where they take no part and none is about them."""
    refused = why_not_work(viewer)
    if refused is not None or not texts:
        return refused
    if has_written_in(texts[0].topic_id, viewer.pk):
        return _("You have written in this topic yourself. A colleague who has not has to decide here.")
    if Case.objects.filter(contribution__in=texts, about_staff=viewer.pk).exists():
        return _("The text is about you. A colleague has to decide on it.")
    return None


@permission("moderation.open_case")
def why_not_open_case(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Moderators see the reports and appeals about a text, the deputy where too few of them are left."""
    if is_moderator(viewer) or is_deputy_for(viewer, contribution):
        return None
    return _("Only moderators, and their deputy where too few of them are left, can open this.")


@permission("moderation.work_cases")
def why_not_work_cases(viewer: Any) -> Sentence | None:
    """Moderators and their deputy see the queue; the deputy only what is the deputy's in it."""
    if is_moderator(viewer) or is_deputy(viewer):
        return None
    return _("Only moderators can open the queue.")


@permission("moderation.settle_reports")
def why_not_settle(viewer: Any, case: ReportCase) -> Sentence | None:
    """Whoever may decide on the text looks into the reports on it: nobody of whom one of them is."""
    return why_not_decide(viewer, case.contribution)


@permission("moderation.decide_appeal")
def why_not_decide_appeal(viewer: Any, appeal: Appeal) -> Sentence | None:
    """Whoever may decide on the text decides the appeal, but never who decided first (DSA article 20(6)).

    Nor who reported it: they asked for a decision against its author.
    The database refuses the same person as well: `appeal_decided_by_another`.
    """
    refused = why_not_decide(viewer, appeal.contribution)
    if refused is not None:
        return refused
    if appeal.first_decided_by_id == viewer.pk:
        return _("You made the decision that this appeal is about. A colleague has to decide the appeal.")
    letter = getattr(appeal, "letter", None)
    if letter is not None and letter.typed_by_id == viewer.pk:
        return _("You typed this appeal in yourself. A colleague has to decide it.")
    return _why_reporter(viewer, appeal.contribution)


@permission("moderation.pause_person")
def why_not_pause(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Whoever may decide on a text pauses its author's writing: nobody's opponent in the topic, and nobody's reporter.

    So nobody pauses themselves, nor somebody with whom they have a matter (forvaltningsloven section 3).
    """
    refused = why_not_decide(viewer, contribution) or why_no_pause(contribution, days=PAUSE_DAYS[0])
    if refused is None and Report.objects.filter(reporter=viewer, case__contribution=contribution).exists():
        return _("You reported this yourself. A colleague has to decide whether its author's writing is paused.")
    return refused


@permission("moderation.lift_pause")
def why_not_lift(viewer: Any, pause: WritingPause) -> Sentence | None:
    """Whoever may decide on the text in hand ends the pause before its time, also who decided it."""
    return why_not_decide(viewer, pause.contribution)


@permission("moderation.appeal_pause")
def why_not_appeal_pause(viewer: Any, pause: WritingPause, *, at: datetime) -> Sentence | None:
    """Whose writing was paused appeals, for half a year, also when the pause is over (DSA article 20(1))."""
    if not is_person(viewer) or pause.person_id != viewer.pk:
        return _("Only the person whose writing was paused can appeal against it.")
    return why_too_late(pause.begins_at, at=at)


@permission("moderation.decide_pause_appeal")
def why_not_decide_pause_appeal(viewer: Any, appeal: PauseAppeal) -> Sentence | None:
    """Whoever may decide on the text in hand decides the appeal, but never who paused it (DSA article 20(6)).

    Nor who reported that text: they asked for a decision against its author.

    The database refuses the same person as well: `pause_appeal_decided_by_another`.
    """
    refused = why_not_decide(viewer, appeal.pause.contribution)
    if refused is None and appeal.first_decided_by_id == viewer.pk:
        return _("You made the decision that this appeal is about. A colleague has to decide the appeal.")
    return refused or _why_reporter(viewer, appeal.pause.contribution)


def _why_reporter(viewer: Any, contribution: Contribution) -> Sentence | None:
    if Report.objects.filter(reporter=viewer, case__contribution=contribution).exists():
        return _("You reported this yourself. A colleague has to decide the appeal.")
    return None


@permission("moderation.name_deputy")
def why_not_name_deputy(viewer: Any) -> Sentence | None:
    """Administrators name the deputy of the moderators."""
    return None if is_administrator(viewer) else _("Only an administrator can name the deputy of the moderators.")


@permission("moderation.submit_report")
def why_not_report(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Everyone, signed in or not, reports what somebody else wrote and everyone can read (DSA article 16)."""
    if not contribution.is_published or not contribution.consultation.is_published:
        return _("This contribution is not shown to anyone, so there is nothing to report.")
    if contribution.is_answer:
        return _("This is the municipality's own answer. Write to the municipality if something in it is wrong.")
    if is_person(viewer) and contribution.author_id == viewer.pk:
        return _("You wrote this yourself. You can withdraw it from its receipt.")
    return None


@permission("moderation.submit_appeal")
def why_not_appeal(viewer: Any, decision: Decision, *, at: datetime) -> Sentence | None:
    """The author appeals against a refusal, a hiding, a redaction, a file held back or a request for an edit.

    That is for half a year.

    The decision still stands: a text that was sent back has not been changed by its author since, and what was redacted
    is still missing (DSA article 20(1)).
    """
    if not is_person(viewer) or decision.case.contribution.author_id != viewer.pk:
        return _("Only its author can appeal against a decision about a contribution.")
    return why_nothing_to_appeal(decision) or why_too_late(decision.decided_at, at=at)


def why_nothing_to_appeal(decision: Decision) -> Sentence | None:
    """Return why an appeal could change nothing: the text is erased, or the decision does not stand. Else None."""
    if decision.case.contribution.text_erased_at is not None:
        return _("The text is erased, so nobody can judge it again. Write to the municipality instead.")
    if not stands(decision):
        return _("This decision does not stand any more, so there is nothing to appeal against.")
    return None


def stands(decision: Decision) -> bool:
    """Tell whether a decision against a text is what keeps it, or a passage of it, from the public now."""
    text, outcome = decision.case.contribution, decision.outcome
    if decision.undone_at is not None or outcome not in APPEALABLE:
        return False
    if outcome == Outcome.REDACT:
        return redaction_stands(text, decision.version)
    if outcome == Outcome.HOLD_FILE:
        return _keeps_file(decision)
    later = Decision.objects.filter(case=decision.case_id, outcome__in=_WITHHOLDING, undone_at=None, pk__gt=decision.pk)
    if text.status not in _KEEPS[Outcome(outcome)] or later.exists():
        return False
    return outcome != Outcome.RETURN or not is_changed_by_author(text, since=decision.version)


def _keeps_file(decision: Decision) -> bool:
    """Tell whether just this decision keeps its file back: not a later one, nor the redaction of a passage."""
    file = decision.file
    if file is None or not file.is_held or file.held_with is not None:
        return False
    later = Decision.objects.filter(file=file, outcome=Outcome.HOLD_FILE, undone_at=None, pk__gt=decision.pk)
    return not later.exists()


def is_moot(appeal: Appeal) -> bool:
    """Tell whether nothing is left to decide: the text is gone, or a text that somebody reported is not shown."""
    text = appeal.contribution
    is_gone = text.status in GONE or text.text_erased_at is not None
    return is_gone or (appeal.report is not None and not text.is_published)


def why_not_appeal_report(report: Report, *, at: datetime) -> Sentence | None:
    """Who reported a text appeals, for half a year, when it was left as it is (DSA article 20(1))."""
    case = report.case
    if case.settled_at is None:
        return _("Nobody has looked into your report yet. You can appeal when it is decided.")
    if case.outcome != ReportOutcome.LEFT or not case.contribution.is_published:
        return _("The text that you reported is not shown any more, so there is nothing to appeal against.")
    return why_too_late(case.settled_at, at=at)


def why_too_late(decided_at: datetime, *, at: datetime) -> Sentence | None:
    """Return the refusal of an appeal that comes after half a year."""
    if at < decided_at + APPEAL_TAKEN:
        return None
    return _("The six months in which one can appeal are over. Write to the municipality if something new has come up.")


def why_conflicted(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Return why somebody who decides elsewhere has to leave this text to others, or None."""
    party = _why_party(viewer, contribution)
    if party is None and has_written_in(contribution.topic_id, viewer.pk):
        return _("You have written in this topic yourself. A colleague who has not has to decide here.")
    return party


def _why_party(viewer: Any, contribution: Contribution) -> Sentence | None:
    if contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to decide on it.")
    if staff_in_question(contribution) == viewer.pk:
        return _("The text is about you. A colleague has to decide on it.")
    if typist_of(contribution) == viewer.pk:
        return _("You typed this text in yourself. A colleague has to decide on it.")
    return None


def staff_in_question(contribution: Contribution) -> int | None:
    """Return whom of the staff the text is about, as moderators noted, or None."""
    case: Case | None = getattr(contribution, "case", None)
    return case.about_staff_id if case else None


def waits_on_report_of(person_id: int, contribution: Contribution) -> bool:
    """Tell whether a report of that person on the text has not been looked into."""
    mine = Report.objects.filter(reporter=person_id, case__contribution=contribution)
    return mine.filter(case__settled_at=None).exists()


def is_deputy(viewer: Any) -> bool:
    """Tell whether the viewer is the deputy, and has a staff role in this session."""
    if not is_person(viewer) or not viewer.roles:
        return False
    return Deputy.objects.filter(person=viewer, ended_at=None).exists()


def is_deputy_for(viewer: Any, contribution: Contribution) -> bool:
    """Tell whether the viewer is the deputy, and fewer than two moderators are left who could decide on the text."""
    return is_deputy(viewer) and len(free_moderators(contribution)) < ENOUGH


def free_moderators(contribution: Contribution) -> frozenset[int]:
    """Return the moderators who neither wrote or typed the text, nor wrote in its topic, reported it or are in it."""
    moderators = ids_in_role(Role.MODERATOR)
    wrote = writers_by_topic([contribution.topic_id], among=moderators).get(contribution.topic_id, frozenset())
    reported = Report.objects.filter(case__contribution=contribution, reporter__in=moderators)
    reporters = reported.values_list("reporter", flat=True)
    involved = [contribution.author_id, staff_in_question(contribution), typist_of(contribution)]
    return moderators.difference(wrote, reporters, involved)


@permission("moderation.read_again")
def why_not_read_again(viewer: Any, decision: Decision) -> Sentence | None:
    """Read a decided text a second time: moderators, neither who decided it nor who wrote it."""
    refused = why_not_work(viewer)
    if refused is None and viewer.pk in {decision.decided_by_id, decision.case.contribution.author_id}:
        return _("You decided on this or wrote it. A colleague has to read it again.")
    return refused


@permission("moderation.see_measures")
def why_not_see_measures(viewer: Any) -> Sentence | None:
    """Moderators and officials see how moderation is doing."""
    if is_moderator(viewer) or is_official(viewer):
        return None
    return _("Only moderators and officials see how moderation is doing.")


def why_not_public(sentence: str) -> Sentence | None:
    """Return why a sentence cannot be shown to everyone: a reason must not repeat what it refuses."""
    if _ADDRESS.search(sentence) or _TELEPHONE.search(sentence):
        return _(
            "The sentence looks as if it holds an e-mail address or a telephone number. "
            "Leave it out: everyone can read the sentence."
        )
    return why_not_publishable(sentence)


def why_not_beside(sentence: str) -> Sentence | None:
    """Return why a sentence cannot stand beside a text that is shown again, or None."""
    if len(sentence.strip()) > LONGEST_NOTE:
        return _("Write at most %(most)s characters: the sentence stands beside the text.") % {"most": LONGEST_NOTE}
    return why_not_public(sentence)


def why_not_kept(facts: str) -> Sentence | None:
    """Return why internal facts cannot be stored: identity numbers are stored nowhere."""
    return why_not_publishable(facts)
