"""The open hearing: wind turbines at Klintmose."""

from __future__ import annotations

from apps.portal.demo.content import (
    voices_benefit,
    voices_homes,
    voices_nature,
    voices_noise,
    voices_roads,
    voices_view,
)
from apps.portal.demo.content.english import BODY, ENGLISH
from apps.portal.demo.content.letters import LETTERS
from apps.portal.demo.content.summary import SUMMARY
from apps.portal.demo.content.topics import TOPICS
from apps.portal.demo.shapes import (
    Consultation,
    Contact,
    Document,
    Fact,
    Map,
    Meeting,
    Phase,
    prose,
)

_THEMES = (
    voices_noise,
    voices_nature,
    voices_view,
    voices_homes,
    voices_benefit,
    voices_roads,
)

_BODY = prose("""
Møllerne skal stå i to rækker på Klintmose Hede. De kan tidligst sættes op to år efter, at byrådet
har sagt ja. Forslaget ændrer kommuneplanen og kræver en ny lokalplan og en miljørapport. Alt
ligger i bilagene, og de vigtigste tal står herover.

**Det er ikke besluttet endnu,** om møllerne skal opføres, hvor mange der skal være, og hvilke
vilkår de skal overholde. Det er det, vi gerne vil høre om. Vi vil især gerne vide:

- hvad der betyder mest for jer, der bor tættest på
- om vi har overset noget i naturen på heden
- hvilke vilkår der skal gælde, hvis møllerne bliver til noget
- hvad den grønne pulje skal bruges til

Alle kan skrive, også den, der bor uden for kommunen. Hvert bidrag bliver læst, og byrådet får en
hvidbog med kommunens svar, før det beslutter.
""")

HEARING = Consultation(
    slug="vindmoeller-ved-klintmose",
    title="Vindmøller ved Klintmose",
    state="open",
    official="mette",
    legal_basis="local_plan",
    lede=(
        "Kommunen foreslår otte vindmøller på heden mellem Klintmose og Nørre Klint. Fortæl, "
        "hvad vi skal tage højde for, før byrådet beslutter."
    ),
    body=_BODY,
    english=ENGLISH | {_BODY: BODY},
    parties=(
        ("authority", "Vesterhav Museum"),
        ("authority", "Region Vesterhav"),
        ("organisation", "Klintmose og Omegns Borgerforening"),
        ("organisation", "Vesterhavs Fugleværn"),
        ("group", "Ejere og lejere inden for otte gange møllernes højde"),
    ),
    facts=(
        Fact(value="8", label="møller, højst 149,9 m høje"),
        Fact(value="640 m", label="til nærmeste bolig (krav: 600 m)"),
        Fact(value="108 GWh", label="el om året, som 27.000 husstande bruger"),
        Fact(value="7,4 mio.", label="kr. til lokalområdet i grøn pulje"),
    ),
    topics=TOPICS,
    phases=(
        Phase(slug="idefase", title="Idéfase", first_day=-202, last_day=-181),
        Phase(
            slug="offentlig-hoering",
            title="Offentlig høring",
            first_day=-34,
            last_day=21,
            writing=True,
        ),
        Phase(slug="hvidbog", title="Hvidbog", first_day=22, last_day=68),
        Phase(
            slug="politisk-behandling",
            title="Politisk behandling",
            first_day=79,
            last_day=121,
        ),
        Phase(slug="opfoelgning", title="Opfølgning", first_day=130, last_day=None),
    ),
    decision_day=121,
    decision_note="Byrådet træffer den endelige beslutning, når hvidbogen er behandlet.",
    contact=Contact(person="mette", phone="70 00 00 12", hours="hverdage 10–14"),
    documents=(
        Document(
            title="Forslag til lokalplan 214 (resumé)",
            kind="plan",
            file="forslag-til-lokalplan-214.pdf",
            summary="Hvor møllerne må stå, hvor høje de må være, og hvad der skal være på plads, før de tages i brug.",
        ),
        Document(
            title="Miljørapport: støj og skyggekast (resumé)",
            kind="report",
            file="miljoerapport-stoej-og-skyggekast.pdf",
            summary="Beregnet støj og skyggekast ved de nærmeste boliger, holdt op mod grænserne.",
        ),
        Document(
            title="Visualiseringer og placering (tabel)",
            kind="table",
            file="visualiseringer-og-placering.pdf",
            summary="Møllernes placering, de 14 steder med visualiseringer og alternativet med seks møller.",
        ),
        Document(
            title="Referat af idéfasen",
            kind="minutes",
            file="referat-af-idefasen.pdf",
            summary="Hvad folk foreslog i idéfasen, og hvad kommunen har gjort ved det.",
        ),
    ),
    map=Map(
        file="kort-over-klintmose.geojson",
        description=(
            "Otte vindmøller i to rækker på heden, fire i hver, med Nørre Klint mod nord og Klintmose mod øst. "
            "Der er omkring 450 meter mellem møllerne i en række. Nærmeste bolig ligger 640 meter fra mølle 8."
        ),
    ),
    meeting=Meeting(
        title="Borgermøde",
        day=9,
        starts="19:00",
        ends="21:00",
        place="Klintmose Forsamlingshus",
        access="Niveaufri adgang og teleslynge. Tolkning efter aftale. Kaffe fra kl. 18.30.",
        about=(
            "Forvaltningen fortæller om forslaget og svarer på spørgsmål om støj, naboer og natur. "
            "Derefter er der ordet frit i salen."
        ),
        places=120,
        comers=("birgit", "amira", "torben"),
    ),
    letters=LETTERS,
    voices=tuple(voice for theme in _THEMES for voice in theme.VOICES),
    answers=tuple(answer for theme in _THEMES for answer in theme.ANSWERS),
    summary=SUMMARY,
)
