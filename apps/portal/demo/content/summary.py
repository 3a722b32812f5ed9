"""The interim summary of the open hearing; every statement cites contributions."""

from __future__ import annotations

from apps.portal.demo.shapes import Statement, Summary, prose

SUMMARY = Summary(
    title="Foreløbig opsummering",
    official="mette",
    days_ago=5,
    time="11:00",
    covers_until_days_ago=7,
    statements=(
        Statement(
            title="Lavfrekvent støj fylder mest",
            body=prose("""
            Naboer i Nørre Klint beder om beregninger for ældre huse og om en fast måler. Flere
            vil have skrevet ind, hvem der dæmper møllerne, hvis en grænse bliver overskredet.
            """),
            cites=("stoej-1", "stoej-2", "stoej-3", "stoej-5"),
        ),
        Statement(
            title="Delte meninger om udsigten",
            body=prose("""
            Nogle ønsker færre møller mod kysten eller slet ingen. Andre vil hellere samle dem her
            end sprede dem, eller de kan godt lide at se på dem.
            """),
            cites=("udsigt-1", "udsigt-2", "udsigt-4", "udsigt-6"),
        ),
        Statement(
            title="Fuglene skal tælles bedre",
            body=prose("""
            To nætter er for lidt til at tælle natravn, og trækket over klinten er ikke undersøgt.
            Andre peger på, at møllerne kan betale for at pleje heden.
            """),
            cites=("natur-1", "natur-5", "natur-3"),
        ),
        Statement(
            title="Grøn pulje bør gå til landsbyerne",
            body=prose("""
            Cykelsti og forsamlingshuse nævnes oftest. Der er også ønske om en ordning for unge, og
            en advarsel mod at lade penge afgøre sagen.
            """),
            cites=("pulje-1", "pulje-2", "pulje-3", "pulje-4", "pulje-5"),
        ),
    ),
)
