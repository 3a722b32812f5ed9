"""The workbench: contributions in the order received on the left, the white paper's outline on the right."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.consultations.models import Topic
from apps.consultations.queries import consultation_by_slug, topics_of
from apps.publications.engine.accounts import Account
from apps.publications.engine.coding import coded
from apps.publications.enums.coding import Shown
from apps.publications.forms.coding import CodingForm, FilterForm, address
from apps.publications.models import WhitePaper
from apps.publications.queries import outline_of
from apps.publications.queries.outlines import Outline
from apps.publications.queries.workbench import (
    CodingPage,
    Desk,
    coding_page,
    desk_of,
    districts_heard_from,
    similar_to_number,
    similar_to_statement,
)
from apps.publications.rules import why_not_change
from apps.publications.views.coding_posts import Asked, carry_out

UNFIT = 422


@dataclass(frozen=True)
class Bench:
    """What a request to the workbench is about: the paper, its outline, and what its address chooses to read."""

    desk: Desk
    outline: Outline
    topics: list[Topic]
    filters: FilterForm
    like: int | None
    fits: int | None
    after: int | None
    before: int | None

    @property
    def paper(self) -> WhitePaper:
        """The white paper at work."""
        return self.desk.paper

    @property
    def chosen(self) -> dict[str, Any]:
        """What stands in the address, without the place in the list."""
        return {**self.filters.chosen, "like": self.like, "fits": self.fits}

    def address(self, **changes: Any) -> str:
        """Return the address of another page of the same reading."""
        return address(self.chosen, **changes)

    def page(self) -> CodingPage:
        """Return the contributions to read."""
        consultation = self.paper.consultation
        found = None
        if self.like is not None:
            found = similar_to_number(consultation, self.paper, self.like)
        elif self.fits is not None:
            row = self.outline.statement(self.fits)
            found = similar_to_statement(consultation, self.paper, row.statement) if row else frozenset[int]()
        sought = self.filters.sought(like=found)
        return coding_page(consultation, self.paper, sought, after=self.after, before=self.before)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def coding(request: HttpRequest, slug: str) -> HttpResponse:
    """Show contributions and the outline, and put what was chosen where the official says; nothing chosen is lost."""
    require("consultations.draft_consultation", request.user)
    desk = desk_of(request.user, slug)
    if desk is None:
        return _not_begun(request, slug)
    require("publications.write_white_paper", request.user, desk.paper.consultation)
    bench = _bench(request, desk)
    if request.method != "POST":
        return _shown(request, bench, CodingForm(topics=bench.topics, topic=_usual_topic(bench)))
    form = CodingForm(request.POST, topics=bench.topics)
    if not form.is_valid():
        return _shown(request, bench, form, status=UNFIT)
    try:
        said, number = carry_out(Asked(request, desk.paper, bench.outline, bench.topics, form.cleaned_data))
    except DomainError as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        standing = desk_of(request.user, slug) or desk
        return _shown(request, _bench(request, standing), form, status=refusal.status)
    messages.success(request, said)
    place = bench.address(after=bench.after, before=bench.before)
    return redirect(f"{request.path}{place if place != '?' else ''}{f'#c{number}' if number else ''}")


def _not_begun(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("publications.write_white_paper", request.user, consultation)
    return redirect("publications:whitepaper-desk", slug=slug)


def _bench(request: HttpRequest, desk: Desk) -> Bench:
    asked, consultation = request.GET, desk.paper.consultation
    topics = topics_of(consultation)
    after, like, fits = (whole_number(asked.get(name)) for name in ("after", "like", "fits"))
    # What is alike is read whole: its other filters stay as they stand in the address.
    is_alike = like is not None or fits is not None
    districts = [asked.get("district", "")] if is_alike else districts_heard_from(consultation)
    return Bench(
        desk=desk,
        outline=outline_of(desk.paper, account=Account()),
        topics=topics,
        filters=FilterForm(asked, topics=topics, districts=districts),
        like=like,
        fits=fits,
        after=after,
        before=whole_number(asked.get("before")) if after is None else None,
    )


def _usual_topic(bench: Bench) -> str:
    slug = bench.filters.chosen.get("topic")
    return next((str(topic.pk) for topic in bench.topics if topic.slug == slug), "")


def _shown(request: HttpRequest, bench: Bench, form: CodingForm, *, status: int = 200) -> HttpResponse:
    page = bench.page()
    statements = {row.statement.pk: (row.label, row.statement.title) for row in bench.outline.statements}
    topics = {topic.pk: topic.title for topic in bench.topics}
    context = {
        "consultation": bench.paper.consultation,
        "paper": bench.paper,
        "desk": bench.desk,
        "outline": bench.outline,
        "filters": bench.filters,
        "bench": bench,
        "items": [coded(row, page.points, statements, topics) for row in page.rows],
        "locked": why_not_change(bench.paper),
        "newer": bench.address(before=page.previous_before) if page.previous_before else "",
        "older": bench.address(after=page.next_after) if page.next_after else "",
        "all_url": request.path,
        "unplaced_url": address({}, show=Shown.UNPLACED),
        "form": form,
        "chosen": {*request.POST.getlist("s"), *request.POST.getlist("all")},
        "chosen_points": set(map(whole_number, request.POST.getlist("p"))),
        "to": whole_number(request.POST.get("to")),
    }
    return render(request, "publications/coding.html", context, status=status)
