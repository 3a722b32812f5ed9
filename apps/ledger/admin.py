"""What the technical window shows of the ledger: how far its readers have come."""

from django.contrib import admin

from apps.common.admin import ReadOnlyAdmin
from apps.ledger.models import Reader


@admin.register(Reader)
class ReaderAdmin(ReadOnlyAdmin):
    """Readers and their positions."""

    ordering = ("pk",)
