"""A draft that only its team sees, and that a colleague is asked to look at: new woodland at Sandgård."""

from __future__ import annotations

from apps.portal.demo.shapes import Comment, Consultation, Contact, Fact, Phase, Topic, prose

FOREST = Consultation(
    slug="ny-skovrejsning-ved-sandgaard",
    title="Ny skovrejsning ved Sandgård",
    state="review",
    official="mette",
    lede=(
        "Kommunen overvejer at plante ny skov på markerne øst for Sandgård. Hvad skal skoven "
        "kunne, og hvem skal den være for?"
    ),
    body=prose("""
    Skoven skal beskytte drikkevandet og give Sandgård et sted at gå tur. Den bliver plantet over
    fire år, og der kommer stier fra første år.

    Vi vil gerne høre om stier, adgang, træsorter og udsigt fra husene, før vi tegner planen
    færdig.
    """),
    facts=(
        Fact(value="62 ha", label="ny skov på kommunens egne marker"),
        Fact(value="5 km", label="stier, heraf 2 km med fast belægning"),
    ),
    topics=(
        Topic(
            slug="stier-og-adgang",
            title="Stier og adgang",
            question="Hvor vil du gerne kunne gå, cykle og ride?",
            icon="road",
        ),
        Topic(
            slug="traeer-og-natur",
            title="Træer og natur",
            question="Hvilken skov skal det være: tæt eller lysåben, løv eller nål?",
            icon="leaf",
        ),
    ),
    phases=(
        Phase(
            slug="offentlig-hoering",
            title="Offentlig høring",
            first_day=30,
            last_day=86,
            writing=True,
        ),
        Phase(slug="hvidbog", title="Hvidbog", first_day=87, last_day=121),
        Phase(
            slug="politisk-behandling",
            title="Politisk behandling",
            first_day=128,
            last_day=163,
        ),
    ),
    comments=(
        Comment(
            official="rasmus",
            body=prose("""
            God og kort. To ting, før jeg siger god for den: Skriv, om der bliver adgang med hest, for
            det spørger de om i Sandgård hver gang. Og nævn, hvor markvejen fra Strandvejen bliver lukket.
            """),
        ),
    ),
    contact=Contact(person="mette", phone="70 00 00 12", hours="hverdage 10–14"),
)
