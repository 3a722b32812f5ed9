"""What people write about roads and the time of building."""

from __future__ import annotations

from apps.portal.demo.shapes import Answer, Voice, prose

_TOPIC = "veje-og-byggeperiode"

VOICES = (
    Voice(
        ref="veje-1",
        author="peter",
        topic=_TOPIC,
        kind="question",
        days_ago=24,
        time="07:40",
        body=prose("""
        Mosevejen er skolevej for 60 børn. I planen står der 35 lastbiler om dagen, når
        fundamenterne støbes. Hvornår på dagen kører de, og hvad gør I for, at børnene kan komme
        forbi? Jeg er for møllerne, men ikke for en betonbil i svinget ved mosen klokken kvart i
        otte.
        """),
    ),
    Voice(
        ref="veje-2",
        author="amira",
        topic=_TOPIC,
        kind="view",
        days_ago=20,
        time="14:50",
        reply_to="veje-1",
        body=prose("""
        Godt svar. Husk også eftermiddagen: De små har fri klokken 14, og de større går selv hjem.
        Og sæt nogen ved svinget, ikke kun et skilt.
        """),
    ),
    Voice(
        ref="veje-3",
        author="lise",
        topic=_TOPIC,
        kind="proposal",
        days_ago=17,
        time="12:15",
        moderator="anders",
        body=prose("""
        Sejl vingerne til havnen i Havby i stedet for at køre dem gennem hele kommunen. Kajen blev
        forlænget til netop den slags. Så er der kun fem kilometer landevej tilbage, og man kan
        nøjes med at lukke den tre nætter i stedet for at save vejtræer ned ved Sandgård.
        """),
    ),
    Voice(
        ref="veje-4",
        author="birgit",
        topic=_TOPIC,
        kind="question",
        days_ago=6,
        time="10:55",
        body=prose("""
        Da de gravede kablet ned for nogle år siden, lå der et gråt lag på vinduer og vasketøj i
        seks uger, og grøften ved vores indkørsel blev aldrig rettet op. Hvem holder øje denne gang,
        og hvem ringer man til, mens det står på?
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="veje-svar-1",
        official="rasmus",
        reply_to="veje-1",
        days_ago=21,
        time="11:15",
        body=prose("""
        Tallet 35 gælder de seks uger, hvor der støbes. Vi stiller krav om, at der **ikke** kører
        tunge biler på Mosevejen mellem kl. 7.15 og 8.15 på skoledage, og at der er vejvagt i
        svinget ved mosen, mens fundamenterne støbes.

        Resten af dagen må de højst køre 40 km/t. Mangler der noget, så skriv det her.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 8",
    ),
    Answer(
        ref="veje-svar-2",
        official="rasmus",
        reply_to="stoej-9",
        days_ago=13,
        time="09:10",
        body=prose("""
        Tak for beskeden. Hullet blev lappet i går, og strækningen står på listen over veje, der skal
        have nyt slidlag. Inden et eventuelt byggeri fotograferer vi hele Mosevejen, så skader fra
        tunge biler bliver ejerens regning og ikke kommunens.
        """),
    ),
    Answer(
        ref="veje-svar-3",
        official="rasmus",
        reply_to="veje-4",
        days_ago=2,
        time="09:30",
        body=prose("""
        Det gør vi. Kommunens tilsyn er på pladsen hver uge, og mens der bygges, kan naboer ringe til
        en vagt hele døgnet. Grusvejene skal vandes i tørt vejr. Det står i vilkårene.

        Grøfter og rabatter bliver gennemgået sammen med naboerne, før og efter. Jeg kommer forbi
        og ser på den gamle grøft, når vi alligevel er ude at måle op.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 8",
    ),
)
