"""Who may open which door: the status that a GET of every address answers to every persona.

A new address fails `test_doors.py` until it has a row here. Write the row from the rule, not from what the page
answers today: that the two agree is what is tested.
"""

from collections.abc import Mapping

PAGE, ELSEWHERE, NO, NOWHERE, POST_ONLY = 200, 302, 403, 404, 405

Row = Mapping[str, int]

CITIZENS = ("anonymous", "unverified", "resident", "speaker", "protected", "superuser")
STAFF = ("moderator", "official", "administrator")


def all_get(status: int, **others: int) -> Row:
    """Everyone gets the same, but for those named."""
    return dict.fromkeys((*CITIZENS, *STAFF), status) | others


def signed_in(status: int = PAGE, **others: int) -> Row:
    """Who is not signed in is led to the sign-in page."""
    return all_get(status, **{"anonymous": ELSEWHERE} | others)


def only(*staff: str, status: int = PAGE) -> Row:
    """Staff of these roles; the rest are refused, and who is not signed in is led to the sign-in page."""
    return all_get(NO, anonymous=ELSEWHERE, **dict.fromkeys(staff, status))


# The tables of the technical window, and what the example row answers: only the first has one.
WINDOW = {
    "accounts_roleassignment": PAGE,
    "municipality_municipality": ELSEWHERE,
    "municipality_district": ELSEWHERE,
    "municipality_refusalreason": ELSEWHERE,
    "municipality_legalbasis": ELSEWHERE,
    "municipality_houserule": ELSEWHERE,
    "ledger_reader": ELSEWHERE,
}

