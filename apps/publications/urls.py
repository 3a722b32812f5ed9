"""Addresses of the app's own pages."""

from django.urls import path

from apps.publications.views import (
    answer_drafts,
    answer_lists,
    answers,
    blocks,
    case_meetings,
    coding,
    editing,
    milestones,
    notices,
    objections,
    paper_data,
    paper_desk,
    paper_statements,
    paper_steps,
    papers,
    recommendations,
    summaries,
)

PAPER = "desk/consultations/<slug:slug>/whitepaper"

app_name = "publications"
_DECISION = "desk/consultations/<slug:slug>/decision/"
urlpatterns = [
    path("consultations/<slug:slug>/c/<int:number>/answer/", answers.answer_publish, name="answer-publish"),
    path("consultations/<slug:slug>/c/<int:number>/correct/", answers.answer_correct, name="answer-correct"),
    path("consultations/<slug:slug>/c/<int:number>/assign/", answer_lists.answer_assign, name="answer-assign"),
    path("desk/answers/", answer_lists.answer_list, name="answer-list"),
    path("desk/answers/<int:draft_id>/", answer_drafts.answer_draft, name="answer-draft"),
    path("desk/answers/<int:draft_id>/pick/", answer_lists.answer_pick, name="answer-pick"),
    path("consultations/<slug:slug>/summary/", summaries.summary, name="summary"),
    path("consultations/<slug:slug>/whitepaper/", papers.white_paper, name="white-paper"),
    path(
        "consultations/<slug:slug>/whitepaper/versions/<int:version>/",
        papers.white_paper_version,
        name="white-paper-version",
    ),
    path("consultations/<slug:slug>/whitepaper/contributions/", papers.white_paper_annex, name="white-paper-annex"),
    path("consultations/<slug:slug>/whitepaper/pdf/", paper_data.white_paper_pdf_state, name="white-paper-pdf-state"),
    path(
        "consultations/<slug:slug>/whitepaper/<str:label>/", papers.white_paper_statement, name="white-paper-statement"
    ),
    path("consultations/<slug:slug>/whitepaper.pdf", paper_data.white_paper_pdf, name="white-paper-pdf"),
    path("consultations/<slug:slug>/whitepaper.csv", paper_data.white_paper_csv, name="white-paper-csv"),
    path("consultations/<slug:slug>/whitepaper.json", paper_data.white_paper_json, name="white-paper-json"),
    path("consultations/<slug:slug>/c/<int:number>/objection/", objections.objection_send, name="objection-send"),
    path("desk/consultations/<slug:slug>/objections/", objections.objection_list, name="objection-list"),
    path(
        "desk/consultations/<slug:slug>/objections/<int:number>/", objections.objection_answer, name="objection-answer"
    ),
    path(
        "desk/consultations/<slug:slug>/whitepaper/pdf/", paper_data.white_paper_pdf_retry, name="white-paper-pdf-retry"
    ),
    path("consultations/<slug:slug>/decision/", recommendations.decision, name="decision"),
    path("consultations/<slug:slug>/decision/versions/", recommendations.decision_versions, name="decision-versions"),
    path("consultations/<slug:slug>/follow-up/", milestones.follow_up, name="follow-up"),
    path("desk/text-blocks/", blocks.text_block_list, name="text-block-list"),
    path("desk/text-blocks/new/", blocks.text_block_add, name="text-block-add"),
    path("desk/text-blocks/<int:block_id>/", blocks.text_block_edit, name="text-block-edit"),
    path("desk/consultations/<slug:slug>/summary/", editing.summary_edit, name="summary-edit"),
    path("desk/consultations/<slug:slug>/summary/publish/", editing.summary_publish, name="summary-publish"),
    path("desk/consultations/<slug:slug>/coding/", coding.coding, name="coding"),
    path(f"{PAPER}/", paper_desk.whitepaper_desk, name="whitepaper-desk"),
    path(f"{PAPER}/intro/", paper_steps.whitepaper_intro, name="whitepaper-intro"),
    path(f"{PAPER}/missing/", paper_steps.whitepaper_missing, name="whitepaper-missing"),
    path(f"{PAPER}/publish/", paper_steps.whitepaper_publish, name="whitepaper-publish"),
    path(f"{PAPER}/statements/new/", paper_statements.statement_add, name="statement-add"),
    path(f"{PAPER}/statements/<int:statement_id>/", paper_statements.paper_statement, name="paper-statement"),
    path(_DECISION, recommendations.decision_desk, name="decision-desk"),
    path(f"{_DECISION}recommendation/", recommendations.recommendation_edit, name="recommendation-edit"),
    path(f"{_DECISION}recommendation/publish/", recommendations.recommendation_publish, name="recommendation-publish"),
    path(f"{_DECISION}promises/new/", milestones.milestone_add, name="milestone-add"),
    path(f"{_DECISION}promises/<int:number>/", milestones.milestone_edit, name="milestone-edit"),
    path(f"{_DECISION}notices/", notices.notice_list, name="notice-list"),
    path(f"{_DECISION}notices/new/", notices.notice_begin, name="notice-begin"),
    path(f"{_DECISION}notices/letters.pdf", notices.notice_print, name="notice-print"),
    path(f"{_DECISION}notices/posted/", notices.notice_post_all, name="notice-post-all"),
    path(f"{_DECISION}notices/<int:notice_id>/posted/", notices.notice_post, name="notice-post"),
    path(f"{_DECISION}notices/<int:notice_id>/letter/", notices.notice_reroute, name="notice-reroute"),
    path(f"{_DECISION}meetings/new/", case_meetings.case_meeting_add, name="case-meeting-add"),
    path(f"{_DECISION}meetings/<int:number>/", case_meetings.case_meeting_edit, name="case-meeting-edit"),
    path(f"{_DECISION}meetings/<int:number>/publish/", case_meetings.case_meeting_publish, name="case-meeting-publish"),
    path(f"{_DECISION}meetings/<int:number>/remove/", case_meetings.case_meeting_remove, name="case-meeting-remove"),
]
