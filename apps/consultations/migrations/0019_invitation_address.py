from django.db import migrations, models


def fill_addresses(apps, schema_editor):
    """Invitations that the site wrote went to the address that the party has, as far as anybody can tell."""
    invitations = apps.get_model("consultations", "HearingInvitation").objects
    address = models.Subquery(
        apps.get_model("consultations", "HearingParty").objects.filter(pk=models.OuterRef("party")).values("email")[:1]
    )
    invitations.filter(way="site").update(sent_to=address)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0018_forms_carried_out_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="hearinginvitation",
            name="sent_to",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="sent to"),
            preserve_default=False,
        ),
        migrations.RunPython(fill_addresses, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="hearinginvitation", name="hearing_invitation_once"),
        migrations.AddConstraint(
            model_name="hearinginvitation",
            constraint=models.UniqueConstraint(
                fields=("party", "way", "invited_on", "sent_to"), name="hearing_invitation_once"
            ),
        ),
    ]
