"""Letters that several people sent: a moderator reads them beside each other, and says which are one."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.discussions.errors import LetterChanged
from apps.discussions.models import Contribution
from apps.discussions.queries import MOST_OFFERED, confirmed_letters, members_of_letter, offered_letters
from apps.moderation.actions import settle_letter, split_letter
from apps.moderation.errors import NothingChosen
from apps.moderation.queries import PAGE, queue_length
from apps.moderation.rendering import LetterToRead, letter_to_read
from apps.moderation.views.desk import Desk, come_in, item_at, whole_number

CONFIRM, APART, SPLIT, UNDO = "confirm", "apart", "split", "undo"


@require_safe
@login_required
def letter_list(request: HttpRequest) -> HttpResponse:
    """Show what may be one letter and nobody has decided on, and the letters that were confirmed, latest first."""
    desk = come_in(request, at=now())
    before = whole_number(request.GET.get("before", ""))
    confirmed = confirmed_letters(before=before, limit=PAGE + 1)
    last = confirmed[PAGE - 1].cluster_id if len(confirmed) > PAGE else None
    context = {
        "now": desk.at,
        "desk": desk,
        "queue_length": queue_length(),
        "offers": offered_letters(consultation=desk.chosen.pk if desk.chosen else None),
        "confirmed": confirmed[:PAGE],
        "newer": request.path if before else "",
        "older": f"{request.path}?before={last}#confirmed-h" if last else "",
    }
    return render(request, "moderation/letter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def letter_settle(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Show a text in full with those that may be the same letter, and carry out what the moderator says of them."""
    desk = come_in(request, at=now())
    first = item_at(contribution_id)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            messages.success(request, _carried_out(request, first, desk))
            return redirect("moderation:letter-list")
        except DomainError as in_the_way:
            refusal, status = str(in_the_way), in_the_way.status
            first = item_at(contribution_id)
    after = whole_number(request.GET.get("after", "")) or 0
    letter = letter_to_read(first, viewer=desk.viewer, after=after)
    context = {
        "newer": request.path if after else "",
        "older": f"{request.path}?after={letter.members_after}" if letter.members_after else "",
        "now": desk.at,
        "desk": desk,
        "letter": letter,
        "contribution": first,
        "ticked": _ids(request.POST.getlist("same")) if request.method == "POST" else None,
        "refusal": refusal,
        "several_url": _several_url(letter),
    }
    return render(request, "moderation/letter_settle.html", context, status=status)


def _carried_out(request: HttpRequest, first: Contribution, desk: Desk) -> str:
    """Do what was chosen, and return the sentence that says so."""
    letter, action = letter_to_read(first, viewer=desk.viewer), request.POST.get("action")
    if action in {SPLIT, UNDO}:
        return _split(letter, _ids(request.POST.getlist("member")) if action == SPLIT else None, desk)
    ticked = _ids(request.POST.getlist("same")) if action == CONFIRM else []
    same = [text.contribution for text in letter.same if text.contribution.pk in ticked]
    done = [text.contribution for text in letter.members if text.contribution.pk in ticked]
    if action == CONFIRM and not ticked:
        raise NothingChosen
    if len(same) + len(done) < len(set(ticked)):
        raise LetterChanged
    seen = _ids(request.POST.getlist("seen"))
    beside = [text.contribution for text in (*letter.same, *letter.own) if text.contribution.pk in seen]
    settle_letter(
        shown=_read(request, first),
        same=[_read(request, text) for text in same],
        others=[text for text in beside if text not in same],
        by=desk.viewer,
        at=desk.at,
    )
    if action != CONFIRM:
        return _("Noted: they are not the same letter. They are not offered again, unless a text changes.")
    words = ngettext(
        "%(count)s text counts as the same letter as no. %(number)s.",
        "%(count)s texts count as the same letter as no. %(number)s.",
        len(ticked),
    )
    return words % {"count": len(ticked), "number": first.number}


def _split(letter: LetterToRead, members: Sequence[int] | None, desk: Desk) -> str:
    """Take members out of the letter, or all of them; return the sentence that says so."""
    cluster = letter.first.cluster
    texts = members_of_letter(cluster.pk, limit=None) if cluster else []
    chosen = texts if members is None else [text for text in texts if text.pk in members]
    if cluster is None or not chosen:
        raise NothingChosen
    split_letter(cluster=cluster, texts=chosen, by=desk.viewer, at=desk.at)
    if members is None:
        return _("The letter is undone: each of its texts stands by itself again.")
    return ngettext("One text stands by itself again.", "%(count)s texts stand by themselves again.", len(chosen)) % {
        "count": len(chosen)
    }


def _read(request: HttpRequest, text: Contribution) -> tuple[Contribution, int]:
    """Return a text with the version that stood on the page."""
    return text, whole_number(request.POST.get(f"version-{text.pk}", "")) or 0


def _ids(sent: Sequence[str]) -> list[int]:
    return [pk for pk in map(whole_number, sent[:MOST_OFFERED]) if pk]


def _several_url(letter: LetterToRead) -> str:
    """Return the address where those that wait are read and published in one go, or nothing."""
    ids = [("id", text.pk) for text in letter.to_publish[:PAGE]]
    return f"{reverse('moderation:bulk-publish')}?{urlencode(ids)}" if ids else ""
