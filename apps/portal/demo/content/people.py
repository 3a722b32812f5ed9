"""The made-up people of the demo and the one password that opens all their accounts."""

from __future__ import annotations

from apps.portal.demo.shapes import Organisation, Person

DEMO_PASSWORD = "medvind-ved-klintmose"  # noqa: S105 -- printed on the demo's first page

ORGANISATION = Organisation(
    name="Klintmose Borgerforening",
    cvr="12345674",
    email="formand@klintmose.example",
    chair="Karen Toft",
    speaker="Karen Toft, formand",
    asked_days_ago=60,
)

OFFICIALS = (
    Person(
        key="mette",
        name="Mette Holm Kjær",
        email="mette@vesterhav.example",
        role="official",
        title="planlægger",
        department="Plan og Miljø",
        joined_days_ago=400,
    ),
    Person(
        key="rasmus",
        name="Rasmus Brandt Toft",
        email="rasmus@vesterhav.example",
        role="official",
        title="vejingeniør",
        department="Veje og Trafik",
        joined_days_ago=390,
    ),
)

MODERATORS = (
    Person(
        key="sofie",
        name="Sofie Krog",
        email="sofie@vesterhav.example",
        role="moderator",
        title="dialogmedarbejder",
        department="Borgerservice",
        joined_days_ago=400,
    ),
    Person(
        key="anders",
        name="Anders Nygaard",
        email="anders@vesterhav.example",
        role="moderator",
        title="bibliotekar",
        department="Biblioteket i Havby",
        joined_days_ago=380,
    ),
)

ADMINISTRATORS = (
    Person(
        key="hanne",
        name="Hanne Østergaard",
        email="hanne@vesterhav.example",
        role="administrator",
        title="digitaliseringskonsulent",
        department="Stab og Digitalisering",
        joined_days_ago=410,
    ),
)

RESIDENTS = (
    Person(
        key="peter",
        name="Peter Lund",
        email="peter@borger.example",
        role="resident",
        district="klintmose",
        joined_days_ago=210,
    ),
    Person(
        key="birgit",
        name="Birgit Aagaard",
        email="birgit@borger.example",
        role="resident",
        district="noerre-klint",
        joined_days_ago=205,
    ),
    Person(
        key="amira",
        name="Amira Hassan",
        email="amira@borger.example",
        role="resident",
        district="noerre-klint",
        joined_days_ago=190,
    ),
    Person(
        key="jonas",
        name="Jonas Wulff",
        email="jonas@borger.example",
        role="resident",
        district="klintmose",
        joined_days_ago=180,
    ),
    Person(
        key="torben",
        name="Torben Rask",
        email="torben@borger.example",
        role="resident",
        district="havby",
        joined_days_ago=175,
    ),
    Person(
        key="lise",
        name="Lise Damgaard",
        email="lise@borger.example",
        role="resident",
        district="sandgaard",
        joined_days_ago=170,
    ),
)

VISITORS = (
    # A summer-house owner from the next municipality: a confirmed e-mail, no residency.
    Person(
        key="kirsten",
        name="Kirsten Vang",
        email="kirsten@sommerhus.example",
        role="visitor",
        joined_days_ago=33,
    ),
)

PEOPLE = ADMINISTRATORS + OFFICIALS + MODERATORS + RESIDENTS + VISITORS
