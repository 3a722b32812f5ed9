"""What the demo prints: where it is, who can sign in, and what to try in two minutes."""

from apps.portal.demo.content.people import (
    ADMINISTRATORS,
    DEMO_PASSWORD,
    MODERATORS,
    OFFICIALS,
    ORGANISATION,
    RESIDENTS,
    VISITORS,
)

ROLES = (
    ("borger med bopæl", "verified resident", RESIDENTS[0]),
    ("borger uden", "confirmed account", VISITORS[0]),
    ("forening", "organisation", ORGANISATION),
    ("moderator", "moderator", MODERATORS[0]),
    ("sagsbehandler", "official", OFFICIALS[0]),
    ("administrator", "administrator", ADMINISTRATORS[0]),
)

TOUR = """\
To minutter / Two minutes
  1. {site}/
     Åbn høringen om vindmøllerne, og læs et emne i den rækkefølge, bidragene kom.
     Open the hearing about the wind turbines and read a topic in the order received.
  2. Log ind som {resident}, og skriv et bidrag. Kvitteringen har et nummer.
     Log in as {resident} and write a contribution. The receipt has a number.
  3. Åbn et privat vindue som {moderator}: {site}/moderation/ - godkend bidraget.
     In a private window, as {moderator}, approve it. The first window says that something came.
     Personale har et ekstra trin; demoen viser koden. Staff have a second step; the demo shows its code.
  4. Svar som {official}. Log in as {official} and answer in the thread.
  5. Al post, der er sendt, ligger her. Every mail that was sent is here: {site}/demo/mail/
     På engelsk / in English: {site}/en/
Ctrl-C stopper / stops.
"""


def welcome(site: str) -> str:
    """Return the address, one account a role with the password, and the tour, in Danish and English."""
    lines = [f"Civic Forum: {site}/", "", f"Adgangskode til alle / password of all: {DEMO_PASSWORD}"]
    lines += [f"  {person.email:<30} {danish} / {english}" for danish, english, person in ROLES]
    emails = {"resident": RESIDENTS[0].email, "moderator": MODERATORS[0].email, "official": OFFICIALS[0].email}
    return "\n".join([*lines, "", TOUR.format(site=site, **emails)])
