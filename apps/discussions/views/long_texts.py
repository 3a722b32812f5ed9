"""A text that is too long for the thread, on its way into a file."""

from apps.discussions.actions import fit_long_text
from apps.discussions.errors import UnfitText
from apps.discussions.forms import ContributionForm
from apps.discussions.rendering import words_for_thread
from apps.discussions.views.visiting import Visit
from apps.screening.queries import lists_at, look_by
from apps.screening.rules import nudges, question

AS_FILE = "as_file"


def form_with_file(visit: Visit) -> ContributionForm:
    """Return the form with the long text in the field of the file, and in the thread's field how it begins.

    What may stand in no text is refused with everything left where it was typed. A text that was laid aside for the
    file before is behind this one.
    """
    typed = visit.request.POST
    whole = "\n\n".join(part for part in (typed.get("body", ""), typed.get("long_text", "")) if part.strip())
    try:
        whole = fit_long_text(whole)
    except UnfitText as refusal:
        form = visit.form(typed)
        form.add_error("body", str(refusal))
        return form
    initial = typed.dict() | {"body": words_for_thread(whole), "long_text": whole}
    return visit.form(initial=initial)


def why_not_in_file(text: str) -> list[tuple[str, str]]:
    """Return why a long text cannot be put into a file, with its field; nothing where it can, or there is none."""
    try:
        if text:
            fit_long_text(text)
    except UnfitText as refusal:
        return [("long_text", str(refusal))]
    return []


def questions_about(visit: Visit, text: str) -> list[str]:
    """Return what the author of a long text is asked about it before it is sent."""
    if not text or visit.request.POST.get("asked") == "once":
        return []
    looked = look_by(lists_at(visit.at), text)
    return [question(finding, text) for finding in nudges(looked.findings)]
