"""Addresses of the moderators' pages."""

from django.urls import path

from apps.moderation.views import (
    appealing,
    brake,
    bulk,
    cases,
    conflicts,
    decision,
    erasure,
    item,
    letters,
    measures,
    queue,
    reporting,
    transparency,
    undo,
)

app_name = "moderation"
urlpatterns = [
    path("consultations/<slug:slug>/c/<int:number>/report/", reporting.report_submit, name="report-submit"),
    path("consultations/<slug:slug>/c/<int:number>/appeal/", appealing.appeal_submit, name="appeal-submit"),
    path("reports/<str:key>/", reporting.report_receipt, name="report-receipt"),
    path("reports/<str:key>/appeal/", reporting.report_appeal, name="report-appeal"),
    path("moderation/reports/<int:case_id>/", cases.report_settle, name="report-settle"),
    path("moderation/appeals/<int:appeal_id>/", cases.appeal_decide, name="appeal-decide"),
    path("moderation/deputy/", conflicts.deputy_name, name="deputy-name"),
    path("moderation/items/<int:contribution_id>/about/", conflicts.conflict_note, name="conflict-note"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/statements.csv", transparency.statements_csv, name="statements-csv"),
    path("transparency/statements.json", transparency.statements_json, name="statements-json"),
    path("moderation/", queue.queue, name="queue"),
    path("moderation/several/", bulk.bulk, name="bulk-publish"),
    path("moderation/letters/", letters.letter_list, name="letter-list"),
    path("moderation/letters/<int:contribution_id>/", letters.letter_settle, name="letter-settle"),
    path("moderation/log/", decision.decision_list, name="decision-list"),
    path("moderation/decisions/<int:decision_id>/undo/", undo.undo, name="decision-undo"),
    path("moderation/erasures/", erasure.erasure_list, name="erasure-list"),
    path("moderation/erasures/<int:erasure_id>/", erasure.erasure_decide, name="erasure-decide"),
    path("moderation/measures/", measures.measure_list, name="measure-list"),
    path("moderation/second-reading/", measures.second_reading, name="second-reading"),
    path("moderation/consultations/<slug:slug>/brake/", brake.brake, name="brake"),
    path("moderation/items/<int:contribution_id>/", item.item, name="item"),
    path("moderation/items/<int:contribution_id>/erase/", erasure.erasure_propose, name="erasure-propose"),
    path("moderation/items/<int:contribution_id>/claim/", item.claim, name="contribution-claim"),
    path("moderation/items/<int:contribution_id>/look/", item.look, name="contribution-look"),
    path("moderation/items/<int:contribution_id>/release/", item.release, name="contribution-release"),
    path("moderation/items/<int:contribution_id>/decide/", decision.decide, name="contribution-decide"),
]
