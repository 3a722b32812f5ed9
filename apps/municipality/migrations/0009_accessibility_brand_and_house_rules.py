"""Colour, accessibility and versioned house rules; the first version is what the site was delivered with."""

import django.db.models.deletion
from django.db import migrations, models

# The titles are those of the reasons that the site was delivered with.
RULES = [
    (
        1,
        "Personangreb",
        "Personal attack",
        (
            "Kritiser sagen, forslaget og det, kommunen gør. Skæld ikke ud på mennesker, hverken naboer, ansatte eller "
            "politikere."
        ),
        (
            "Criticise the matter, the proposal and what the municipality does. Do not attack people, be they neighbours, "
            "staff or politicians."
        ),
    ),
    (
        2,
        "Private oplysninger om andre",
        "Private information about others",
        "Skriv ikke andres adresse, telefonnummer, helbred eller andet, der er deres eget.",
        "Do not write other people's address, telephone number, health or anything else that is their own.",
    ),
    (
        3,
        "Kan være ulovligt",
        "May be unlawful",
        "Trusler, hån af grupper, falske beskyldninger og opfordring til strafbare handlinger hører ikke hjemme her.",
        "Threats, scorn of groups, false accusations and calls for crimes have no place here.",
    ),
    (
        4,
        "Hører ikke til høringen",
        "Does not belong to the hearing",
        "Hold dig til emnet. Det, der hører til et andet sted, flyttes derhen, hvis stedet findes.",
        "Keep to the topic. What belongs elsewhere is moved there, if there is such a place.",
    ),
    (
        5,
        "Sendt flere gange",
        "Sent more than once",
        "Send det samme én gang. Det tæller ikke mere, når det gentages.",
        "Send the same once. It does not count for more when it is repeated.",
    ),
    (
        6,
        "Reklame eller spam",
        "Advertising or spam",
        "Her er ikke plads til salg, kampagner for andet eller tekster, som et program sender.",
        "This is not the place for sales, campaigns for something else, or texts that a program sends.",
    ),
]


def write_rules(apps, schema_editor):
    version = apps.get_model("municipality", "HouseRulesVersion").objects.create(version=1)
    rule = apps.get_model("municipality", "HouseRule")
    rule.objects.bulk_create(
        rule(rules=version, number=number, title_da=title_da, title_en=title_en, text_da=text_da, text_en=text_en)
        for number, title_da, title_en, text_da, text_en in RULES
    )


class Migration(migrations.Migration):
    dependencies = [
        ("municipality", "0008_legal_bases_of_planning"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseRulesVersion",
            fields=[
                ("version", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                (
                    "what_changed_da",
                    models.CharField(blank=True, max_length=300, verbose_name="what changed, in Danish"),
                ),
                (
                    "what_changed_en",
                    models.CharField(blank=True, max_length=300, verbose_name="what changed, in English"),
                ),
                ("published_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="municipality",
            name="brand_color",
            field=models.CharField(blank=True, max_length=7, verbose_name="colour"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="was_gaps_da",
            field=models.TextField(blank=True, max_length=4000, verbose_name="what is not accessible yet, in Danish"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="was_gaps_en",
            field=models.TextField(blank=True, max_length=4000, verbose_name="what is not accessible yet, in English"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="was_reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="accessibility last reviewed on"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="was_url",
            field=models.URLField(blank=True, max_length=300, verbose_name="address of the accessibility statement"),
        ),
        migrations.CreateModel(
            name="HouseRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title_da", models.CharField(max_length=120, verbose_name="title in Danish")),
                ("title_en", models.CharField(max_length=120, verbose_name="title in English")),
                ("text_da", models.TextField(blank=True, max_length=1000, verbose_name="what it means, in Danish")),
                ("text_en", models.TextField(blank=True, max_length=1000, verbose_name="what it means, in English")),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="each",
                        to="municipality.houserulesversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rules", "number"), name="house_rule_number_once")],
            },
        ),
        migrations.RunPython(write_rules, migrations.RunPython.noop),
    ]
