"""Languages and time. Danish is the default and has no prefix in addresses."""

from django.utils.translation import gettext_lazy as _

from civic_forum.environment import BASE_DIR

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "civic_forum" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
