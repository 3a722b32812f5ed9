"""What one network or one account may try: allauth's limits, counted in the cache that all processes share.

A rate is `times/span/per`: per `ip` is a network (apps/accounts/adapters.py), per `key` an e-mail address, per `user`
an account that is signed in. A town hall or a library is one network, so a network may do what a full room does.
"""

from civic_forum.environment import read

ALLAUTH_TRUSTED_PROXY_COUNT = read("TRUSTED_PROXIES")
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,100/h/ip",
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key,30/h/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user,30/h/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64
# A field that people do not see; what fills it in is a program.
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
