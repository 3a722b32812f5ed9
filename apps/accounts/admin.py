"""What the technical window shows of accounts: who holds which role, by number. No names, no addresses."""

from django.contrib import admin

from apps.accounts.models import RoleAssignment
from apps.common.admin import ReadOnlyAdmin


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnlyAdmin):
    """Roles, with the account's number only."""

    list_display = ("id", "person_id", "role", "status", "starts_at", "ends_at")
    list_filter = ("role", "status")
    fields = ("person_id", "role", "department", "status", "starts_at", "ends_at", "granted_by_id", "granted_at")
    readonly_fields = fields