DOORS: dict[str, Row] = {
    "portal:home": all_get(PAGE),
    "portal:consultation-list": all_get(PAGE),
    "portal:consultation": all_get(PAGE),
    "portal:topic": all_get(PAGE),
    "portal:topic-print": all_get(PAGE),
    "discussions:topic-table": all_get(PAGE),
    "portal:topic-feed": all_get(PAGE),
    "portal:contribution": all_get(ELSEWHERE),
    "portal:suggestion-list": all_get(PAGE),
    "portal:news-list": all_get(PAGE),
    "portal:news-feed": all_get(PAGE),
    "portal:how-it-works": all_get(PAGE),
    "portal:me": signed_in(),
    "portal:my-following": signed_in(),
    "portal:my-settings": signed_in(),
    "portal:my-security": signed_in(),
    "portal:my-data": signed_in(),
    "portal:export-request": all_get(POST_ONLY),
    "portal:export-download": all_get(ELSEWHERE),  # they are asked for their password once more
    "portal:account-delete": signed_in(),
    "portal:account-deleted": all_get(PAGE),
    "portal:privacy": all_get(PAGE),
    "portal:retention": only("administrator"),
    "portal:desk": only("official", "administrator"),
    "portal:evidence": only("moderator"),
    "municipality:accessibility": all_get(PAGE),
    "municipality:brand": all_get(PAGE),
    "municipality:rules": all_get(PAGE),
    "municipality:rules-version": all_get(PAGE),
    "municipality:municipality-edit": only("administrator"),
    "municipality:brand-edit": only("administrator"),
    "municipality:crest": all_get(NOWHERE),
    "municipality:crest-edit": only("administrator"),
    "municipality:accessibility-edit": only("administrator"),
    "municipality:district-list-edit": only("administrator"),
    "municipality:proposals-edit": only("administrator"),
    "municipality:rules-edit": only("administrator"),
    "municipality:reason-list": only("official", "administrator"),
    "municipality:reason-add": only("official", "administrator"),
    "municipality:reason-edit": only("official", "administrator"),
    "municipality:legal-basis-list": only("administrator"),
    "municipality:legal-basis-add": only("administrator"),
    "municipality:legal-basis-edit": only("administrator"),
    "portal:hold-list": only("administrator"),
    "portal:person-hold": only("administrator"),
    "portal:contribution-hold": only("administrator"),
    "portal:hold-lift": only("administrator", status=NOWHERE),  # nothing is held
    "portal:theme": all_get(POST_ONLY),
    "health:process": all_get(PAGE),
    "health:services": all_get(PAGE),
    "health:metrics": all_get(PAGE),  # the tests come from this machine
    "discussions:contribution-submit": all_get(PAGE),
    # The example is the resident's, and is published: its author has a receipt, can take it back and not change it.
    "portal:contribution-receipt": all_get(NOWHERE, anonymous=ELSEWHERE, resident=PAGE),
    "discussions:contribution-revise": all_get(NOWHERE, anonymous=ELSEWHERE, resident=NO),
    "discussions:contribution-withdraw": all_get(NOWHERE, anonymous=ELSEWHERE, resident=PAGE),
    "discussions:contribution-file": all_get(NOWHERE),  # the example carries no files
    "discussions:contribution-image": all_get(NOWHERE),
    "discussions:agreement": all_get(POST_ONLY),
    "discussions:suggestion-status": all_get(NO, anonymous=ELSEWHERE),  # a text of a hearing has none
    "discussions:voice-list": only("official"),
    "discussions:voice-enter": only("official"),
    "discussions:voice-import": only("official"),
    "discussions:voice-template": only("official"),
    "discussions:voice": only("official", status=NOWHERE),  # nothing was typed in
    "discussions:voice-correct": only("official", status=NOWHERE),
    "discussions:voice-scan": only("official", "moderator", status=NOWHERE),
    "discussions:sender-table": all_get(POST_ONLY),
    "discussions:sender-labels": all_get(POST_ONLY),
    "discussions:receipt-print": all_get(POST_ONLY),
    "discussions:receipt-post": all_get(POST_ONLY),
    "discussions:sender-forget": all_get(POST_ONLY),
    "discussions:sender-name-hide": all_get(POST_ONLY),
    "moderation:statement-post-list": only("official", "moderator"),
    "moderation:statement-print": all_get(POST_ONLY),
    "moderation:statement-post": all_get(POST_ONLY),
    "discussions:letter": all_get(NOWHERE),  # nobody sent the same as the example
    "portal:entry-list": all_get(PAGE),
    "portal:consultation-entries": all_get(PAGE),
    "portal:moderation-log": all_get(PAGE),
    "portal:moderation-log-of-all": all_get(PAGE),
    "portal:moderation-feed": all_get(PAGE),
    "portal:moderation-feed-of-all": all_get(PAGE),
    "publications:summary": all_get(NOWHERE, official=PAGE),  # none is published
    "publications:white-paper": all_get(PAGE),  # a hearing without one says that it is to come
    "publications:white-paper-version": all_get(NOWHERE),  # none is published; tests/publications/test_paper_pages.py
    "publications:white-paper-annex": all_get(NOWHERE),
    "publications:white-paper-statement": all_get(NOWHERE),
    "publications:white-paper-pdf": all_get(NOWHERE),
    "publications:white-paper-pdf-state": all_get(NOWHERE),
    "publications:white-paper-pdf-retry": all_get(POST_ONLY),
    "publications:white-paper-csv": all_get(NOWHERE),
    "publications:white-paper-json": all_get(NOWHERE),
    "publications:objection-send": signed_in(NOWHERE, resident=NO),  # the author's, where a white paper is published
    "publications:objection-list": only("official"),
    "publications:objection-answer": only("official", status=NOWHERE),  # there is none
    "publications:decision": all_get(NOWHERE, official=PAGE),  # nothing is published
    "publications:decision-versions": all_get(NOWHERE),
    "publications:decision-desk": only("official"),
    "publications:recommendation-edit": only("official"),
    "publications:recommendation-publish": only("official", status=ELSEWHERE),  # none is written
    "publications:case-meeting-add": only("official"),
    "publications:case-meeting-edit": only("official", status=NOWHERE),  # there is none
    "publications:case-meeting-publish": only("official", status=NOWHERE),
    "publications:case-meeting-remove": only("official", status=NOWHERE),
    "publications:notice-list": only("official", status=NOWHERE),  # nothing is decided
    "publications:notice-begin": only("official", status=NOWHERE),
    "publications:notice-print": all_get(POST_ONLY),
    "publications:notice-post-all": all_get(POST_ONLY),
    "publications:notice-post": all_get(POST_ONLY),
    "publications:notice-reroute": all_get(POST_ONLY),
    "publications:follow-up": all_get(NOWHERE, official=PAGE),  # nothing is promised
    "publications:milestone-add": only("official"),
    "publications:milestone-edit": only("official", status=NOWHERE),  # there is none
    "publications:text-block-list": only("official"),
    "publications:text-block-add": only("official"),
    "publications:text-block-edit": only("official", status=NOWHERE),  # there is none
    "publications:summary-edit": only("official"),
    "publications:summary-publish": only("official"),
    "publications:answer-publish": only("official"),
    "publications:answer-assign": only("official"),
    "publications:answer-list": only("official"),
    "publications:answer-correct": signed_in(NOWHERE),  # the example is no answer
    "publications:answer-draft": only("official", status=NOWHERE),  # there is none
    "publications:answer-pick": only("official", status=NOWHERE),
    "publications:coding": only("official", status=ELSEWHERE),  # to where a white paper is begun
    "publications:whitepaper-desk": only("official"),
    "publications:whitepaper-intro": only("official", status=NOWHERE),  # none is begun
    "publications:whitepaper-missing": only("official", status=NOWHERE),
    "publications:whitepaper-publish": only("official", status=NOWHERE),
    "publications:statement-add": only("official", status=NOWHERE),
    "publications:paper-statement": only("official", status=NOWHERE),
    "notifications:consultation-follow": all_get(POST_ONLY),
    "notifications:consultation-unfollow": all_get(POST_ONLY),
    "notifications:follow-end": all_get(
        NOWHERE
    ),  # a wrong key; tests/notifications/test_follow_views.py has right ones
    "notifications:mailbox": all_get(NOWHERE),  # the demo's
    "notifications:mail-detail": all_get(NOWHERE),
    "moderation:transparency": all_get(PAGE),
    "moderation:statements-csv": all_get(PAGE),
    "moderation:statements-json": all_get(PAGE),
    "moderation:queue": only("moderator"),
    "moderation:decision-list": only("moderator"),
    "moderation:file-hold": only("moderator", status=NOWHERE),
    "moderation:file-open": only("moderator", status=NOWHERE),  # the example carries no files
    "moderation:file-image": only("moderator", status=NOWHERE),
    "moderation:appeal-enter": only("official", status=NOWHERE),  # nothing was typed in
    "moderation:appeal-scan": only("moderator", status=NOWHERE),
    "moderation:outcome-print": all_get(POST_ONLY),
    "moderation:outcome-post": all_get(POST_ONLY),
    "moderation:scan-open": only("moderator", status=NOWHERE),  # nor is it on paper
    "moderation:item": only("moderator"),
    "moderation:report-submit": all_get(PAGE, resident=NO),  # the example is the resident's own
    "moderation:report-receipt": all_get(NOWHERE),  # nobody has this link
    "moderation:report-appeal": all_get(NOWHERE),
    "moderation:appeal-submit": all_get(NOWHERE, anonymous=ELSEWHERE),  # the example is published
    "moderation:letter-list": only("moderator"),
    "moderation:letter-settle": only("moderator"),
    "moderation:report-settle": only("moderator", status=NOWHERE),  # nothing is reported
    "moderation:pause-list": only("moderator"),
    "moderation:person-pause": only("moderator"),
    "moderation:pause-lift": only("moderator", status=NOWHERE),  # nobody's writing is paused
    "moderation:pause-appeal": all_get(NOWHERE, anonymous=ELSEWHERE),
    "moderation:pause-appeal-decide": only("moderator", status=NOWHERE),
    "portal:my-pause": all_get(NOWHERE, anonymous=ELSEWHERE),
    "moderation:appeal-decide": only("moderator", status=NOWHERE),
    "moderation:conflict-note": only("moderator"),
    "moderation:deputy-name": only("administrator"),
    "moderation:erasure-list": only("moderator"),
    "moderation:erasure-propose": only("moderator"),
    "moderation:erasure-decide": only("moderator", status=NOWHERE),  # nothing is proposed
    "moderation:measure-list": only("moderator", "official"),
    "moderation:second-reading": only("moderator"),
    "moderation:brake": only("moderator", "official"),
    "moderation:bulk-publish": only("moderator"),
    "moderation:decision-undo": all_get(POST_ONLY),
    "moderation:contribution-claim": all_get(POST_ONLY),
    "moderation:contribution-look": all_get(POST_ONLY),
    "moderation:contribution-release": all_get(POST_ONLY),
    "moderation:contribution-decide": all_get(POST_ONLY),
    "exchange:case-file": only("official"),
    "exchange:case-file-download": all_get(ELSEWHERE),  # they are asked for their password once more
    "consultations:version-list": all_get(PAGE),
    # The town's open hearing has no map; tests/permissions/hearings.py goes through this door.
    "consultations:map-download": all_get(NOWHERE),
    "portal:consultation-map": all_get(NOWHERE),
    "consultations:map-edit": only("official"),
    "consultations:document-list": all_get(PAGE),
    "consultations:document": all_get(NOWHERE),
    "consultations:document-version": all_get(NOWHERE),
    "consultations:document-image": all_get(NOWHERE),
    "consultations:document-replace": only("official", status=NOWHERE),
    "consultations:document-hold": all_get(POST_ONLY),
    "consultations:calendar": only("official"),
    "consultations:calendar-download": only("official"),
    "consultations:box-open": only("official"),
    "consultations:news-create": only("official"),
    "consultations:news-edit": only("official", status=NOWHERE),  # a hearing is no news
    "consultations:consultation-create": only("official"),
    "consultations:consultation-edit": only("official"),
    "consultations:consultation-copy": only("official"),
    "consultations:consultation-publish": only("official"),
    "consultations:review": only(),
    "consultations:stage-edit": only("official"),
    "consultations:consultation-cancel": only("official"),
    "consultations:team": only("official"),
    "consultations:team-member": all_get(POST_ONLY),
    "consultations:english-edit": only("official"),
    "consultations:party-list": only("official"),
    "consultations:party-import": only("official"),
    "consultations:party": only("official", status=NOWHERE),  # nobody is invited
    "consultations:phase-list-edit": only("official"),
    "consultations:legal-edit": only("official"),
    "consultations:deadline-extend": only("official"),
    "consultations:fact-list-edit": only("official"),
    "consultations:topic-add": only("official"),
    "discussions:topic-merge": only("official"),
    "discussions:topic-delete": only("official"),
    "consultations:topic-edit": only("official"),
    "consultations:document-add": only("official"),
    "consultations:meeting-add": only("official"),
    # The town has no meetings; tests/permissions/meetings.py goes through these doors.
    "consultations:meeting": all_get(NOWHERE),
    "consultations:meeting-calendar": all_get(NOWHERE),
    "consultations:meeting-sign-up": all_get(POST_ONLY),
    "consultations:meeting-sign-off": all_get(POST_ONLY),
    "consultations:meeting-edit": only("official", status=NOWHERE),
    "consultations:meeting-call-off": only("official", status=NOWHERE),
    "consultations:meeting-people": only("official", status=NOWHERE),
    "consultations:minutes-edit": only("official", status=NOWHERE),
    # The tests' town has no broker; with one, tests/residency/test_mitid.py goes through these doors.
    "residency:mitid-start": all_get(NOWHERE),
    "residency:mitid-return": all_get(NOWHERE),
    "socialaccount_signup": all_get(NOWHERE),
    "socialaccount_login_cancelled": all_get(NOWHERE),
    "socialaccount_connections": all_get(NOWHERE),
    "screening:employee-list": only("official", "administrator"),
    "screening:employee-add": only("official", "administrator"),
    "screening:employee-import": only("official", "administrator"),
    "screening:employee-edit": only("official", "administrator", status=NOWHERE),  # the list is empty
    "screening:employee-end": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "screening:word-list": only("official", "administrator"),
    "screening:word-add": only("official", "administrator"),
    "screening:word-edit": only("official", "administrator"),
    "screening:word-end": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:desk": only("official"),
    "residency:waiting-list": only("official"),
    "residency:double-decide": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:residency-revoke": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:verify": signed_in(speaker=NO),
    # Who is a resident is led to the page that says so; nobody in the town has a letter.
    "residency:letter-request": signed_in(resident=ELSEWHERE, protected=ELSEWHERE, speaker=NO),
    "residency:letter-cancel": all_get(ELSEWHERE, speaker=NO),
    "residency:code-enter": signed_in(resident=ELSEWHERE, protected=ELSEWHERE, speaker=NO),
    "residency:letter-list": only("official"),
    "residency:letter-call-off": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:letter-double": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:letter-batch": only("official", status=NOWHERE),
    "residency:letter-batch-pdf": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:letter-batch-table": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "residency:letter-batch-post": only("official", status=NOWHERE),
    "residency:residency-end": all_get(ELSEWHERE, resident=PAGE, protected=PAGE),
    # Signing in and out. Who is signed in has no need of the pages for those who are not.
    "account_login": all_get(ELSEWHERE, anonymous=PAGE),
    "account_signup": all_get(ELSEWHERE, anonymous=PAGE),
    "account_logout": signed_in(),
    "account_inactive": all_get(PAGE),
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": all_get(PAGE),
    "account_confirm_email": all_get(PAGE),
    "account_confirm_login_code": all_get(ELSEWHERE),
    "account_change_password": signed_in(),
    "account_set_password": all_get(ELSEWHERE),
    "account_reset_password": all_get(PAGE),
    "account_reset_password_done": all_get(PAGE),
    "account_reset_password_from_key": all_get(PAGE),
    "account_reset_password_from_key_done": all_get(PAGE),
    # The second step. The town's people have set none up, and asking for their password comes before that.
    "accounts:second-step": all_get(ELSEWHERE),
    "accounts:person-list": only("administrator"),
    "accounts:role-grant": only("administrator"),
    "accounts:role-end": only("administrator"),
    "accounts:organisation-request": signed_in(),
    "accounts:organisation-list": only("official"),
    "accounts:organisation-decide": only("official"),
    "accounts:session-end": all_get(POST_ONLY, anonymous=ELSEWHERE),
    "mfa_index": signed_in(),
    "mfa_authenticate": all_get(ELSEWHERE),
    "mfa_reauthenticate": all_get(ELSEWHERE),
    "mfa_activate_totp": all_get(ELSEWHERE),
    "mfa_deactivate_totp": all_get(NOWHERE, anonymous=ELSEWHERE),
    "mfa_view_recovery_codes": all_get(NOWHERE, anonymous=ELSEWHERE),
    "mfa_generate_recovery_codes": all_get(ELSEWHERE),
    "mfa_download_recovery_codes": all_get(NOWHERE, anonymous=ELSEWHERE),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": all_get(ELSEWHERE),
    "mfa_reauthenticate_webauthn": all_get(ELSEWHERE),
    "mfa_remove_webauthn": all_get(ELSEWHERE),
    "mfa_edit_webauthn": all_get(ELSEWHERE),
    "mfa_login_webauthn": all_get(ELSEWHERE),
    "usersessions_list": signed_in(),
    # The technical window is for superusers; no role opens it. Rows that are not there lead back to its index.
    "admin:index": only("superuser"),
    "admin:jsi18n": only("superuser"),
    "admin:app_list": only("superuser"),
    **{f"admin:{table}_changelist": only("superuser") for table in WINDOW},
    **{f"admin:{table}_change": only("superuser", status=status) for table, status in WINDOW.items()},
}
