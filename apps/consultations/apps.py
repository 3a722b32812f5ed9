"""The app's place in the house."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Consultations."""

    name = "apps.consultations"
    label = "consultations"
