"""What people write about homes and compensation."""

from __future__ import annotations

from apps.portal.demo.shapes import WAITING, Answer, Refused, Voice, prose

_TOPIC = "boliger-og-erstatning"

VOICES = (
    Voice(
        ref="bolig-1",
        author="torben",
        topic=_TOPIC,
        kind="question",
        days_ago=26,
        time="18:10",
        body=prose("""
        Min kone og jeg bor 910 meter fra nærmeste mølle. Vi har forstået, at salgsoptionen stopper
        ved seks gange møllens højde. Det er elleve meter fra vores sokkel.

        Måler man fra muren, fra skellet eller fra midten af huset? Og kan man gøre noget, hvis man
        ligger lige på den forkerte side af stregen?
        """),
    ),
    Voice(
        ref="bolig-2",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=23,
        time="20:44",
        outcome=Refused(
            reason="personal_attack",
            public=(
                "Bidraget går efter en medarbejder og ikke efter sagen. Kritik af svaret og af "
                "reglerne er velkommen, og forfatteren kan skrive igen."
            ),
            facts=(
                "Beskylder sagsbehandleren for korruption uden nogen oplysning, der kan "
                "undersøges. Kritikken af 899-metergrænsen kan stå alene. Ingen tidligere "
                "afvisninger."
            ),
        ),
        body=prose("""
        Nu har jeg læst svaret tre gange. Planlæggeren er korrupt og ligeglad med os, og hun burde
        fyres i morgen. Sådan en har aldrig boet andre steder end bag et skrivebord.
        """),
    ),
    Voice(
        ref="bolig-3",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=23,
        time="20:58",
        outcome=Refused(
            reason="private_information",
            public=(
                "Bidraget fortæller, hvor en privatperson bor. Skriv gerne om sagen uden oplysninger om andres hjem."
            ),
            facts=(
                "Beskriver sagsbehandlerens bolig, så den kan findes, og opfordrer til at møde op. "
                "Sendt 14 minutter efter det foregående, afvises sammen med det."
            ),
        ),
        body=prose("""
        Og for resten bor hun i det gule hus bag købmanden. Gå forbi og spørg hende selv, hvad
        elleve meter er værd.
        """),
    ),
    Voice(
        ref="bolig-4",
        author="peter",
        topic=_TOPIC,
        kind="view",
        days_ago=22,
        time="19:30",
        reply_to="bolig-1",
        moderator="anders",
        body=prose("""
        Elleve meter er surt, det forstår jeg godt, Torben. Vi bor 760 meter væk og kan altså få
        solgt huset til ejeren af møllerne. Det vil vi bare ikke. Vi vil blive boende og have ro om
        natten. Der burde være en ordning for dem, der bliver, og ikke kun for dem, der rejser.
        """),
    ),
    Voice(
        ref="bolig-5",
        author="amira",
        topic=_TOPIC,
        kind="question",
        days_ago=18,
        time="21:15",
        body=prose("""
        Vi bor til leje i Nørre Klint, 780 meter fra mølle 3. Alt, hvad jeg læser, handler om
        ejere: værditab, salgsoption, bonus. Får lejere også VE-bonus, og skal vi søge den, eller
        kommer den af sig selv? Og hvad sker der, hvis vi flytter midt på året?
        """),
    ),
    Voice(
        ref="bolig-6",
        author="birgit",
        topic=_TOPIC,
        kind="view",
        days_ago=8,
        time="14:35",
        body=prose("""
        Da vi fik vurderet huset sidst, sagde ejendomsmægleren, at køberne spørger til møllerne,
        før de spørger til taget. Vi skal ikke flytte. Men jeg tænker på de unge, der gerne vil
        herud. Hvem låner dem penge til et hus, når banken også har læst planen?

        Vi er ni huse på vores vej. To står tomme, og i det tredje bor der kun nogen om sommeren.
        Skolen mister en klasse, hver gang der går et par år uden børnefamilier. Det regnestykke
        ser jeg ikke i planen, og det er svært at få erstatning for en nabo, der aldrig flyttede
        ind.

        Jeg er ikke imod strøm fra vinden. Jeg er imod, at risikoen lægges hos dem, der bor
        nærmest, mens gevinsten sendes væk i et kabel.
        """),
    ),
    Voice(
        ref="bolig-7",
        author="torben",
        topic=_TOPIC,
        kind="proposal",
        hours_ago=2.4,
        outcome=WAITING,
        body=prose("""
        Jeg fik to bidrag afvist, og det var fair nok. Her er sagen uden personer: En grænse på 899
        meter er for firkantet. Lav en glidende ordning, hvor man får mindre, jo længere væk man
        bor, i stedet for alt eller intet ved en streg på kortet.

        Kan kommunen ikke ændre loven, kan Mette Holm Kjær forhandle det med ejeren som en del af
        aftalen.
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="bolig-svar-1",
        official="mette",
        reply_to="bolig-1",
        days_ago=24,
        time="10:30",
        body=prose("""
        Salgsoption gælder boliger inden for seks gange møllens højde, altså 899 meter. Der måles
        fra boligens nærmeste mur til midten af mølletårnet.

        Grænsen er sat i loven, og kommunen kan ikke flytte den. I kan stadig få vurderet, om I har
        ret til erstatning for **værditab**, også uden for de 899 meter. Ordningerne bliver
        gennemgået på borgermødet, og der er tid til spørgsmål om den enkelte bolig bagefter.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 7",
    ),
    Answer(
        ref="bolig-svar-2",
        official="mette",
        reply_to="bolig-5",
        days_ago=15,
        time="09:25",
        body=prose("""
        **Ja, lejere er med.** VE-bonus følger den, der bor i boligen, og ikke den, der ejer den.
        Den gælder inden for otte gange møllens højde, altså 1.199 meter.

        Den kommer ikke af sig selv. I får et brev, når møllerne er sat op, og skal så melde jer
        til. Flytter I, stopper den fra flyttedagen. Beløbet afhænger af, hvor meget det blæser, så
        vi tør ikke love et tal.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 7",
    ),
)
