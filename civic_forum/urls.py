"""All addresses. Danish has no prefix; English pages start with `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("apps.portal.urls")),
    path("accounts/", include("allauth.account.urls")),
    prefix_default_language=False,
)
