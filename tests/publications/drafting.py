"""Answers being written, for tests: made through the house's own actions."""

from datetime import datetime
from uuid import UUID

from django.core.cache import cache

from apps.accounts.models import User
from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.municipality.models import Municipality
from apps.publications.actions import begin_answer
from apps.publications.models import AnswerDraft
from tests import factories, personas


def a_colleague(consultation: Consultation, *, at: datetime) -> User:
    """Return a second official, who answers in the consultation as well."""
    colleague = personas.colleague(at=at)
    owner = factories.an_official(at)
    add_member(consultation=consultation, person=colleague, role=TeamRole.ANSWERER, by=owner, at=at)
    return colleague


def a_draft(to: Contribution, *, by: User, at: datetime, body: str = "Yes.", key: int = 8) -> AnswerDraft:
    """Return an answer that is being written."""
    return begin_answer(to=to, body=body, submission_key=UUID(int=key), by=by, at=at)


def needing_a_reader() -> None:
    """Let each answer be read by a second official from now on."""
    Municipality.objects.update_or_create(
        pk=1, defaults={"name": "Havn", "site_name": "Havn taler", "answers_need_reader": True}
    )
    cache.clear()
