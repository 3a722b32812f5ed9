"""What people write about the green fund and local benefit."""

from __future__ import annotations

from apps.portal.demo.shapes import Answer, Voice, prose

_TOPIC = "groen-pulje"

VOICES = (
    Voice(
        ref="pulje-1",
        author="lise",
        topic=_TOPIC,
        kind="proposal",
        days_ago=25,
        time="10:20",
        body=prose("""
        Brug puljen på få ting, som alle kan se, i stedet for at dele den ud i småbeløb. Mit
        forslag:

        - en cykelsti langs Mosevejen fra Klintmose til skolen
        - nye tage på de to forsamlingshuse
        - resten til naturpleje på heden

        Så kan man om tyve år pege på noget og sige, at det dér fik vi.
        """),
    ),
    Voice(
        ref="pulje-2",
        author="peter",
        topic=_TOPIC,
        kind="view",
        days_ago=24,
        time="20:25",
        reply_to="pulje-1",
        moderator="anders",
        body=prose("""
        Cykelstien først. Jeg har 24 elever i klassen, og de elleve bliver kørt i bil, fordi
        forældrene ikke tør sende dem ud på Mosevejen. Det er 2,6 kilometer. Det er ikke afstanden,
        der er problemet, det er svinget ved mosen.
        """),
    ),
    Voice(
        ref="pulje-3",
        author="birgit",
        topic=_TOPIC,
        kind="view",
        days_ago=21,
        time="13:50",
        reply_to="pulje-1",
        body=prose("""
        Forsamlingshuset først, hvis I spørger mig. Taget i Nørre Klint er fra 1974, og vi sætter
        spande ud til fællesspisningen. En cykelsti er til dem, der skal et sted hen. Et
        forsamlingshus er til os, der er her.
        """),
    ),
    Voice(
        ref="pulje-4",
        author="jonas",
        topic=_TOPIC,
        kind="proposal",
        days_ago=14,
        time="16:05",
        body=prose("""
        Sæt en million af til en pulje, som unge under 25 selv bestemmer over. Vi er alligevel dem,
        der skal kigge på møllerne længst. Der er ikke ret meget herude, når fodboldsæsonen er
        slut: intet øvelokale, intet værksted og ingen bus efter klokken otte om aftenen.
        """),
    ),
    Voice(
        ref="pulje-5",
        author="torben",
        topic=_TOPIC,
        kind="view",
        days_ago=11,
        time="19:05",
        body=prose("""
        Jeg bryder mig ikke om, at vi sidder og deler pengene, før vi ved, om møllerne kommer. Det
        ligner afladshandel. Først skal vi finde ud af, om det er et godt sted. Hvis det ikke er,
        så gør 7,4 millioner og en cykelsti det ikke bedre.

        Bygger man alligevel, så giv pengene til dem, der kan høre møllerne, og ikke til hele
        kommunen.
        """),
    ),
    Voice(
        ref="pulje-6",
        author="amira",
        topic=_TOPIC,
        kind="proposal",
        days_ago=3,
        time="08:30",
        moderator="anders",
        body=prose("""
        Lad et lille borgerråd fra Klintmose, Nørre Klint og Havby fordele pengene: tre fra hver,
        trukket ved lodtrækning, så det ikke bliver de samme ni, der sidder i alt i forvejen.
        Møderne skal være åbne, og rådet skal forklare sine valg her på siden.
        """),
    ),
)

ANSWERS = (
    Answer(
        ref="pulje-svar-1",
        official="rasmus",
        reply_to="pulje-1",
        days_ago=19,
        time="11:40",
        body=prose("""
        Her er tal at regne med. En cykelsti langs Mosevejen fra Klintmose til skolen er 2,6
        kilometer og koster cirka 9,1 mio. kr. Puljen kan altså betale en del, og kommunen kan søge
        om resten. Et nyt tag på et af forsamlingshusene er anslået til 0,9 mio. kr.

        Svinget ved mosen ser vi på under alle omstændigheder. Det er med i planen for sikre
        skoleveje.
        """),
    ),
)
