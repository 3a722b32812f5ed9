"""Addresses of the app's own pages."""

from django.urls import path

from apps.publications.views import answers, blocks, editing, objections, paper_data, papers, summaries

app_name = "publications"
urlpatterns = [
    path("consultations/<slug:slug>/c/<int:number>/answer/", answers.answer_publish, name="answer-publish"),
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
    path("desk/text-blocks/", blocks.text_block_list, name="text-block-list"),
    path("desk/text-blocks/new/", blocks.text_block_add, name="text-block-add"),
    path("desk/text-blocks/<int:block_id>/", blocks.text_block_edit, name="text-block-edit"),
    path("desk/consultations/<slug:slug>/summary/", editing.summary_edit, name="summary-edit"),
    path("desk/consultations/<slug:slug>/summary/publish/", editing.summary_publish, name="summary-publish"),
]
