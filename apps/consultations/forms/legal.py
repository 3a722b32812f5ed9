"""What officials type about the law that a hearing is held by, and about a later deadline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import NumberFree, day_field
from apps.common.wording import deadline
from apps.consultations.engine.timeline import AnyPhase
from apps.municipality.models import LegalBasis
from apps.municipality.queries import selectable_legal_bases

SEVERAL = 2


class LegalTermsForm(NumberFree):
    """By which law a hearing is held, and whether late contributions are taken; publishing settles the first two."""

    legal_basis = forms.ChoiceField(
        label=_("Legal basis"),
        required=False,
        help_text=_("It says how many days people have at least. The day on which the hearing opens is not counted."),
    )
    shorter_because = forms.CharField(
        label=_("Why the period is shorter than the law asks"),
        max_length=300,
        required=False,
        help_text=_("Only where it has to be. Everyone reads it, and the ledger tells that the period is shorter."),
    )
    plandata_number = forms.CharField(label=_("Number in Plandata"), max_length=20, required=False)
    plandata_published_on = day_field(
        label=_("Published in Plandata on"),
        required=False,
        help_text=_("If it is published there later than here, the days count from that day."),
    )
    journal_number = forms.CharField(
        label=_("Case no. or journal no."),
        max_length=40,
        required=False,
        help_text=_("What the records system (ESDH) knows the case by. Everyone reads it: no names, no addresses."),
    )
    takes_late = forms.BooleanField(
        label=_("Take late contributions, and mark them as not on time"),
        required=False,
        help_text=_("If not, people who come too late are told how to write by post."),
    )

    def __init__(self, *args: Any, chosen: LegalBasis | None = None, is_settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bases = selectable_legal_bases()
        if chosen and chosen not in bases:
            bases.append(chosen)
        self.bases = {basis.code: basis for basis in bases}
        none = [("", _("None: no law asks for this hearing"))]
        self.fields["legal_basis"].choices = none + [  # type: ignore[attr-defined]
            (basis.code, f"{basis.name} ({basis.paragraph})") for basis in bases
        ]
        for name in ("legal_basis", "shorter_because"):
            self.fields[name].disabled = is_settled

    def clean_legal_basis(self) -> LegalBasis | None:
        """Return the basis itself."""
        return self.bases.get(self.cleaned_data["legal_basis"])


class ExtensionForm(NumberFree):
    """Which deadline is extended where there are several, its later last day, and why."""

    deadline = forms.TypedChoiceField(
        label=_("Which deadline"),
        coerce=datetime.fromisoformat,
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "required": _("Choose which deadline is extended."),
            "invalid_choice": _("This deadline was moved meanwhile. Choose one of those below."),
        },
    )
    last_day = day_field(
        label=_("New last day"),
        help_text=_("People can write until 23:59 on that day."),
        error_messages={"required": _("Choose the new last day on which people can write.")},
    )
    cause = forms.CharField(
        label=_("Why the deadline is extended"),
        max_length=300,
        help_text=_("One sentence. Everyone reads it beside the old deadline."),
        error_messages={"required": _("Write in one sentence why the deadline is extended.")},
    )

    def __init__(self, *args: Any, phases: Sequence[AnyPhase], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [(phase.closes_at, phase.title) for phase in phases if phase.closes_at]
        if len(ends) < SEVERAL:
            del self.fields["deadline"]
            return
        self.fields["deadline"].choices = [  # type: ignore[attr-defined]
            (end.isoformat(), f"{title}: {deadline(end, at)}") for end, title in ends
        ]
        self.fields["deadline"].initial = ends[0][0].isoformat()
        self.fields["deadline"].required = True
