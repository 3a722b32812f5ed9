import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def first_versions(apps, schema_editor):
    """What is published and was never kept becomes the first version as it stands. No entry tells of it, so it needs no salt."""
    Consultation = apps.get_model("consultations", "Consultation")
    ProposalVersion = apps.get_model("consultations", "ProposalVersion")
    for consultation in Consultation.objects.filter(status="published").order_by("pk").iterator():
        ProposalVersion.objects.create(
            consultation=consultation,
            version=1,
            title=consultation.title,
            lede=consultation.lede,
            body=consultation.body,
            salt=b"",
            made_at=consultation.published_at,
        )
    Consultation.objects.filter(status="published").update(proposal_version=1)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0007_document_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="unit",
            field=models.CharField(blank=True, max_length=20, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="fact",
            name="source",
            field=models.CharField(blank=True, max_length=200, verbose_name="source"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="proposal_version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="consultation",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="consultation",
            name="body",
            field=models.TextField(blank=True, max_length=40000, verbose_name="the proposal in plain words"),
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("lede", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("body", models.TextField(blank=True, verbose_name="the proposal in plain words")),
                ("salt", models.BinaryField(max_length=32)),
                ("what_changed", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("made_at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "version"), name="proposal_version_once"),
                ],
            },
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
    ]
