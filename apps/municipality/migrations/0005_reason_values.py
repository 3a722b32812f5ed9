"""What the first six reasons are against, how the EU's database sorts them, and what a moderator can begin with."""

from django.db import migrations

SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
PRIVACY = "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
HOUSE_RULES = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
LAWS = (
    "Straffeloven, for eksempel § 119 a (chikane), § 264 d (privatliv), § 266 (trusler), § 266 b (hadefulde ytringer) "
    "og § 267 (ærekrænkelser)"
)
GDPR = "Databeskyttelsesforordningen (EU) 2016/679, artikel 5 og 6"
VALUES = {
    "personal_attack": (
        "incompatible",
        "",
        SPEECH,
        "Teksten angriber en person. Kritik af sagen eller beslutningen er velkommen: skriv det igen uden den del.",
        (
            "The text attacks a person. Criticism of the matter or of the decision is welcome: "
            "write it again without that part."
        ),
    ),
    "private_information": (
        "incompatible",
        GDPR,
        PRIVACY,
        "Teksten indeholder private oplysninger om en anden. Skriv det igen uden dem, så kan det vises.",
        "The text holds private information about somebody else. Write it again without that, and it can be shown.",
    ),
    "unlawful": (
        "illegal",
        LAWS,
        SPEECH,
        "Teksten kan være ulovlig, for eksempel en trussel eller en beskyldning uden grundlag.",
        "The text may be against the law, for example a threat or an accusation without grounds.",
    ),
    "off_topic": (
        "incompatible",
        "",
        HOUSE_RULES,
        "Teksten handler om noget andet end høringen. Du kan kontakte kommunen med brev eller på telefon.",
        "The text is about something else than this hearing. The municipality can be reached by post and telephone.",
    ),
    "duplicate": (
        "incompatible",
        "",
        HOUSE_RULES,
        "Den samme tekst er modtaget før, og den er vist.",
        "The same text has been received before, and that one is shown.",
    ),
    "spam": (
        "incompatible",
        "",
        HOUSE_RULES,
        "Teksten er reklame og siger ikke noget om sagen.",
        "The text advertises something and says nothing about the matter.",
    ),
}


def write_values(apps, schema_editor):
    reasons = apps.get_model("municipality", "RefusalReason")
    for code, (ground, legal_ground, category, suggestion_da, suggestion_en) in VALUES.items():
        reasons.objects.filter(code=code).update(
            ground=ground,
            legal_ground=legal_ground,
            category=category,
            suggestion_da=suggestion_da,
            suggestion_en=suggestion_en,
        )


class Migration(migrations.Migration):
    dependencies = [("municipality", "0004_reasons_kept_by_people")]
    operations = [migrations.RunPython(write_values, migrations.RunPython.noop)]
