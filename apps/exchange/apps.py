"""The app's place in the house."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Exchange."""

    name = "apps.exchange"
    label = "exchange"
