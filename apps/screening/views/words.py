"""The list of coarse words, for those who keep it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.screening import queries
from apps.screening.actions import add_word, change_word, end_word
from apps.screening.enums import WordLanguage
from apps.screening.forms import WordForm, WordSearch
from apps.screening.models import ListedWord

UNFIT = 422
PAGE = 100


@require_safe
@signed_in
def word_list(request: HttpRequest) -> HttpResponse:
    """Show the words by alphabet, with those that were taken off."""
    keeper = _keeper(request)
    search = WordSearch(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    after = whole_number(request.GET.get("after"))
    found = list(queries.listed_words_for(keeper, words=words, after=after)[: PAGE + 1])
    kept = {"q": words} if words else {}
    context = {
        "search": search,
        "words": words,
        "rows": found[:PAGE],
        "older": f"?{urlencode(kept | {'after': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "screening/word_list.html", context)


@signed_in
def word_add(request: HttpRequest) -> HttpResponse:
    """Look for one more word; one that was taken off comes back."""
    at, keeper = now(), _keeper(request)
    form = WordForm(request.POST or None, initial={"language": WordLanguage.DANISH})
    if form.is_bound and form.is_valid():
        try:
            listed = add_word(**form.cleaned_data, by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error("word", str(in_the_way))
        else:
            messages.success(request, _("“%(word)s” is looked for from now on.") % {"word": listed.word})
            return redirect("screening:word-list")
    return render(request, "screening/word_add.html", {"form": form}, status=UNFIT if form.is_bound else 200)


@signed_in
def word_edit(request: HttpRequest, word_id: int) -> HttpResponse:
    """Spell a word otherwise."""
    at, keeper = now(), _keeper(request)
    listed = _word(keeper, word_id)
    form = WordForm(request.POST or None, initial={"word": listed.word, "language": listed.language})
    if form.is_bound and form.is_valid():
        try:
            change_word(listed=listed, **form.cleaned_data, by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error("word", str(in_the_way))
        else:
            messages.success(request, _("“%(word)s” is saved.") % {"word": form.cleaned_data["word"]})
            return redirect("screening:word-list")
    context = {"form": form, "listed": listed}
    return render(request, "screening/word_edit.html", context, status=UNFIT if form.is_bound else 200)


@login_required
@require_POST
def word_end(request: HttpRequest, word_id: int) -> HttpResponse:
    """Look for a word no longer."""
    at, keeper = now(), _keeper(request)
    listed = _word(keeper, word_id)
    try:
        end_word(listed=listed, by=keeper, at=at)
    except DomainError as in_the_way:
        messages.error(request, str(in_the_way))
    else:
        messages.success(request, _("“%(word)s” is no longer looked for.") % {"word": listed.word})
    return redirect("screening:word-list")


def _word(keeper: User, word_id: int) -> ListedWord:
    listed = queries.visible_words(keeper).filter(pk=word_id).first()
    if listed is None:
        raise Http404
    return listed


def _keeper(request: HttpRequest) -> User:
    """Return who keeps the list; raises NotAllowed for anyone else."""
    require("screening.edit_words", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
