"""What the technical window shows of the municipality."""

from django.contrib import admin

from apps.common.admin import ReadOnlyAdmin
from apps.municipality.models import District, HouseRule, LegalBasis, Municipality, RefusalReason


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    """The one row about the municipality."""


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    """Districts."""

    ordering = ("name",)


@admin.register(RefusalReason)
class RefusalReasonAdmin(ReadOnlyAdmin):
    """Why contributions can be refused."""

    ordering = ("code",)


@admin.register(LegalBasis)
class LegalBasisAdmin(ReadOnlyAdmin):
    """By which law hearings are held."""

    ordering = ("code",)


@admin.register(HouseRule)
class HouseRuleAdmin(ReadOnlyAdmin):
    """The house rules of all versions."""

    ordering = ("rules", "number")
