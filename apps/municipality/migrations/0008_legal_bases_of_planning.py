"""The legal bases of planning hearings, with the days that the law asks for at least."""

from django.db import migrations

# The period of hearings about environmental reports is what municipalities practise; no section is cited for it.
BASES = [
    ("municipal_plan", "Kommuneplan", "Municipal plan", "Planloven § 24, stk. 3", 56, "24"),
    (
        "municipal_plan_minor",
        "Mindre ændring af kommuneplan",
        "Minor change of a municipal plan",
        "Planloven § 24, stk. 4",
        28,
        "24",
    ),
    ("local_plan", "Lokalplan", "Local plan", "Planloven § 24, stk. 5", 28, "24"),
    ("local_plan_minor", "Mindre lokalplan", "Minor local plan", "Planloven § 24, stk. 6", 14, "24"),
    (
        "call_for_ideas",
        "Indkaldelse af idéer og forslag",
        "Call for ideas before planning",
        "Planloven § 23 c",
        0,
        "23c",
    ),
    (
        "environmental_report",
        "Miljøvurdering (praksis: 8 uger)",
        "Environmental assessment (practice: 8 weeks)",
        "Miljøvurderingsloven",
        56,
        "",
    ),
]


def write_bases(apps, schema_editor):
    bases = apps.get_model("municipality", "LegalBasis")
    for code, name_da, name_en, paragraph, days, section in BASES:
        bases.objects.update_or_create(
            code=code,
            defaults={
                "name_da": name_da,
                "name_en": name_en,
                "paragraph": paragraph,
                "minimum_days": days,
                "source": f"https://danskelove.dk/planloven/{section}" if section else "",
            },
        )


class Migration(migrations.Migration):
    dependencies = [("municipality", "0007_legal_bases")]
    operations = [migrations.RunPython(write_bases, migrations.RunPython.noop)]
