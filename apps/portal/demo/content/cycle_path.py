"""A hearing that was decided, with its summary: the cycle path between Havby and Sandgård."""

from __future__ import annotations

from apps.portal.demo.shapes import (
    Answer,
    Consultation,
    Contact,
    Fact,
    Meeting,
    Phase,
    Stage,
    Statement,
    Summary,
    Topic,
    Voice,
    prose,
)

_ROUTE = "linjefoering"
_SAFETY = "tryghed-og-lys"

_TOPICS = (
    Topic(
        slug=_ROUTE,
        title="Linjeføring",
        question="Skal stien følge Strandvejen eller gå bag om skolen?",
        icon="road",
        prompts=("Hvor ville du selv cykle?", "Hvor er der vådt eller stejlt?"),
    ),
    Topic(
        slug=_SAFETY,
        title="Tryghed og lys",
        question="Hvad skal der til, for at børn og voksne bruger stien hele året?",
        icon="view",
        prompts=("Hvor føler du dig utryg i dag?", "Hvor meget lys er der brug for?"),
    ),
)

_VOICES = (
    Voice(
        ref="cykel-1",
        author="lise",
        topic=_ROUTE,
        kind="proposal",
        days_ago=146,
        time="15:30",
        body=prose("""
        Lad stien gå bag om skolen, så børnene ikke skal krydse Strandvejen to gange. Det er 200
        meter længere, men det er 200 meter uden biler.
        """),
    ),
    Voice(
        ref="cykel-2",
        author="torben",
        topic=_ROUTE,
        kind="view",
        days_ago=144,
        time="17:45",
        reply_to="cykel-1",
        moderator="anders",
        body=prose("""
        Enig om skolen, men husk, at der står vand bag boldbanen hver vinter. Der skal dræn i
        bunden, ellers bliver det en kanal med cykelskilte.
        """),
    ),
    Voice(
        ref="cykel-3",
        author="birgit",
        topic=_SAFETY,
        kind="question",
        days_ago=139,
        time="10:10",
        body=prose("""
        Bliver stien ryddet for sne og blade lige så tidligt som kørebanen? Jeg cykler til Havby
        hele året, og en glat sti er værre end ingen sti.
        """),
    ),
    Voice(
        ref="cykel-4",
        author="jonas",
        topic=_SAFETY,
        kind="view",
        days_ago=131,
        time="16:20",
        body=prose("""
        Lys ved skolen og ved stoppestedet er nok. Resten kan godt ligge mørkt, vi har jo lygter på
        cyklen. Så kan man stadig se stjernerne.
        """),
    ),
    Voice(
        ref="cykel-5",
        author="amira",
        topic=_SAFETY,
        kind="view",
        days_ago=129,
        time="09:05",
        reply_to="cykel-4",
        body=prose("""
        Det siger du, fordi du er en ung mand. Jeg cykler hjem alene efter aftenvagt og vil gerne
        kunne se, hvem der står ved læbæltet. Lavt lys, der tænder, når man kommer, ville være et
        godt kompromis.
        """),
    ),
    Voice(
        ref="cykel-6",
        author="peter",
        topic=_ROUTE,
        kind="view",
        days_ago=118,
        time="18:35",
        body=prose("""
        Jeg ville hellere have haft stien langs Strandvejen, for det er den vej, folk kører i dag.
        En sti, der svinger væk fra det, man skal, bliver ikke brugt. Men ender den bag skolen, så
        gør den mindst tre meter bred, så to kan følges ad.
        """),
    ),
    Voice(
        ref="cykel-7",
        author="lise",
        topic=_ROUTE,
        kind="question",
        days_ago=103,
        time="14:00",
        moderator="anders",
        body="Hvor mange træer skal fældes i læhegnet ved Sandgård, og bliver der plantet nye?",
    ),
)

_ANSWERS = (
    Answer(
        ref="cykel-svar-1",
        official="rasmus",
        reply_to="cykel-3",
        days_ago=136,
        time="10:30",
        body=prose("""
        **Ja.** Stien bliver skolevej og kommer i samme klasse som Strandvejen, når der skal ryddes.
        Det vil sige før kl. 6.30 på hverdage.
        """),
    ),
    Answer(
        ref="cykel-svar-2",
        official="rasmus",
        reply_to="cykel-7",
        days_ago=100,
        time="13:10",
        body=prose("""
        Syv træer skal fældes, hvis stien går bag om skolen, og nitten, hvis den følger Strandvejen.
        Der bliver plantet to nye for hvert træ, vi fælder, i samme læhegn.
        """),
    ),
)

