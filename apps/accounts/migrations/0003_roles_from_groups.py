"""Staff roles were Django groups; each becomes a role in force since the account was made."""

from datetime import UTC, datetime

from django.db import migrations

ROLES = ("moderator", "official", "administrator")


def from_groups(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    RoleAssignment = apps.get_model("accounts", "RoleAssignment")
    moment = datetime.now(UTC)
    for person in User.objects.filter(groups__name__in=ROLES).distinct().order_by("pk"):
        for role in person.groups.filter(name__in=ROLES).values_list("name", flat=True):
            RoleAssignment.objects.create(
                person=person,
                role=role,
                title=person.job_title,
                status="active",
                starts_at=person.created_at or moment,
                granted_at=moment,
            )
        person.groups.clear()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles_organisations_holds")]
    operations = [migrations.RunPython(from_groups, migrations.RunPython.noop)]
