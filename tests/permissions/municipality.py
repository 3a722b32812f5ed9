"""Who sets what the municipality says of itself."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.municipality.models import District
from tests.common import files
from tests.permissions.table import Post, Table
from tests.permissions.town import Town

RULES = {f"rules-{place}-{name}": str(place + 1) for place in range(6) for name in ("number", "title_da", "title_en")}
FORMS: dict[str, dict[str, str]] = {
    "municipality-edit": {
        "name": "Havn",
        "site_name": "Havn",
        "code": "0999",
        "moderation_target_hours": "4",
        "answer_target_days": "5",
        "working_week": "8-16 8-16 8-16 8-16 8-14 - -",
        "residency_months": "24",
        "letters_per_address": "8",
    },
    "brand-edit": {"brand_color": "#7a1f3d"},
    "crest-edit": {"words_da": "Tre sild", "words_en": "Three herrings"},
    "proposals-edit": {"proposal_days": "60", "proposal_minimum_age": "0"},
    "accessibility-edit": {"was_gaps_da": "Kortet."},
    "district-list-edit": {},
    "rules-edit": RULES
    | {"rules-TOTAL_FORMS": "6", "rules-INITIAL_FORMS": "0", "what_changed_da": "Alt", "what_changed_en": "All"},
}


def _row(word: str) -> str:
    return f"""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        {word}    login   no      no      no      no      no      yes     no      second  no      no
        """


def _one_district_more() -> dict[str, str]:
    """Return the form with all districts there are, since residents belong to them, and another."""
    rows = [*District.objects.order_by("pk"), District(name="Ny")]
    typed = {f"districts-{place}-pk": str(row.pk or "") for place, row in enumerate(rows)}
    typed |= {f"districts-{place}-name": row.name for place, row in enumerate(rows)}
    return typed | {"districts-TOTAL_FORMS": str(len(rows)), "districts-INITIAL_FORMS": str(len(rows))}


def _posted(name: str) -> Callable[[Town, str], Post]:
    def post(_town: Town, _state: str) -> Post:
        picture = {"picture": SimpleUploadedFile("crest.png", files.picture())} if name == "crest-edit" else {}
        return reverse(f"municipality:{name}"), (FORMS[name] or _one_district_more()) | picture

    return post


def _page(name: str) -> Callable[[Town, str], str]:
    def page(_town: Town, _state: str) -> str:
        return reverse(f"municipality:{name}")

    return page


TABLES = [
    table
    for name in FORMS
    for table in (
        Table(name=f"see {name}", rule="municipality.edit_municipality", page=_page(name), text=_row("shown")),
        Table(name=f"set {name}", rule="municipality.edit_municipality", post=_posted(name), text=_row("typed")),
    )
]
