"""A first list of coarse words, Danish and English, which the municipality edits.

Left out are words that are ordinary in the other language or in a hearing: fart, slut and fag are Danish, svin and so
are livestock. Mild oaths are left out too: they hurt nobody.
"""

from django.db import migrations

DANISH = """
fisse* kusse* kælling* møgkælling* luder luderkarl* møgluder* røvhul* røvpuler* bøsserøv* røvbanan* røvskæg* røvslikker*
pik pikhoved* pikslikker* piksutter* pikansjos* hestepik* lort* pis pisse* skiderik* skidespræller* møgsvin* møgdyr*
svinehund* nazisvin* kommunistsvin* muslimsvin* racistsvin* idiot* kraftidiot* spasser* mongolbarn* retarderet* perker*
sandneger* neger negere negeren hjernedød* narhat* narrøv* klaphat* fæhoved* bonderøv* snothvalp* skvadderhoved*
kraftedeme kraftædeme fandeme
hold|kæft hold|din|kæft hold|jeres|kæft luk|røven kys|min|røv rend|mig rend|mig|i|røven skrid|ad|helvede|til
gå|ad|helvede|til ad|helvede|til æd|lort dumme|svin dumme|so fede|so fede|svin klamt|svin din|taber
"""
ENGLISH = """
fuck* motherfuck* shit* bullshit* asshole* arsehole* bitch* bastard* cunt* dickhead* twat* wanker* whore* moron* retard
retarded nigger* nigga* faggot* dumbass* jackass* douchebag* scumbag* bollocks crap prick goddamn
son|of|a|bitch go|to|hell screw|you kill|yourself piss|off
"""


def write_words(apps, schema_editor):
    words = apps.get_model("screening", "ListedWord")
    listed = [
        words(word=word.replace("|", " "), language=language)
        for language, text in (("da", DANISH), ("en", ENGLISH))
        for word in text.split()
    ]
    words.objects.bulk_create(listed, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_lists_and_signatures")]
    operations = [migrations.RunPython(write_words, migrations.RunPython.noop)]
