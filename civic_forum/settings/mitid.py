"""MitID, through the broker that the environment names. Without one it is offered nowhere."""

from django.core.exceptions import ImproperlyConfigured

from apps.residency.engine.brokers import Broker, configure
from civic_forum.environment import read

# allauth keeps an account by a key of ours, and nothing of what a broker tells.
SOCIALACCOUNT_ADAPTER = "apps.residency.adapters.social.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "apps.accounts.forms.SignupWithMitIDForm"}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True


def _broker() -> Broker | None:
    if not read("MITID_BROKER"):
        return None
    try:
        return configure(
            read("MITID_BROKER"),
            issuer=read("MITID_ISSUER"),
            client_id=read("MITID_CLIENT_ID"),
            client_secret=read("MITID_CLIENT_SECRET"),
            scopes=tuple(read("MITID_SCOPES")),
            claims=read("MITID_CLAIMS"),
            levels=tuple(level.lower() for level in read("MITID_LEVELS")),
            ask=read("MITID_PARAMETERS"),
            origins=tuple(read("MITID_ORIGINS")),
            posts_secret=read("MITID_SECRET_IN_BODY"),
        )
    except ValueError as problem:
        message = f"MitID cannot be set up: {problem} (docs/operators-manual.md)."
        raise ImproperlyConfigured(message) from problem


# Read at every request: the demo sets it when its test provider answers.
MITID = _broker()
# What that is, but for where (apps/portal/demo/mitid).
_MADE_UP = {"client_id": "civic-forum", "client_secret": "only-for-the-demo"}
MITID_OF_DEMO = configure("demo", issuer="http://localhost", **_MADE_UP)
