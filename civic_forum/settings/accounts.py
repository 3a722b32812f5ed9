"""People and sign-in. E-mail is the name of an account; allauth does the rest in our templates."""

from civic_forum.environment import read

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "apps.accounts.forms.AddEmailForm",
    "login": "apps.accounts.forms.LoginForm",
    "reset_password": "apps.accounts.forms.ResetPasswordForm",
    "signup": "apps.accounts.forms.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
# An open session alone does not do to change the address, which would make the account somebody else's.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if read("SITE_URL").startswith("https://") else "http"

# The second step: an app or a passkey, with recovery codes shown once. No browser is trusted to do without.
MFA_ADAPTER = "apps.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.CodeForm",
    "reauthenticate": "apps.accounts.forms.CodeAgainForm",
    "activate_totp": "apps.accounts.forms.AppForm",
    "add_webauthn": "apps.accounts.forms.PasskeyForm",
    "edit_webauthn": "apps.accounts.forms.PasskeyNameForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
# Nobody is signed in with an address that is not confirmed; a second address that waits is not in the way.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The list of sessions is written at log-in, not at every page.
USERSESSIONS_TRACK_ACTIVITY = False
# Mails that tell of a change: a new password, a new second step.
ACCOUNT_EMAIL_NOTIFICATIONS = True
