"""Mails to people about what concerns them."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.translation import override

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.common.calendar import last_day_before
from apps.common.wording import day, deadline
from apps.consultations.enums import TeamRole
from apps.consultations.models import MeetingSignUp
from apps.consultations.queries import deadline_of, phases_of
from apps.discussions.enums import (
    CONTRIBUTION_MOVED,
    CONTRIBUTION_MOVED_OUT,
    CONTRIBUTION_RESTORED,
    SUGGESTION_STATUS_SET,
    ContributionKind,
)
from apps.discussions.models import Contribution, SuggestionStep
from apps.discussions.queries import held_back, proposal_of, steps_of
from apps.discussions.rules import edit_until
from apps.moderation.enums import REPORT_RECEIVED
from apps.moderation.rules import APPEAL_TAKEN
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reasons_by_code, the_municipality
from apps.notifications.audiences import AccountNews, CaseNews, Overdue, PauseNews, ResidencyNews
from apps.notifications.audiences.meetings import MeetingNews
from apps.notifications.audiences.proposals import ProposalNews
from apps.notifications.audiences.teams import ReviewNews, TeamNews
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.stop_keys import stop_key
from apps.notifications.queries import News, key_of
from apps.notifications.rendering.parts import fetch_english, link, rendered

AnyNews = TypeVar("AnyNews", News, ResidencyNews, AccountNews, TeamNews, ReviewNews)


def letters_about(news: Iterable[News]) -> list[Letter]:
    """Return the mails that tell these news, one a person and entry."""
    news = list(news)
    texts = [(one.to.language, text) for one in news for text in (one.contribution, one.contribution.moved_to)]
    fetch_english(texts)
    return [_letter(one, _context) for one in news]


def letters_about_residencies(news: Iterable[ResidencyNews]) -> list[Letter]:
    """Return the mails that tell people what became of their residency."""
    return [_letter(one, _context_of_residency) for one in news]


def letters_about_accounts(news: Iterable[AccountNews]) -> list[Letter]:
    """Return the mails that tell people of their staff roles, and of what was decided about their organisation."""
    return [_letter(one, _context_of_account) for one in news]


def letters_about_teams(news: Iterable[TeamNews]) -> list[Letter]:
    """Return the mails that tell officials which consultation they work on now."""
    news = list(news)
    fetch_english([(one.to.language, one.member) for one in news])
    return [_letter(one, _context_of_team) for one in news]


def letters_about_reviews(news: Iterable[ReviewNews]) -> list[Letter]:
    """Return the mails that tell the team of a review that is asked for, and who asked of what came of it."""
    news = list(news)
    fetch_english([(one.to.language, one.review) for one in news])
    return [_letter(one, _context_of_review) for one in news]


def letters_about_cases(news: Iterable[CaseNews]) -> tuple[list[Letter], list[Letter]]:
    """Return the mails about reports and appeals: to people, and receipts to addresses that anybody may have typed."""
    news = list(news)
    fetch_english([(one.to.language if one.to else one.language, one.contribution) for one in news])
    letters = [(one, _case_letter(one)) for one in news]
    known = [letter for one, letter in letters if not one.address or one.entry.kind != REPORT_RECEIVED.name]
    return known, [letter for one, letter in letters if one.address and one.entry.kind == REPORT_RECEIVED.name]


def _case_letter(news: CaseNews) -> Letter:
    name = "deputy_case" if news.is_for_deputy else news.entry.kind.replace(".", "_")
    with override(news.to.language if news.to else news.language):
        context = _context_of_case(news)
        subject, body = rendered(name, context)
    return Letter(
        to=news.to.email if news.to else news.address,
        subject=subject,
        body=body,
        key=f"{key_of(news.entry)}:deputy" if news.is_for_deputy else key_of(news.entry),
        person_id=news.to.pk if news.to else None,
    )


def _context_of_case(news: CaseNews) -> dict[str, Any]:
    case = news.report.case if news.report else None
    text = news.contribution
    place = "moderation:appeal-decide" if news.appeal else "moderation:report-settle"
    about = news.appeal or case
    receipt = (
        link("moderation:report-receipt", news.report.key)
        if news.report
        else link("portal:contribution-receipt", text.consultation.slug, text.number)
        if text.author_id
        else _permalink(text)
    )
    return {
        "to": news.to,
        "contribution": text,
        "report": news.report,
        "case": case,
        "appeal": news.appeal,
        "receipt_number": news.report.receipt_number if news.report else "",
        "appeal_until": case.settled_at + APPEAL_TAKEN if case and case.settled_at else None,
        "municipality": the_municipality(),
        "link": _permalink(text),
        "receipt_link": link(place, about.pk) if news.is_for_deputy and about else receipt,
    }


def letters_about_pauses(news: Iterable[PauseNews]) -> list[Letter]:
    """Return the mails that tell people of a pause in their writing, with the reasons, and of an appeal against it."""
    news = list(news)
    fetch_english([(one.to.language, one.pause.contribution) for one in news])
    return [_pause_letter(one) for one in news]


def _pause_letter(news: PauseNews) -> Letter:
    name = "deputy_pause" if news.is_for_deputy else news.entry.kind.replace(".", "_")
    pause = news.pause
    with override(news.to.language):
        ends = deadline_of(phases_of(pause.place), news.entry.at)
        context = {
            "to": news.to,
            "news": news,
            "pause": pause,
            "appeal": news.appeal,
            "consultation": pause.contribution.consultation,
            "hearing_until": deadline(ends) if ends and ends > news.entry.at else "",
            "appeal_until": pause.begins_at + APPEAL_TAKEN,
            "municipality": the_municipality(),
            "link": link("portal:my-pause", pause.pk),
            "deputy_link": link("moderation:pause-appeal-decide", news.appeal.pk) if news.appeal else "",
        }
        subject, body = rendered(name, context)
    key = f"{key_of(news.entry)}:deputy" if news.is_for_deputy else key_of(news.entry)
    return Letter(to=news.to.email, subject=subject, body=body, key=key, person_id=news.to.pk)


def letters_about_overdue(news: Overdue) -> list[Letter]:
    """Return the mails that tell moderators that something is overdue."""
    return [_letter_to_moderator(news, person) for person in news.moderators]


def _letter_to_moderator(news: Overdue, person: User) -> Letter:
    with override(person.language):
        context = {
            "to": person,
            "count": news.count,
            "oldest": news.oldest,
            "municipality": the_municipality(),
            "link": f"{link('moderation:queue')}?part=overdue",
        }
        subject, body = rendered("queue_overdue", context)
    return Letter(to=person.email, subject=subject, body=body, key=news.key, person_id=person.pk)


def letters_about_meetings(news: Iterable[MeetingNews]) -> list[Letter]:
    """Return the mails that tell people of the meetings they signed up for, one a person and entry."""
    news = list(news)
    fetch_english([(one.sign_up.person.language, one.sign_up.meeting) for one in news])
    return [_letter_to_visitor(one.sign_up, one.mail, f"{one.mail}:{one.entry.pk}:{one.sign_up.pk}") for one in news]


def reminders_of_meetings(sign_ups: Iterable[MeetingSignUp]) -> list[Letter]:
    """Return the mails that remind people of the meetings at which they have a place."""
    sign_ups = list(sign_ups)
    fetch_english([(row.person.language, row.meeting) for row in sign_ups])
    return [
        _letter_to_visitor(row, "meeting_reminder", f"meeting_reminder:{row.pk}:{row.meeting.starts_at.isoformat()}")
        for row in sign_ups
    ]


def _letter_to_visitor(sign_up: MeetingSignUp, kind: str, key: str) -> Letter:
    meeting, person = sign_up.meeting, sign_up.person
    place = (meeting.consultation.slug, meeting.number)
    with override(person.language):
        context = {
            "to": person,
            "sign_up": sign_up,
            "meeting": meeting,
            "consultation": meeting.consultation,
            "municipality": the_municipality(),
            "starts": deadline(meeting.starts_at),
            "link": link("consultations:meeting", *place),
            "calendar_link": link("consultations:meeting-calendar", *place),
        }
        subject, body = rendered(kind, context)
    return Letter(to=person.email, subject=subject, body=body, key=key, person_id=person.pk)


def letters_about_proposals(news: Iterable[ProposalNews]) -> list[Letter]:
    """Return the mails that tell how citizen proposals ended, one a person and entry."""
    return [_letter_about_proposal(one) for one in news]


def _letter_about_proposal(news: ProposalNews) -> Letter:
    suggestion, follow = news.proposal.contribution, news.follow
    with override(news.to.language):
        stop_link = (
            link("notifications:follow-end", stop_key(follow.person_id, follow.consultation_id)) if follow else ""
        )
        context = {
            "to": news.to,
            "proposal": news.proposal,
            "contribution": suggestion,
            "municipality": the_municipality(),
            "link": _permalink(suggestion),
            "box_link": link("portal:suggestion-list"),
            "stop_link": stop_link,
        }
        subject, body = rendered(news.entry.kind.replace(".", "_"), context)
    key = key_of(news.entry)
    return Letter(to=news.to.email, subject=subject, body=body, key=key, person_id=news.to.pk, stop_link=stop_link)


def _letter(news: AnyNews, context_of: Callable[[AnyNews], dict[str, Any]]) -> Letter:
    kind = news.entry.kind.replace(".", "_")
    with override(news.to.language):
        subject, body = rendered(kind, context_of(news))
    return Letter(
        to=news.to.email,
        subject=subject,
        body=body,
        key=key_of(news.entry),
        person_id=news.to.pk,
    )


def _context(news: News) -> dict[str, Any]:
    contribution = news.contribution
    topic = ("portal:topic", contribution.consultation.slug, contribution.topic.slug)
    is_leaving = news.entry.kind == CONTRIBUTION_MOVED_OUT.name
    place = contribution.moved_to if is_leaving and contribution.moved_to else contribution
    return {
        "news": news,
        "to": news.to,
        "contribution": contribution,
        "is_held": contribution.pk in held_back([contribution]),
        "answer": news.answer,
        "numbers": ", ".join(str(number) for number in news.answered),
        "municipality": the_municipality(),
        "quoted": _quoted(contribution.body),
        "statement": news.statement,
        "reason": _reason_of(news),
        "sentence": _sentence_of(news),
        "until": edit_until(contribution),
        "ground": contribution.get_erasure_ground_display(),
        "link": _permalink(place),
        "receipt_link": link("portal:contribution-receipt", *_place(place)),
        "appeal_link": _appeal_link(news),
        "edit_link": link("discussions:contribution-revise", *_place(contribution)),
        "answer_link": _permalink(news.answer) if news.answer else "",
        "topic_link": link(*topic),
        "step": _step_of(news),
        "support_until": _support_until(news),
    }


def _support_until(news: News) -> str:
    """Return the last day to support a citizen proposal that is shown again, where its time stood still meanwhile."""
    if news.entry.kind != CONTRIBUTION_RESTORED.name or news.contribution.kind != ContributionKind.PROPOSAL:
        return ""
    proposal = proposal_of(news.contribution)
    if proposal is None or proposal.outcome or proposal.ends_at is None or not proposal.stood_still:
        return ""
    return day(last_day_before(proposal.ends_at))


def _step_of(news: News) -> SuggestionStep | None:
    """Return what was said to become of a suggestion, where that is the news."""
    if news.entry.kind != SUGGESTION_STATUS_SET.name:
        return None
    steps = steps_of([news.contribution.pk]).get(news.contribution.pk, ())
    return next((step for step in steps if step.set_at == news.entry.at), None)


def _appeal_link(news: News) -> str:
    """Return where its author appeals against just this decision; empty where none was stated."""
    page = link("moderation:appeal-submit", *_place(news.contribution))
    return f"{page}?statement={news.statement.puid}" if news.statement else ""


def _reason_of(news: News) -> RefusalReason | None:
    """Return why it was decided against the text: as stated, or as the entry holds it."""
    if news.statement:
        return news.statement.reason
    if news.contribution.refusal_reason or "reason" not in news.facts:
        return news.contribution.refusal_reason
    return reasons_by_code().get(str(news.facts["reason"]))


def _sentence_of(news: News) -> str:
    """Return the sentence of the decision: as stated, as it stands at the signpost of a move, or beside the number."""
    if news.statement:
        return news.statement.explanation
    if news.entry.kind == CONTRIBUTION_MOVED.name:
        return news.sentence
    return news.contribution.refusal_sentence


def _context_of_residency(news: ResidencyNews) -> dict[str, Any]:
    return {
        "news": news,
        "to": news.to,
        "residency": news.residency,
        "municipality": the_municipality(),
        "link": link("residency:verify"),
    }


def _context_of_account(news: AccountNews) -> dict[str, Any]:
    ends_at = news.assignment.ends_at if news.assignment else None
    return {
        "news": news,
        "to": news.to,
        "role": news.role,
        "assignment": news.assignment,
        "last_day": last_day_before(ends_at) if ends_at else None,
        "organisation": news.organisation,
        "municipality": the_municipality(),
        "link": link(_place_of_work(news.role) if news.role else "accounts:organisation-request"),
    }


def _context_of_team(news: TeamNews) -> dict[str, Any]:
    consultation = news.member.consultation
    edits = news.member.role != TeamRole.ANSWERER
    return {
        "to": news.to,
        "member": news.member,
        "consultation": consultation,
        "municipality": the_municipality(),
        "link": link("consultations:consultation-edit", consultation.slug) if edits else link("portal:desk"),
    }


def _context_of_review(news: ReviewNews) -> dict[str, Any]:
    consultation = news.review.consultation
    return {
        "to": news.to,
        "review": news.review,
        "consultation": consultation,
        "municipality": the_municipality(),
        "link": link("consultations:review", consultation.slug),
    }


def _place_of_work(role: Role) -> str:
    return "moderation:queue" if role == Role.MODERATOR else "portal:desk"


def _permalink(contribution: Contribution) -> str:
    return link("portal:contribution", *_place(contribution))


def _place(contribution: Contribution) -> tuple[str, int]:
    return contribution.consultation.slug, contribution.number


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
