"""The app's place in the house."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "apps.accounts"
    label = "accounts"
