"""What people write about the view and the landscape."""

from __future__ import annotations

from functools import partial

from apps.portal.demo.drawings import page, sketch
from apps.portal.demo.shapes import Answer, Attached, Refused, Voice, prose

_TOPIC = "udsigt-og-landskab"

_SIX_TURBINES = prose("""
Mølle 1 og 5 står tættest på kysten, og det er dem, man ser fra hele stranden ved Havby. Tag de to
ud, og byg seks. Så bliver det et anlæg inde i landet og ikke et, der hører til havet.

Jeg vil gerne have regnet ud, hvad det koster i strøm og i penge til lokalområdet, så man kan vælge
med åbne øjne.
""")

VOICES = (
    Voice(
        ref="udsigt-1",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=30,
        time="20:05",
        body=prose("""
        Se på visualisering nummer 5 fra kirken. Tårnet har i otte hundrede år været det højeste,
        man så, når man kom fra havet. Med møllerne bliver det en detalje. 150 meter er fire
        kirketårne oven på hinanden.

        Jeg ved godt, at strøm skal komme et sted fra, men jeg forstår ikke, hvorfor det altid er
        herude, hvor der er færrest til at stemme imod. Sæt dem langs motorvejen, hvor det larmer i
        forvejen.
        """),
    ),
    Voice(
        ref="udsigt-2",
        author="jonas",
        topic=_TOPIC,
        kind="view",
        days_ago=29,
        time="21:30",
        reply_to="udsigt-1",
        body=prose("""
        Jeg kan faktisk godt lide at se på dem. For mig ligner de fremtiden og ikke en skade. Det
        er smag og behag, men den slags må gerne tælle i begge retninger.
        """),
    ),
    Voice(
        ref="udsigt-3",
        author="birgit",
        topic=_TOPIC,
        kind="view",
        days_ago=27,
        time="10:15",
        reply_to="udsigt-1",
        moderator="anders",
        body=prose("""
        Jeg har boet her i 71 år og har set udsigten skifte mange gange: siloen, masten og
        hoteltårnet, som heldigvis aldrig blev bygget. Man vænner sig til meget. Men møller drejer,
        og øjet følger alt, der drejer. Det er forskellen.
        """),
    ),
    Voice(
        ref="udsigt-4",
        author="kirsten",
        topic=_TOPIC,
        kind="proposal",
        days_ago=23,
        time="09:30",
        body=_SIX_TURBINES,
        files=(
            Attached(
                name="Seks møller set fra havnen.png",
                about="En enkel tegning: seks møller på række ved horisonten bag vandet, med kirken i forgrunden.",
                made=partial(sketch, 6),
            ),
            Attached(
                name="Regnestykke for seks møller.pdf",
                about="En side, der regner otte møller om til seks.",
                made=partial(
                    page,
                    "Seks møller i stedet for otte",
                    (
                        "Forslaget har otte møller på hver 4,2 MW, i alt 33,6 MW.",
                        "Uden mølle 1 og 5 er der seks tilbage, i alt 25,2 MW.",
                        "Det er en fjerdedel mindre strøm og ingen møller ud mod stranden.",
                        "Hvad er det værd? Det beder jeg kommunen regne på.",
                    ),
                ),
            ),
        ),
    ),
    Voice(
        ref="udsigt-5",
        author="kirsten",
        topic=_TOPIC,
        kind="proposal",
        days_ago=22,
        time="09:45",
        moderator="anders",
        outcome=Refused(
            reason="duplicate",
            public=(
                "Bidraget har samme ordlyd som et bidrag, forfatteren sendte dagen før. Det første "
                "står i tråden og bliver besvaret dér."
            ),
            facts="Ordret gentagelse af eget bidrag i samme emne. Ikke et nyt synspunkt.",
        ),
        body=_SIX_TURBINES,
    ),
    Voice(
        ref="udsigt-6",
        author="peter",
        topic=_TOPIC,
        kind="view",
        days_ago=16,
        time="16:25",
        body=prose("""
        Hvis vi endelig skal have møller, så hellere otte på ét sted end to her og tre der. Jeg
        kørte gennem tre kommuner i sommerferien, og det værste var ikke de store parker. Det var
        de små klynger på hver bakke, så man aldrig havde en horisont i fred.

        Heden er flad og brugt i forvejen, først til øvelsesplads og siden til grus. Jeg elsker
        den, men uberørt er den ikke. Når jeg går tur derude med 7. klasse, ser vi skydebanevolde,
        hjulspor og et hegn, ingen længere ved hvem ejer.

        Så mit synspunkt er et ja med to betingelser: at de samles her og ikke bliver fulgt af flere
        om fem år, og at heden omkring dem bliver passet. Det første bør byrådet sige højt, mens vi
        hører på det.
        """),
    ),
    Voice(
        ref="udsigt-7",
        author="amira",
        topic=_TOPIC,
        kind="question",
        days_ago=10,
        time="22:05",
        body=prose("""
        Blinker de om natten? Jeg kører hjem fra nattevagt over heden, og det er det eneste sted,
        jeg kender, hvor man kan se Mælkevejen. Hvad er det for nogle lys, der skal på, og kan de
        slukkes, når der ikke er fly?
        """),
    ),
    Voice(
        ref="udsigt-8",
        author="lise",
        topic=_TOPIC,
        kind="proposal",
        hours_ago=4.5,
        body=prose("""
        Alle visualiseringer er lavet i solskin med blå himmel bag. Lav dem også i gråvejr og i
        tusmørke med lysene tændt. Så taler vi i det mindste om det samme.
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="udsigt-svar-1",
        official="mette",
        reply_to="udsigt-4",
        days_ago=20,
        time="10:50",
        body=prose("""
        Vi har regnet på det. Uden mølle 1 og 5 falder produktionen fra 108 til 81 GWh om året, og
        den grønne pulje falder fra 7,4 til cirka 5,5 mio. kr. Støjen i Klintmose og Nørre Klint
        ændrer sig næsten ikke, men i Havby falder den med omkring 3 dB.

        Seks møller bliver vist som alternativ i hvidbogen, så byrådet kan sammenligne.
        """),
        source="Visualiseringer og placering, tabel 3",
    ),
    Answer(
        ref="udsigt-svar-2",
        official="mette",
        reply_to="udsigt-7",
        days_ago=7,
        time="10:20",
        body=prose("""
        **De blinker ikke, men de lyser.** Møller på den højde skal have et svagt, fast rødt lys af
        hensyn til fly. Det er en af grundene til, at højden er sat til 149,9 meter: Højere møller
        skal have kraftigere, blinkende lys.

        Der findes lys, som kun tænder, når et fly er i nærheden. Vi har spurgt
        luftfartsmyndigheden, om de kan bruges her, og skriver svaret i hvidbogen.
        """),
        source="Forslag til lokalplan 214 (resumé), afsnit 4",
    ),
)
