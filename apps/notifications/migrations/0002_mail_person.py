"""Each mail knows whose it is, so that it is found after their address has changed."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_people(apps, schema_editor):
    """What was written before goes to whoever has the address now."""
    people = apps.get_model("accounts", "User").objects.filter(email__iexact=OuterRef("to"))
    mails = apps.get_model("notifications", "OutgoingMail").objects.exclude(key__startswith="account.erased")
    mails.update(person_id=Subquery(people.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0003_roles_from_groups"),
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_people, migrations.RunPython.noop),
    ]
