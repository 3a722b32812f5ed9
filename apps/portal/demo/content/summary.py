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
            title_en="Low-frequency noise is the main concern",
            body_en=prose("""
            Neighbours in Nørre Klint ask for calculations for older houses and for a permanent meter. Several
            want it in writing who turns the turbines down if a limit is exceeded.
            """),
            cites=("stoej-1", "stoej-2", "stoej-3", "stoej-5"),
        ),
        Statement(
            title="Delte meninger om udsigten",
            body=prose("""
            Nogle ønsker færre møller mod kysten eller slet ingen. Andre vil hellere samle dem her
            end sprede dem, eller de kan godt lide at se på dem.
            """),
            title_en="Opinions on the view are divided",
            body_en=prose("""
            Some want fewer turbines towards the coast, or none at all. Others would rather gather them here
            than spread them, or like to look at them.
            """),
            cites=("udsigt-1", "udsigt-2", "udsigt-4", "udsigt-6"),
        ),
        Statement(
            title="Fuglene skal tælles bedre",
            body=prose("""
            To nætter er for lidt til at tælle natravn, og trækket over klinten er ikke undersøgt.
            Andre peger på, at møllerne kan betale for at pleje heden.
            """),
            title_en="The birds need a better count",
            body_en=prose("""
            Two nights are too few to count nightjars, and the migration over the cliff has not been studied.
            Others point out that the turbines can pay for the care of the heath.
            """),
            cites=("natur-1", "natur-5", "natur-3"),
        ),
        Statement(
            title="Grøn pulje bør gå til landsbyerne",
            body=prose("""
            Cykelsti og forsamlingshuse nævnes oftest. Der er også ønske om en ordning for unge, og
            en advarsel mod at lade penge afgøre sagen.
            """),
            title_en="The green fund should go to the villages",
            body_en=prose("""
            A cycle path and village halls are named most often. There is also a wish for a scheme for the
            young, and a warning against letting money decide the matter.
            """),
            cites=("pulje-1", "pulje-2", "pulje-3", "pulje-4", "pulje-5"),
        ),
    ),
)
