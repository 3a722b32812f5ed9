"""The app's place in the house."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "apps.portal"
    label = "portal"
