import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("publications", "0001_initial"),
        ("publications", "0002_text_blocks"),
        ("publications", "0003_statements_in_english"),
    ]

    dependencies = [
        ("consultations", "0001_squashed_0020_drafts_and_maps_saved_once"),
        ("discussions", "0001_squashed_0021_citizen_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TextBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=140, unique=True, verbose_name="title")),
                ("body", models.TextField(max_length=5000, verbose_name="text")),
                ("body_html", models.TextField()),
                ("is_offered", models.BooleanField(default=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=20
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("covers_until", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summary",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("published_at__isnull", False), _connector="OR"),
                        name="summary_published_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="in one line")),
                ("body", models.TextField(max_length=5000, verbose_name="what people said")),
                ("body_html", models.TextField()),
                ("title_en", models.CharField(blank=True, max_length=140, verbose_name="in one line, in English")),
                ("body_en", models.TextField(blank=True, max_length=5000, verbose_name="what people said, in English")),
                ("body_en_html", models.TextField(blank=True)),
                ("is_public", models.BooleanField(default=False)),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="publications.summary",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("summary", "is_public", "position"), name="statement_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body_en", ""), ("title_en", "")),
                            models.Q(
                                models.Q(("title_en", ""), _negated=True), models.Q(("body_en", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="statement_english_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="publications.statement",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("statement", "contribution"), name="citation_once")],
            },
        ),
    ]
