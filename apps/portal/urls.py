"""Addresses of the pages composed of several apps."""

from django.urls import path
from django.views.decorators.http import require_safe

from apps.portal.views import (
    consultations,
    contribution,
    desk,
    evidence,
    health,
    holds,
    home,
    how_it_works,
    ledger,
    maps,
    me,
    my_account,
    my_data,
    my_following,
    my_pause,
    my_settings,
    news,
    preferences,
    privacy,
    receipt,
    retention,
    suggestions,
    topic,
    topic_copies,
)

TOPIC = "consultations/<slug:slug>/topics/<slug:topic>"
CONTRIBUTION = "consultations/<slug:slug>/c/<int:number>"

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("consultations/", consultations.consultation_list, name="consultation-list"),
    path("consultations/<slug:slug>/", consultations.consultation, name="consultation"),
    path(f"{TOPIC}/", topic.topic, name="topic"),
    path(f"{TOPIC}/print/", topic_copies.topic_print, name="topic-print"),
    path(f"{TOPIC}/feed/", require_safe(topic_copies.TopicFeed()), name="topic-feed"),
    path("consultations/<slug:slug>/map/", maps.consultation_map, name="consultation-map"),
    path(f"{CONTRIBUTION}/", contribution.contribution, name="contribution"),
    path(
        "consultations/<slug:slug>/c/<int:number>/receipt/", receipt.contribution_receipt, name="contribution-receipt"
    ),
    path("news/", news.news_list, name="news-list"),
    path("news/feed/", require_safe(news.NewsFeed()), name="news-feed"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion-list"),
    path("how-it-works/", how_it_works.how_it_works, name="how-it-works"),
    path("ledger/", ledger.entry_list, name="entry-list"),
    path("ledger/moderation/", ledger.moderation_log_of_all, name="moderation-log-of-all"),
    path("ledger/moderation/feed/", require_safe(ledger.ModerationOfAllFeed()), name="moderation-feed-of-all"),
    path("consultations/<slug:slug>/ledger/", ledger.consultation_entries, name="consultation-entries"),
    path("consultations/<slug:slug>/moderation/", ledger.moderation_log, name="moderation-log"),
    path("consultations/<slug:slug>/moderation/feed/", require_safe(ledger.ModerationFeed()), name="moderation-feed"),
    path("me/", me.me, name="me"),
    path("me/following/", my_following.my_following, name="my-following"),
    path("me/pauses/<int:pause_id>/", my_pause.my_pause, name="my-pause"),
    path("me/settings/", my_settings.my_settings, name="my-settings"),
    path("me/security/", my_settings.my_security, name="my-security"),
    path("me/data/", my_data.my_data, name="my-data"),
    path("me/data/copy/", my_data.export_request, name="export-request"),
    path("me/data/copies/<int:export_id>/", my_data.export_download, name="export-download"),
    path("me/delete/", my_account.account_delete, name="account-delete"),
    path("goodbye/", my_account.account_deleted, name="account-deleted"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("desk/", desk.desk, name="desk"),
    path("desk/holds/", holds.hold_list, name="hold-list"),
    path("desk/holds/account/", holds.person_hold, name="person-hold"),
    path("desk/holds/contribution/", holds.contribution_hold, name="contribution-hold"),
    path("desk/holds/<int:pk>/lift/", holds.hold_lift, name="hold-lift"),
    path("moderation/items/<int:contribution_id>/evidence/", evidence.evidence, name="evidence"),
    path("desk/retention/", retention.retention, name="retention"),
    path("preferences/theme/", preferences.theme, name="theme"),
]

# Without a language: machines ask here.
for_machines = [
    path("healthz", health.process_up, name="process"),
    path("readyz", health.services_ready, name="services"),
    path("metrics", health.metric_list, name="metrics"),
]
