"""What can be in the way of a change of the municipality's rules."""

from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class ReasonTaken(DomainError):
    """There is a reason of that name."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is a reason of that title already. Change that one, or choose another title."))


class LawMissing(DomainError):
    """Against the law, but no law is named."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Name the law and its section: a text can only be called illegal by a law."))


class AgeNotKept(DomainError):
    """Citizen proposals ask for an age of which nothing is kept."""

    status = 422

    def __init__(self, field: str) -> None:
        super().__init__(
            _(
                "Citizen proposals ask for a least age, and the age band of residents is not kept. Let it be kept, "
                "under “Name and promises”, or choose that people of any age can support a proposal."
            )
        )
        self.field = field


class AgesNeeded(DomainError):
    """Something under way asks for the age of residents; the sentence says what."""

    status = 422
    field = "asks_age_band"


class RuleInUse(DomainError):
    """Reasons for decisions name a rule that would be gone."""

    status = 422

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(
            _(
                "The reason “%(reason)s” belongs to house rule %(number)s, which is not among these. "
                "Keep the rule, or give the reason another one first."
            )
            % {"reason": reason, "number": number}
        )


class CrestMissing(DomainError):
    """Words, and no picture that they could be about."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Choose the picture: PNG, JPEG or WebP."))


class CrestNotStored(DomainError):
    """The disk took no file."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("The picture could not be stored. Try again later, and tell who runs the site."))


class UnreadableColour(DomainError):
    """Text in the colour could not be read by everyone."""

    status = 422

    def __init__(self, contrast: float, shade: str) -> None:
        super().__init__(
            _(
                "Text in this colour has a contrast of %(contrast)s to 1, and 4.5 to 1 is needed. "
                "The nearest darker shade that can be read is %(shade)s."
            )
            % {"contrast": localize(round(contrast, 1)), "shade": shade}
        )


class DistrictTwice(DomainError):
    """Two districts of one name."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There would be two districts named “%(name)s”. Give one of them another name.") % {"name": name}
        )


class DistrictInUse(DomainError):
    """Residents belong to a district that would be gone."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Residents belong to “%(name)s”, so it stays. You can give it another name.") % {"name": name}
        )


class BasisTaken(DomainError):
    """There is a legal basis of that name."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is a legal basis of that name already. Change that one, or choose another name."))
