import django.db.models.deletion
from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db import migrations, models


def first_versions(apps, schema_editor):
    """Each document that is there becomes the first version of itself, and its file is copied to where papers lie."""
    Document = apps.get_model("consultations", "Document")
    DocumentVersion = apps.get_model("consultations", "DocumentVersion")
    Entry = apps.get_model("ledger", "Entry")
    papers = storages["papers"]
    for document in Document.objects.select_related("consultation").order_by("pk").iterator():
        told = Entry.objects.filter(kind="document.added", subject_id=document.pk).order_by("pk").first()
        name = document.file.name
        if default_storage.exists(name) and not papers.exists(name):
            with default_storage.open(name, "rb") as content:
                name = papers.save(name, content)
        DocumentVersion.objects.create(
            document=document,
            version=1,
            kind="pdf",
            title=document.title,
            file=name,
            size=document.size,
            sha256=document.sha256,
            added_at=told.at if told else document.consultation.created_at,
        )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ledger", "0002_refuse_changes"),
        ("consultations", "0006_meetings_sign_up_and_minutes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "PNG"),
                            ("jpeg", "JPEG"),
                            ("webp", "WebP"),
                            ("geojson", "GeoJSON"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("description", models.CharField(blank=True, max_length=1000, verbose_name="what it shows")),
                ("what_changed", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("file", models.FileField(upload_to="documents/", verbose_name="file")),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("held_sentence", models.CharField(blank=True, max_length=300, verbose_name="why it is held back")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consultations.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "version"), name="document_version_once"),
                ],
            },
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
        migrations.RemoveField(model_name="document", name="file"),
        migrations.RemoveField(model_name="document", name="sha256"),
        migrations.RemoveField(model_name="document", name="size"),
        migrations.RemoveField(model_name="document", name="title"),
    ]
