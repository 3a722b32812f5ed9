"""Somebody at a topic's form."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from apps.accounts.queries import organisation_of
from apps.accounts.rules import is_person
from apps.common.permissions import Sentence
from apps.consultations.models import Topic
from apps.consultations.queries import MapPlace, map_choices, phases_of, place_on_map
from apps.consultations.rules import is_late, why_not_receive
from apps.discussions.errors import CannotReply
from apps.discussions.forms import ContributionForm, FilesForm
from apps.discussions.models import Contribution
from apps.discussions.queries import Reading, contribution_at, pause_of, terms_in, why_to_wait
from apps.municipality.queries import ProposalTerms
from apps.residency.queries import residency_of


@dataclass(frozen=True)
class Visit:
    """Somebody at a topic's form, at one moment."""

    request: HttpRequest
    topic: Topic
    at: datetime

    @cached_property
    def why_closed(self) -> Sentence | None:
        """Why nobody can write here at this moment, or None."""
        phases = phases_of(self.topic.consultation)
        return why_not_receive(self.topic.consultation, phases, at=self.at, topic=self.topic)

    @cached_property
    def is_late(self) -> bool:
        """What is sent now is taken, and marked as not on time."""
        return is_late(self.topic.consultation, phases_of(self.topic.consultation), at=self.at)

    @cached_property
    def files(self) -> FilesForm:
        """The files that came with the text, or room for some."""
        request = self.request
        if request.method != "POST":
            return FilesForm()
        if request.POST.get("action") == "edit":
            return FilesForm(initial=request.POST.dict())
        return FilesForm(request.POST, request.FILES)

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """What stands on the map of the consultation, to choose from."""
        return map_choices(self.topic.consultation)

    @cached_property
    def terms(self) -> ProposalTerms | None:
        """On what terms a suggestion can be offered as a citizen proposal; None where none are taken."""
        return terms_in(self.topic.consultation)

    def form(self, *data: Any, **kept: Any) -> ContributionForm:
        """Return the form as it was sent, or with what is kept in it."""
        is_reply = bool(self.request.POST.get("reply_to"))
        return ContributionForm(*data, places=self.places, terms=self.terms, is_reply=is_reply, **kept)

    def place(self, form: ContributionForm) -> MapPlace | None:
        """Return the place that was chosen or typed; raises UnfitMap for none of the country."""
        chosen, typed = (form.cleaned_data.get(name, "") for name in ("place", "place_at"))
        return place_on_map(self.topic.consultation, chosen=chosen, typed=typed)

    @cached_property
    def reading(self) -> Reading:
        """What is shown beside the form is told to this reader."""
        viewer = self.request.user
        residency = residency_of(viewer, at=self.at)
        organisation = organisation_of(viewer) if is_person(viewer) else None
        return Reading(
            topic=self.topic,
            viewer_id=viewer.pk,
            at=self.at,
            residence=residency.district_name if residency else None,
            organisation=organisation.name if organisation else None,
            pause=pause_of(viewer, self.topic.consultation, at=self.at),
            wait=why_to_wait(viewer, self.topic, at=self.at) or "",
            places=self.places,
        )


def answered_in(topic: Topic, number: int | None) -> Contribution | None:
    """Return what is replied to; raises CannotReply for a number that everyone cannot read in this topic."""
    if number is None:
        return None
    found = standing_in(topic, number)
    if found is None:
        raise CannotReply
    return found


def standing_in(topic: Topic, number: int | None) -> Contribution | None:
    """Return the text of that number if everyone reads it in this topic, or in the one that this was merged into."""
    found = contribution_at(topic.consultation.slug, number) if number else None
    here = {topic.pk, topic.merged_into_id}
    return found if found and found.is_published and found.topic_id in here else None
