"""The white paper of the cycle path's hearing: what people said, the administration's replies, and what is changed."""

from __future__ import annotations

from dataclasses import dataclass

from apps.portal.demo.shapes import prose

SLUG, WRITER, READER = "cykelsti-havby-sandgaard", "rasmus", "mette"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStatement:
    """A statement with the passages it rests on: who wrote, and how the passage reads, nothing for all of the text."""

    topic: str
    title: str
    argument: str
    disposition: str
    reply: str
    rests_on: tuple[tuple[str, str], ...]
    change: str = ""
    change_reference: str = ""


INTRO = prose("""
Byrådet sendte forslaget om en cykelsti mellem Havby og Sandgård i høring. Hvidbogen samler det, borgerne skrev,
forvaltningens bemærkninger og det, der bliver ændret.

**Alle bidrag er med.** Bagest kan du se, hvor hvert bidrag er behandlet.
""")

STATEMENTS = (
    PaperStatement(
        topic="linjefoering",
        title="Stien bør gå bag om skolen",
        argument="En sti bag om skolen er lidt længere, men børnene skal ikke krydse Strandvejen to gange.",
        disposition="accommodated",
        reply=prose("""
        Forvaltningen er enig. To krydsninger af Strandvejen er den største risiko på strækningen, og omvejen er
        200 meter. Færre træer skal fældes end langs Strandvejen.
        """),
        change="Stien flyttes fra Strandvejen til arealet bag skolen.",
        change_reference="Afsnit 3, Linjeføring",
        rests_on=(("cykel-1", ""), ("cykel-2", "Enig om skolen")),
    ),
    PaperStatement(
        topic="linjefoering",
        title="Stien bør følge Strandvejen",
        argument="Folk kører ad Strandvejen i dag, og en sti, der svinger væk, risikerer ikke at blive brugt.",
        disposition="not_accommodated",
        reply=prose("""
        En sti langs Strandvejen giver to krydsninger og kræver, at 19 træer bliver fældet. Forvaltningen vurderer,
        at trygheden ved skolen vejer tungere.
        """),
        rests_on=(("cykel-6", "Jeg ville hellere have haft stien langs Strandvejen"),),
    ),
    PaperStatement(
        topic="linjefoering",
        title="Stien skal være bred nok, tør om vinteren og skånsom mod træerne",
        argument="Stien skal være mindst tre meter bred og drænet bag boldbanen, og fældede træer skal erstattes.",
        disposition="partly",
        reply=prose("""
        Stien bliver tre meter bred, og der bliver lagt dræn bag boldbanen. Syv træer skal fældes. Der bliver plantet
        to nye for hvert i samme læhegn.
        """),
        change="Bredden hæves fra 2,5 til 3 meter, og der lægges dræn på 300 meter bag boldbanen.",
        change_reference="Afsnit 4.2, Tværprofil",
        rests_on=(("cykel-2", "Der skal dræn i"), ("cykel-6", "Men ender den bag skolen"), ("cykel-7", "")),
    ),
    PaperStatement(
        topic="tryghed-og-lys",
        title="Der skal være lys, så man er tryg, men ikke mere end nødvendigt",
        argument="Nogle ønsker kun lys ved skolen og stoppestedet, andre vil kunne se, hvem der er på stien.",
        disposition="accommodated",
        reply=prose("""
        Der kommer fast lys ved skolen og stoppestedet. På resten af strækningen kommer der lavt lys, som tænder, når
        nogen kommer, og som slukker igen.
        """),
        change="Lave lamper med føler på de 3,1 km uden fast lys.",
        change_reference="Afsnit 5, Belysning",
        rests_on=(("cykel-4", ""), ("cykel-5", "Lavt lys")),
    ),
    PaperStatement(
        topic="tryghed-og-lys",
        title="Stien skal ryddes lige så tidligt som vejen",
        argument="En glat sti er værre end ingen sti for dem, der cykler hele året.",
        disposition="noted",
        reply="Stien kommer i samme klasse som Strandvejen og bliver ryddet før kl. 6.30 på hverdage.",
        rests_on=(("cykel-3", ""),),
    ),
)

OBJECTOR, OBJECTED = "amira", "cykel-5"
OBJECTION = "Jeg skrev også, at jeg er utryg ved læbæltet. Det står der ikke noget om i 2.1."
REPLY = (
    "Du har ret i, at læbæltet ikke er nævnt. De første lamper kommer der. Vi skriver det ind, "
    "når hvidbogen rettes næste gang."
)
