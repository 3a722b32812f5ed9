"""All addresses. Danish has no prefix; English pages start with `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from apps.accounts.urls import before_allauth
from apps.portal.urls import for_machines
from apps.residency.urls import around_mitid

urlpatterns = [
    path("", include((for_machines, "health"))),
    *i18n_patterns(
        path("", include("apps.portal.urls")),
        path("", include("apps.consultations.urls")),
        path("", include("apps.discussions.urls")),
        path("", include("apps.publications.urls")),
        path("", include("apps.exchange.urls")),
        path("", include("apps.residency.urls")),
        path("", include("apps.screening.urls")),
        path("", include("apps.municipality.urls")),
        path("", include("apps.moderation.urls")),
        path("", include("apps.ledger.urls")),
        path("", include("apps.notifications.urls")),
        path("", include("apps.accounts.urls")),
        path("accounts/", include(before_allauth)),
        path("accounts/", include(around_mitid)),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/second-step/", include("allauth.mfa.urls")),
        path("accounts/sessions/", include("allauth.usersessions.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler400 = "apps.portal.views.errors.unreadable"
handler429 = "apps.accounts.views.limits.too_many_attempts"
