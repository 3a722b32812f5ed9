"""Addresses of the app's own pages."""

from django.urls import path

from apps.publications.views import (
    answer_drafts,
    answer_lists,
    answers,
    blocks,
    coding,
    editing,
    paper_desk,
    paper_statements,
    paper_steps,
    summaries,
)

PAPER = "desk/consultations/<slug:slug>/whitepaper"

app_name = "publications"
urlpatterns = [
    path("consultations/<slug:slug>/c/<int:number>/answer/", answers.answer_publish, name="answer-publish"),
    path("consultations/<slug:slug>/c/<int:number>/correct/", answers.answer_correct, name="answer-correct"),
    path("consultations/<slug:slug>/c/<int:number>/assign/", answer_lists.answer_assign, name="answer-assign"),
    path("desk/answers/", answer_lists.answer_list, name="answer-list"),
    path("desk/answers/<int:draft_id>/", answer_drafts.answer_draft, name="answer-draft"),
    path("desk/answers/<int:draft_id>/pick/", answer_lists.answer_pick, name="answer-pick"),
    path("consultations/<slug:slug>/summary/", summaries.summary, name="summary"),
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
]
