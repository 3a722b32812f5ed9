"""Everything the forum says to somebody. A new page, feed, mail or socket gets a line here.

An output takes a browser and the town, and returns what comes out as bytes; what leads on is followed.
"""

from collections.abc import Mapping

from django.test import Client

from apps.accounts.models import User
from tests.leaks.visits import (
    Output,
    SecretTown,
    around_hidden_numbers,
    copy_of_own_data,
    each,
    each_case,
    each_erasure,
    each_file,
    each_held_file,
    each_item,
    each_own_pause,
    each_pause,
    holds,
    letters,
    meeting,
    one_legal_basis,
    one_organisation,
    one_reason,
    one_role,
    page,
    receipts_of_reports,
    writing_in_reply,
)
from tests.personas import Viewer

# Where moderators read what is not public.
AT_THE_QUEUE: dict[str, Output] = {
    "queue": page("moderation:queue"),
    "log": page("moderation:decision-list"),
    "item": each_item("moderation:item"),
    "identical letters": page("moderation:letter-list"),
    "the same letter or not": each_item("moderation:letter-settle"),
    "evidence": each_item("portal:evidence"),
    "proposing to erase": each_item("moderation:erasure-propose"),
    "erasures": page("moderation:erasure-list"),
    "second reading": page("moderation:second-reading"),
    "figures of moderation": page("moderation:measure-list"),
    "erasure": each_erasure,
    "case": each_case,
    "pausing an author": each_item("moderation:person-pause"),
    "pauses": page("moderation:pause-list"),
    "pause": each_pause,
    "file beside a text": each_file,
    "holding a file back": each_held_file,
    "whom it is about": each_item("moderation:conflict-note"),
}
OUTPUTS: dict[str, Output] = AT_THE_QUEUE | {
    "protected employees": page("screening:employee-list"),
    "adding an employee": page("screening:employee-add"),
    "adding many employees": page("screening:employee-import"),
    "coarse words": page("screening:word-list"),
    "adding a coarse word": page("screening:word-add"),
    "staff": page("accounts:person-list"),
    "giving a role": page("accounts:role-grant"),
    "ending a role": one_role,
    "own organisation": page("accounts:organisation-request"),
    "organisations": page("accounts:organisation-list", "?show=confirmed"),
    "organisation": one_organisation,
    "accessibility": page("municipality:accessibility"),
    "colour": page("municipality:brand"),
    "house rules": page("municipality:rules"),
    "what the municipality says of itself": page("municipality:municipality-edit"),
    "setting the colour": page("municipality:brand-edit"),
    "setting the page on accessibility": page("municipality:accessibility-edit"),
    "districts": page("municipality:district-list-edit"),
    "terms of citizen proposals": page("municipality:proposals-edit"),
    "changing the house rules": page("municipality:rules-edit"),
    "reasons": page("municipality:reason-list"),
    "adding a reason": page("municipality:reason-add"),
    "changing a reason": one_reason,
    "legal bases": page("municipality:legal-basis-list"),
    "adding a legal basis": page("municipality:legal-basis-add"),
    "changing a legal basis": one_legal_basis,
    "legal holds": holds,
    "holding an account": page("portal:person-hold"),
    "holding a contribution": page("portal:contribution-hold"),
    "decisions against texts": page("moderation:transparency"),
    "decisions as a table": page("moderation:statements-csv"),
    "decisions for programs": page("moderation:statements-json"),
    "text blocks": page("publications:text-block-list"),
    "a new text block": page("publications:text-block-add"),
    "calendar of officials": page("consultations:calendar", "?whose=all"),
    "calendar of officials as a file": page("consultations:calendar-download", "?whose=all"),
    "front page": page("portal:home"),
    "list of hearings": page("portal:consultation-list"),
    "suggestion box": page("portal:suggestion-list"),
    "suggestions that hold a word": page("portal:suggestion-list", "?q=text"),
    "news": page("portal:news-list"),
    "feed of news": page("portal:news-feed"),
    "hearing": page("portal:consultation"),
    "map of the hearing": page("portal:consultation-map"),
    "map of the hearing as a file": page("consultations:map-download"),
    "setting the map": page("consultations:map-edit"),
    "meeting": meeting("meeting", "meeting-calendar"),
    "meeting at the desk": meeting("meeting-edit", "meeting-call-off", "meeting-people", "minutes-edit"),
    "stopping writing": page("moderation:brake"),
    "own page": page("portal:me"),
    "what one follows": page("portal:my-following"),
    "own settings": page("portal:my-settings"),
    "own security": page("portal:my-security"),
    "own data": page("portal:my-data"),
    "own second step": page("mfa_index"),
    "own sessions": page("usersessions_list"),
    "technical window": page("admin:index"),
    "leaving": page("portal:account-delete"),
    "goodbye": page("portal:account-deleted"),
    "privacy": page("portal:privacy"),
    "retention": page("portal:retention"),
    "copy of one's data": copy_of_own_data,
    "own residency": page("residency:verify"),
    "desk of residents": page("residency:desk"),
    "waiting residencies": page("residency:waiting-list"),
    "own letter": page("residency:letter-request"),
    "code of a letter": page("residency:code-enter"),
    "waiting letters": page("residency:letter-list"),
    "letters and calls": page("discussions:voice-list"),
    "typing in a letter": page("discussions:voice-enter"),
    "typing in many": page("discussions:voice-import"),
    "table for many": page("discussions:voice-template"),
    "one that was typed in": each("discussions:voice"),
    "decisions to post": page("moderation:statement-post-list"),
    "topic": page("portal:topic"),
    "topic, newest first": page("portal:topic", "?order=newest"),
    "topic, questions": page("portal:topic", "?show=questions"),
    "topic, answered": page("portal:topic", "?show=answered"),
    "topic, unanswered": page("portal:topic", "?show=unanswered"),
    "topic, residents": page("portal:topic", "?show=residents"),
    "topic, from anywhere": around_hidden_numbers,
    "topic, news": page("portal:topic", "?since=0"),
    "topic, news as fragment": page("portal:topic", "?since=0", **{"X-Fragment": "news"}),
    "permanent address": each("portal:contribution"),
    "all with the same text": each("discussions:letter"),
    "receipt": each("portal:contribution-receipt"),
    "change": each("discussions:contribution-revise"),
    "withdraw": each("discussions:contribution-withdraw"),
    "what becomes of a suggestion": each("discussions:suggestion-status"),
    "answer": each("publications:answer-publish"),
    "report": each("moderation:report-submit"),
    "appeal": each("moderation:appeal-submit"),
    "receipt of a report": receipts_of_reports,
    "deputy": page("moderation:deputy-name"),
    "own pause": each_own_pause,
    "form": page("discussions:contribution-submit"),
    "form for a reply": writing_in_reply,
    "summary": page("publications:summary"),
    "summary being written": page("publications:summary-edit"),
    "ledger": page("portal:entry-list"),
    "ledger of the hearing": page("portal:consultation-entries"),
    "what moderators decided": page("portal:moderation-log"),
    "feed of what moderators decided": page("portal:moderation-feed"),
    "letters": letters,
}


def leaks_to(
    viewer: Viewer, town: SecretTown, texts: Mapping[str, str], *, outputs: Mapping[str, Output] = OUTPUTS
) -> list[str]:
    """Return `output: text` for each text that comes out somewhere for this viewer."""
    leaks = []
    login = Client()
    if isinstance(viewer, User):
        login.force_login(viewer)
    for name, output in outputs.items():
        client = Client(raise_request_exception=False)
        client.cookies.load(login.cookies)
        told = output(client, town)
        leaks += [f"{name}: {what}" for what, text in texts.items() if text.encode() in told]
    return leaks
