"""A letter that several people sent to a topic: the one that is shown, and all others that say the same."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.consultations.queries import consultation_by_slug, with_english
from apps.discussions.queries import LETTERS_PAGE, Reading, contribution_at, texts_of_letter
from apps.discussions.rendering import article_words, letter_texts


@require_safe
def letter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show all public texts of a letter by number, with how each differs from the one that is shown."""
    consultation, found = consultation_by_slug(request.user, slug), contribution_at(slug, number)
    if consultation is None or found is None or not found.others_with_it or found.cluster is None:
        raise Http404
    shown_number = found.cluster.shown_number or 0
    if number != shown_number:
        return redirect("discussions:letter", slug=slug, number=shown_number)
    after = whole_number(request.GET.get("after"))
    rows = texts_of_letter(found.cluster.pk, after=max(after or 0, shown_number), limit=LETTERS_PAGE + 1)
    reading = Reading(topic=found.topic, viewer_id=request.user.pk, at=now())
    here = reverse("discussions:letter", kwargs={"slug": slug, "number": number})
    with_english(consultation, found.topic)
    context = {
        "consultation": consultation,
        "topic": found.topic,
        "shown": found,
        "size": found.cluster.size,
        "others": found.others_with_it,
        "texts": letter_texts(found, rows[:LETTERS_PAGE], reading),
        "words": article_words(),
        "first": here if after else "",
        "next": f"{here}?after={rows[LETTERS_PAGE - 1].number}" if len(rows) > LETTERS_PAGE else "",
    }
    return render(request, "discussions/letter.html", context)