_SUMMARY = Summary(
    title="Opsummering",
    official="rasmus",
    days_ago=62,
    time="10:00",
    covers_until_days_ago=94,
    statements=(
        Statement(
            title="Stien går bag om skolen",
            body=prose("""
            Forslaget om at undgå to krydsninger af Strandvejen er fulgt. Stien bliver tre meter
            bred, og der lægges dræn bag boldbanen. Ønsket om at følge Strandvejen er ikke fulgt,
            fordi det koster flere træer og giver flere krydsninger.
            """),
            cites=("cykel-1", "cykel-2", "cykel-6", "cykel-7"),
        ),
        Statement(
            title="Lavt lys, der tænder, når nogen kommer",
            body=prose("""
            Meningerne om lys var delte. Der kommer fast lys ved skolen og stoppestedet og lavt lys
            med føler på resten af strækningen.
            """),
            cites=("cykel-4", "cykel-5"),
        ),
        Statement(
            title="Stien ryddes som en skolevej",
            body="Sne og blade bliver fjernet før kl. 6.30 på hverdage.",
            cites=("cykel-3",),
        ),
    ),
)

CYCLE_PATH = Consultation(
    slug="cykelsti-havby-sandgaard",
    title="Cykelsti Havby–Sandgård",
    state="closed",
    official="rasmus",
    lede=(
        "Kommunen vil anlægge en cykelsti mellem Havby og Sandgård. Høringen er slut, og her kan "
        "du læse, hvad den førte til."
    ),
    body=prose("""
    Der kører hver dag 140 cyklister mellem Havby og Sandgård, og halvdelen er børn på vej til
    skole. I dag cykler de på kørebanen. Vi spurgte, hvor stien skal ligge, og hvad der skal til,
    for at den bliver brugt hele året.

    **Byrådet har vedtaget stien.** Den kommer til at gå bag om skolen.
    """),
    facts=(
        Fact(value="4,3 km", label="sti fra Havby Torv til Sandgård"),
        Fact(value="140", label="cyklister om dagen"),
        Fact(value="15,2 mio.", label="kr. afsat til sti, dræn og lys"),
    ),
    topics=_TOPICS,
    phases=(
        Phase(
            slug="offentlig-hoering",
            title="Offentlig høring",
            first_day=-150,
            last_day=-94,
            writing=True,
        ),
        Phase(slug="hvidbog", title="Hvidbog", first_day=-93, last_day=-62),
        Phase(
            slug="politisk-behandling",
            title="Politisk behandling",
            first_day=-55,
            last_day=-27,
        ),
        Phase(slug="opfoelgning", title="Opfølgning", first_day=-26, last_day=None),
    ),
    decision_day=-27,
    decision_note="Byrådet har vedtaget stien med linjeføring bag om skolen.",
    contact=Contact(person="rasmus", phone="70 00 00 14", hours="hverdage 9–12"),
    meeting=Meeting(
        title="Åbent hus om cykelstien",
        day=-120,
        starts="16:30",
        ends="18:30",
        place="Sandgård Skole, fællesrummet",
        access="Niveaufri adgang fra skolegården. Ingen teleslynge.",
        about="Se kortene, og mød planlæggerne. Kom og gå, som det passer dig.",
        minutes=prose("""
            Planlæggerne viste de to linjeføringer på store kort, og der var gode snakke ved bordene.

            - Flest spurgte til krydset ved skolen og til lys om vinteren.
            - Flere lodsejere ville vide, hvordan marken drænes, når stien er anlagt.
            - Kommunen lovede at tælle cyklister en gang til, når skolen begynder.

            Det, der blev sagt, er ikke høringssvar. Alle blev opfordret til at skrive deres bidrag her.
        """),
        minutes_topics=(_ROUTE, _SAFETY),
        attended=64,
    ),
    voices=_VOICES,
    answers=_ANSWERS,
    summary=_SUMMARY,
    stages=(
        Stage(to="considered", days_ago=93, time="09:00"),
        Stage(
            to="decided",
            days_ago=27,
            time="20:30",
            sentence=(
                "Byrådet har enstemmigt vedtaget, at stien går bag om skolen med lavt lys, der tænder, når nogen "
                "kommer. Arbejdet begynder til foråret."
            ),
        ),
    ),
)
