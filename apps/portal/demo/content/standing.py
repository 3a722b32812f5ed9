"""What stands without a deadline in the demo: the suggestion box with some suggestions, and two posts."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.portal.demo.shapes import prose

# On what terms the town takes citizen proposals.
PROPOSALS = {"takes_proposals": True, "proposal_threshold": 25, "proposal_days": 90}
BOX_TITLE = "Forslagskassen"
BOX_LEDE = (
    "Hvad kunne være bedre, der hvor du bor? Skriv det her. Kommunen læser alt og fortæller, hvad der sker med det."
)
BOX_MAP = "steder-i-kommunen.geojson"
BOX_MAP_WORDS = "Fem kendte steder i kommunen, fra havnen i vest til Sandgård i øst."
BOX_TOPICS: tuple[tuple[str, str], ...] = (
    ("Veje og stier", "road"),
    ("Skoler og dagtilbud", "home"),
    ("Natur og klima", "leaf"),
    ("Kultur og fritid", "view"),
    ("Noget andet", "chat"),
)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A suggestion, days before seeding; what officials said of it: status, sentence and days before seeding."""

    by: str
    topic: str
    body: str
    days_ago: int
    agreed: tuple[str, ...] = ()
    steps: tuple[tuple[str, str, int], ...] = field(default=())
    answer: str = ""
    as_proposal: bool = False
    # Latitude and longitude, where it is about a place.
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A piece of news, and what readers wrote below it."""

    title: str
    lede: str
    body: str
    question: str
    days_ago: int
    picture: str = ""
    picture_words: str = ""
    voices: tuple[tuple[str, str], ...] = ()


SUGGESTIONS = (
    Suggestion(
        by="amira",
        topic="Veje og stier",
        days_ago=62,
        body="Lav et fodgængerfelt på Strandvejen ved skolen. Om morgenen kører bilerne stærkt, og børn venter længe.",
        agreed=("peter", "birgit", "jonas", "lise"),
        place="56.38861, 8.24532",
        steps=(
            ("looked_at", "Vi har målt farten i to uger og regner på det.", 48),
            ("planned", "Fodgængerfeltet bliver malet til foråret, når varmen er til det.", 20),
        ),
    ),
    Suggestion(
        by="torben",
        topic="Kultur og fritid",
        days_ago=55,
        body="Lad biblioteket i Klintmose have åbent til klokken 20 en aften om ugen.",
        agreed=("lise",),
        steps=(("done", "Fra i år er der åbent til klokken 20 om torsdagen.", 30),),
    ),
    Suggestion(
        by="jonas",
        topic="Veje og stier",
        days_ago=41,
        body="Gør hovedgaden i Vesterhavn bilfri om sommeren.",
        agreed=("amira",),
        steps=(("not_done", "Gaden er statens, og den er omkørsel for havnen. Det kan kommunen ikke ændre.", 25),),
    ),
    Suggestion(
        by="torben",
        topic="Veje og stier",
        days_ago=17,
        body=(
            "Forlæng cykelstien fra Klintmose til stationen i Vesterhavn. De sidste to kilometer kører man på "
            "landevejen, og mange tør ikke lade børnene tage turen selv. Byrådet bør sætte penge af til det i næste "
            "års budget."
        ),
        agreed=("peter", "lise", "amira", "jonas", "birgit"),
        as_proposal=True,
    ),
    Suggestion(
        by="birgit",
        topic="Natur og klima",
        days_ago=12,
        body="Sæt bænke op langs stien rundt om søen, så man kan hvile sig på vejen.",
        agreed=("peter", "torben"),
        steps=(("looked_at", "", 6),),
    ),
    Suggestion(
        by="lise",
        topic="Skoler og dagtilbud",
        days_ago=3,
        body="Giv skolerne en fælles byttebod til legetøj og fritidstøj.",
        agreed=("amira",),
    ),
)
POSTS = (
    Post(
        title="Nye åbningstider i borgerservice",
        lede="Fra den første i næste måned kan du komme ind på vejen til arbejde.",
        body=prose("""
        Borgerservice åbner klokken 8 om tirsdagen og har åbent til klokken 18 om torsdagen. Du behøver ikke
        bestille tid om torsdagen.

        Om fredagen lukker vi klokken 12. Telefonen er åben som før.
        """),
        question="",
        days_ago=17,
    ),
    Post(
        title="Juletræet på havnen er tændt",
        lede="Børnehaven Søstjernen tændte lysene, og 200 sang med.",
        body=prose("""
        Tak til alle, der kom i blæsten. Træet er fra plantagen ved Sandgård og bliver stående til helligtrekonger.

        Hver lørdag er der varm æblesaft ved træet fra klokken 14.
        """),
        question="Hvilken sang skal vi synge næste lørdag?",
        days_ago=2,
        picture="juletraeet-paa-havnen.png",
        picture_words="Et højt juletræ med gule lys på kajen en vinteraften; fem mennesker står foran det.",
        voices=(
            ("birgit", "Dejlig er jorden. Den kan alle, og den lyder godt ud over vandet."),
            ("jonas", "Noget med fart over for de små. Tak for en god aften!"),
        ),
    ),
)
