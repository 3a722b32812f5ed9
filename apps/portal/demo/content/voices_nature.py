"""What people write about nature and birds."""

from __future__ import annotations

from apps.portal.demo.shapes import WAITING, WITHDRAWN, Answer, Voice, prose

_TOPIC = "natur-og-fugle"

VOICES = (
    Voice(
        ref="natur-1",
        author="lise",
        topic=_TOPIC,
        kind="question",
        days_ago=31,
        time="16:20",
        body=prose("""
        Jeg underviser i biologi og har fulgt heden i fjorten år. I planens resumé står der, at
        natravn er undersøgt over to nætter i juni. Den ene nat blæste det efter min dagbog over 8
        m/s hele natten, og så synger de næsten ikke.

        Hvordan kan I være sikre på, at fem syngende hanner er det rigtige tal? Min egen optælling
        fra samme måned sagde ni. Jeg er ikke imod vindmøller, men jeg vil gerne have, at vi tæller
        ordentligt, før vi bygger.
        """),
    ),
    Voice(
        ref="natur-2",
        author="lise",
        topic=_TOPIC,
        kind="view",
        days_ago=27,
        time="19:15",
        reply_to="natur-1",
        body=prose("""
        Tak, det er et ordentligt svar. Jeg afleverer mine noter på biblioteket i Havby. Kort og
        klokkeslæt følger med.
        """),
    ),
    Voice(
        ref="natur-3",
        author="peter",
        topic=_TOPIC,
        kind="proposal",
        days_ago=20,
        time="17:05",
        moderator="anders",
        body=prose("""
        Heden gror til. Da jeg var dreng, var der lyng hele vejen til Nørre Klint, nu er det mest
        birk og gyvel. Hvis der alligevel skal ske noget derude, så lad ejeren betale for får og
        hegn, så længe møllerne står.

        Så får vi en bedre hede end den, vi har, og ikke kun plaster på hullerne efter kranerne.
        Jeg tror faktisk, at markfirbenet ville stemme for.
        """),
    ),
    Voice(
        ref="natur-4",
        author="amira",
        topic=_TOPIC,
        kind="view",
        days_ago=17,
        time="06:50",
        reply_to="natur-3",
        body="Får! Mine børn siger ja.",
    ),
    Voice(
        ref="natur-5",
        author="kirsten",
        topic=_TOPIC,
        kind="view",
        days_ago=13,
        time="11:10",
        body=prose("""
        Fra terrassen i sommerhuset ser vi hvert år tranerne komme ind over klinten i lav højde. De
        flyver tit i tusmørke, og de flyver lige dér, hvor mølle 3 og 4 er tegnet ind.

        Jeg savner, at nogen har fulgt trækket både forår og efterår. I resuméet er der kun nævnt
        ynglefugle. Måske er der ikke noget problem, men så vil jeg gerne se det undersøgt og ikke
        bare antaget.
        """),
    ),
    Voice(
        ref="natur-6",
        author="jonas",
        topic=_TOPIC,
        kind="view",
        days_ago=9,
        time="22:10",
        outcome=WITHDRAWN,
        body="Glem nu den natravn. Kan vi ikke bare komme i gang?",
    ),
    Voice(
        ref="natur-7",
        author="jonas",
        topic=_TOPIC,
        kind="view",
        days_ago=9,
        time="22:48",
        reply_to="natur-1",
        body=prose("""
        Jeg skrev først noget dumt og trak det tilbage. Jeg har respekt for folk, der tæller fugle
        om natten. Men bliver klimaet ved med at ændre sig, forsvinder heden, også selvom vi har
        talt rigtigt.

        Kan man ikke gøre begge dele: bygge møllerne og stoppe dem i de nætter, hvor natravnen er
        mest aktiv?
        """),
    ),
    Voice(
        ref="natur-8",
        author="lise",
        topic=_TOPIC,
        kind="view",
        hours_ago=3.5,
        reply_to="natur-5",
        outcome=WAITING,
        body=prose("""
        Kirsten har fat i noget. Vi er fire, der på skift tæller træk fra klinten hver weekend i
        september og oktober, og vi har tal for traner fem år tilbage. De ligger i ringbind, ikke i
        en database, og derfor har rådgiveren ikke fundet dem.

        Jeg skriver dem rent og afleverer dem sammen med optællingen af natravn.
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="natur-svar-1",
        official="mette",
        reply_to="natur-1",
        days_ago=28,
        time="09:40",
        body=prose("""
        **Det er vi ikke, og du har ret i, at to nætter er lidt.** Vores rådgiver målte 7 m/s den
        ene nat og 4 m/s den anden. Den blæsende nat burde være gentaget.

        Vi har aftalt, at der lyttes tre nætter mere i næste sæson, og at mølle 2 og 6 ikke får
        endelig placering, før resultatet foreligger. Aflever gerne din optælling på rådhuset eller
        biblioteket, så bliver den lagt på sagen.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 5",
    ),
    Answer(
        ref="natur-svar-2",
        official="mette",
        reply_to="natur-3",
        days_ago=18,
        time="14:20",
        body=prose("""
        Godt forslag. Efter lokalplanforslaget skal 3,8 hektar ny hede erstatte de 1,9 hektar, der
        går til veje og kranpladser. Afgræsning i hele driftstiden er ikke et krav i dag, men det
        kan skrives ind i en aftale med ejeren.

        Vi undersøger, hvad det koster, og hvem der kan stå for dyrene. Svaret kommer i hvidbogen.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 5",
    ),
)
