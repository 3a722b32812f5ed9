"""What people write about noise and shadow flicker."""

from __future__ import annotations

from apps.portal.demo.shapes import WAITING, Answer, Moved, Voice, prose

_TOPIC = "stoej-og-skyggekast"

VOICES = (
    Voice(
        ref="stoej-1",
        author="birgit",
        topic=_TOPIC,
        kind="question",
        days_ago=32,
        time="19:48",
        body=prose("""
        Vi bor 700 meter fra mølle 4 i et hus fra 1958 med tynde vinduer. Er den lavfrekvente støj
        regnet indendørs i ældre huse, eller kun i nybyggeri?
        """),
    ),
    Voice(
        ref="stoej-2",
        author="birgit",
        topic=_TOPIC,
        kind="question",
        days_ago=29,
        time="17:20",
        reply_to="stoej-1",
        body=prose("""
        Tak for svaret, det kom hurtigt. Jeg savner stadig tallet for huse med kælder. Vores
        soveværelse ligger dernede, og det er der, jeg er nervøs for den dybe brummen.

        Kan tallene lægges op som en tabel, adresse for adresse? Så kan hver af os slå sit eget op
        i stedet for at gætte ud fra et gennemsnit.
        """),
    ),
    Voice(
        ref="stoej-3",
        author="amira",
        topic=_TOPIC,
        kind="proposal",
        days_ago=27,
        time="08:15",
        moderator="anders",
        body=prose("""
        Sæt en fast støjmåler op ved forsamlingshuset i Nørre Klint, og vis tallene her på siden.
        Så slipper vi for at diskutere, hvem der har ret.

        Hvis grænsen overskrides, skal møllerne ned i gear samme nat.
        """),
    ),
    Voice(
        ref="stoej-4",
        author="jonas",
        topic=_TOPIC,
        kind="view",
        days_ago=26,
        time="21:02",
        reply_to="stoej-3",
        body="God idé. Lad måleren stå mindst et helt år, så vinteren er med.",
    ),
    Voice(
        ref="stoej-5",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=25,
        time="20:10",
        reply_to="stoej-3",
        moderator="anders",
        body=prose("""
        En måler er udmærket, men hvem læser den? Vi har prøvet det før med grusgraven. Der blev
        målt i tre måneder, rapporten kom et år efter, og så var det hele forbi.

        Hvis det skal give mening, skal der stå i vilkårene, hvem der slukker, hvor hurtigt det
        skal ske, og hvad det koster ejeren, hvis det ikke sker. Ellers er det bare en kasse på en
        pæl.
        """),
    ),
    Voice(
        ref="stoej-6",
        author="peter",
        topic=_TOPIC,
        kind="view",
        days_ago=24,
        time="18:40",
        reply_to="stoej-3",
        body=prose("""
        Enig med Torben om vilkårene. Som lærer vil jeg tilføje, at 7. klasse gerne vil passe en
        måler. Det er fysik, man kan høre. Og så alvorligt: Tallene skal være så enkle, at børnene
        kan læse dem. Så kan vi andre også.
        """),
    ),
    Voice(
        ref="stoej-7",
        author="birgit",
        topic=_TOPIC,
        kind="proposal",
        days_ago=22,
        time="09:25",
        body=prose("""
        Skyggekast skal være nul timer for boliger inden for en kilometer. Teknikken findes: Møllen
        stopper selv, når solen står lavt og rammer en rude.

        Vi mister måske lidt strøm, men det er få timer om året, og de timer ligger netop dér, hvor
        man sidder ved køkkenbordet. Skriv det ind som vilkår, så det ikke kommer til at afhænge
        af, hvem der ejer møllerne om ti år.
        """),
    ),
    Voice(
        ref="stoej-8",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=19,
        time="20:35",
        moderator="anders",
        body=prose("""
        Det er ikke decibel, der holder mig vågen. Det er rytmen. Jeg har lagt tag for en kunde 800
        meter fra tre møller, og når vinden gik i øst, sad den der: svusj, svusj, hele
        eftermiddagen. Man vænner sig ikke til det, man holder bare op med at nævne det.

        Heden er et af de sidste steder herude, hvor man kan høre ingenting. Det står ikke i nogen
        tabel, men det er derfor, mange af os bor her. Da vi købte huset, var det ikke for
        udsigten, for den har vi ikke. Det var, fordi sælgeren åbnede vinduet og bad os om at tie
        stille et øjeblik.

        Jeg ved godt, at grænserne er overholdt på papiret. Jeg siger bare, at der er langt fra 44
        til ingenting, og at det er den afstand, vi bliver bedt om at leve med. Jeg er imod, og det
        skal man kunne sige uden at blive kaldt klimafornægter.
        """),
    ),
    Voice(
        ref="stoej-9",
        author="amira",
        topic=_TOPIC,
        kind="view",
        days_ago=15,
        time="07:55",
        outcome=Moved(
            to="veje-og-byggeperiode",
            note="Bidraget handler om vejenes tilstand og er flyttet til det emne.",
        ),
        body=prose("""
        Det her er vel også larm: Hullet på Mosevejen lige efter købmanden er nu så dybt, at hver
        eneste trailer giver et brag, man kan høre i hele Nørre Klint. Sådan har det været i flere
        måneder. Kan nogen lappe det, inden vi taler om tunge lastbiler?
        """),
    ),
    Voice(
        ref="stoej-10",
        author="jonas",
        topic=_TOPIC,
        kind="view",
        days_ago=12,
        time="20:50",
        body=prose("""
        Jeg er 19 år, og det er min generation, der står med regningen, hvis vi ikke gør noget. Ja,
        der kommer lyd. Der er også lyd fra landevejen, fra tørreriet i høst og fra havet.

        En blæsende aften cyklede jeg ud til møllerne i nabokommunen og stod 650 meter væk i ti
        minutter. Jeg kunne høre dem. Jeg kunne også høre vinden i græsset, og den var højest.

        Jeg siger ikke, at alle oplever det sådan. Jeg siger bare: Tag ud og lyt, før I bestemmer
        jer.
        """),
    ),
    Voice(
        # The one published question that still has no answer.
        ref="stoej-11",
        author="kirsten",
        topic=_TOPIC,
        kind="question",
        days_ago=4,
        time="10:40",
        moderator="anders",
        body=prose("""
        Mit sommerhus ligger ved Nørre Klint Strand, cirka 1,1 kilometer fra mølle 3. I
        miljørapporten kan jeg kun finde helårsboliger i tabellen. Gælder den strenge grænse på 39
        dB også for sommerhusområdet, og hvad er der regnet ud hos os?

        Jeg bor i nabokommunen det meste af året og kan ikke komme til borgermødet, så jeg håber på
        et svar her.
        """),
    ),
    Voice(
        ref="stoej-12",
        author="peter",
        topic=_TOPIC,
        kind="view",
        hours_ago=1.2,
        outcome=WAITING,
        body=prose("""
        Jeg kan godt leve med møllerne, hvis de stopper ved skyggekast, og hvis vi får cykelstien
        til skolen.
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="stoej-svar-1",
        official="mette",
        reply_to="stoej-1",
        days_ago=30,
        time="10:05",
        body=prose("""
        **Ja, ældre huse er med.** Beregningen bruger et dårligt isoleret hus som standard. Ved
        jeres afstand, 700 meter, er den lavfrekvente støj indendørs beregnet til 12,4 dB. Grænsen
        er 20 dB.

        Vi har bedt rådgiveren regne særskilt på huse fra før 1970. Resultatet lægger vi i bilagene,
        inden høringsfristen udløber, så I kan nå at skrive igen.
        """),
        source="Miljørapport (resumé), afsnit 7.4",
    ),
    Answer(
        ref="stoej-svar-2",
        official="mette",
        reply_to="stoej-2",
        days_ago=26,
        time="11:30",
        body=prose("""
        Vi viser ikke tallene adresse for adresse, fordi det nemt bliver oplysninger om de enkelte
        hjem. Men vi kan vise dem for hver 50 meters afstand, og alle inden for 1,2 kilometer kan
        få deres eget tal ved at henvende sig til Plan og Miljø.

        Kælderrum er ikke regnet med endnu. Vi tager dem med i den særskilte beregning for ældre
        huse.
        """),
        source="Miljørapport (resumé), afsnit 7.5",
    ),
    Answer(
        ref="stoej-svar-3",
        official="mette",
        reply_to="stoej-3",
        days_ago=22,
        time="13:15",
        body=prose("""
        Det kan stilles som vilkår, at der måles efter opstart. Normalt måler vi én gang inden for
        det første år og igen, hvis der kommer klager. En **fast** måler kræver en aftale med
        ejeren af møllerne. Det tager vi op, og svaret kommer til at stå i hvidbogen.

        Bliver grænsen overskredet, kan kommunen påbyde, at møllerne dæmpes eller stoppes. Ønsket
        om en klar tidsfrist har vi skrevet ned.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 6",
    ),
)
