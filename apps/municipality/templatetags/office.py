"""How those who work for the municipality are named on pages."""

from django import template

from apps.accounts.models import User
from apps.municipality.queries import name_in_office

register = template.Library()


@register.filter
def in_office(person: User | None) -> str:
    """Return the name under which a member of staff is shown: the post alone where the name is protected."""
    return name_in_office(person)
