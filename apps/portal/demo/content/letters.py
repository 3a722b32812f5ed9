"""What came to the hearing in another way than on the site."""

from __future__ import annotations

from apps.portal.demo.shapes import Letter, prose

LETTERS = (
    Letter(
        channel="letter",
        topic="udsigt-og-landskab",
        name="Gerda Strandbæk",
        address="Kystvejen 48",
        postal_line="9982 Havby",
        days_ago=3,
        time="10:40",
        body=prose("""
Jeg er 84 år og skriver på papir, som jeg plejer. Fra mit køkkenvindue har jeg set ud over heden i
halvtreds år.

Jeg er ikke imod vindmøller, men jeg beder jer om at lade dem stå længere fra kysten, så trækfuglene
og vi andre stadig har en frit liggende horisont.
"""),
    ),
    Letter(
        channel="phone",
        topic="veje-og-byggeperiode",
        name="Aksel Nørkær",
        days_ago=2,
        time="13:15",
        body=prose("""
Ringede, fordi hans hjemmehjælp kommer ad Hedevejen hver morgen. Han vil gerne vide, om vejen spærres,
mens møllerne bygges, og foreslår, at de tunge transporter holder pause mellem klokken syv og ni.
"""),
    ),
)
