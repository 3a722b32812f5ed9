"""What the desk's pages about a white paper begin with."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest

from apps.accounts.models import User
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug
from apps.publications.models import WhitePaper
from apps.publications.queries import paper_of


def team_consultation(request: HttpRequest, slug: str) -> Consultation:
    """Return the consultation for its team, or raise."""
    require("consultations.draft_consultation", request.user)
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("publications.open_paper_desk", request.user, consultation)
    return consultation


def paper_at_desk(request: HttpRequest, slug: str, *, to_write: bool = False) -> WhitePaper:
    """Return the white paper for its consultation's team, or for those of it who write; 404 where none was begun."""
    consultation = team_consultation(request, slug)
    if to_write:
        require("publications.write_white_paper", request.user, consultation)
    paper = paper_of(request.user, consultation)
    if paper is None:
        raise Http404
    return paper


def by_viewer(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": cast("User", request.user), "at": now()}


def refuse_in(form: forms.Form, refusal: DomainError) -> None:
    """Say in a form why something is refused, at the field that it is about."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))
