"""What the site is made of: apps, middleware, templates, addresses."""

from civic_forum.environment import BASE_DIR

HOUSE_APPS = [
    "apps.portal",
    "apps.exchange",
    "apps.live",
    "apps.notifications",
    "apps.moderation",
    "apps.publications",
    "apps.discussions",
    "apps.screening",
    "apps.consultations",
    "apps.residency",
    "apps.municipality",
    "apps.accounts",
    "apps.ledger",
    "apps.common",
]

INSTALLED_APPS = [
    *HOUSE_APPS,
    "civic_forum.admin.WindowConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "js_lib_leaflet",
]

MIDDLEWARE = [
    "civic_forum.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "civic_forum.second_step.PeopleBySession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "civic_forum.second_step.second_step_first",
    "civic_forum.middleware.refusals_as_pages",
]

ROOT_URLCONF = "civic_forum.urls"
WSGI_APPLICATION = "civic_forum.wsgi.application"
ASGI_APPLICATION = "civic_forum.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.portal.rendering.every_page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django.templatetags.i18n", "apps.common.templatetags.civic"],
        },
    }
]
