"""The reasons a contribution can be refused with, by the number of the house rule."""

from django.db import migrations

REASONS = [
    ("personal_attack", 1, "Personangreb", "Personal attack", True),
    ("private_information", 2, "Private oplysninger om andre", "Private information about others", True),
    ("unlawful", 3, "Kan være ulovligt", "May be unlawful", True),
    ("off_topic", 4, "Hører ikke til høringen", "Does not belong to the hearing", True),
    ("duplicate", 5, "Sendt flere gange", "Sent more than once", True),
    ("spam", 6, "Reklame eller spam", "Advertising or spam", True),
    ("moderated_in_source", None, "Modereret på det oprindelige sted", "Moderated in the source", False),
    ("empty_in_source", None, "Tom på det oprindelige sted", "Empty in the source", False),
]


def write_reasons(apps, schema_editor):
    reasons = apps.get_model("municipality", "RefusalReason")
    for code, rule_number, title_da, title_en, is_selectable in REASONS:
        reasons.objects.update_or_create(
            code=code,
            defaults={
                "rule_number": rule_number,
                "title_da": title_da,
                "title_en": title_en,
                "is_selectable": is_selectable,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("municipality", "0001_initial")]
    operations = [migrations.RunPython(write_reasons, migrations.RunPython.noop)]
