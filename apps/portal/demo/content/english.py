"""The open hearing in English, by its Danish texts. What is not here is shown in Danish, as pages then say."""

from __future__ import annotations

from apps.portal.demo.shapes import prose

BODY = prose("""
The turbines are to stand in two rows on the heath of Klintmose. They can be put up a year at the
earliest after the council has said yes. The proposal changes the municipal plan and needs a new
local plan and an environmental report. All of it is in the documents, and the figures that matter
most stand above.

**It is not decided yet** whether the turbines are put up, how many there will be, and which
conditions they have to keep. That is what we would like to hear about. Above all we want to know:

- what matters most to those of you who live closest
- whether we have overlooked something in the nature of the heath
- which conditions should apply if the turbines come
- what the green fund should be spent on

Everyone can write, also those who live outside the municipality. Each contribution is read, and
the council gets a white paper with the municipality's answers before it decides.
""")

ENGLISH = {
    "Vindmøller ved Klintmose": "Wind turbines at Klintmose",
    "Kommunen foreslår otte vindmøller på heden mellem Klintmose og Nørre Klint. Fortæl, "
    "hvad vi skal tage højde for, før byrådet beslutter.": (
        "The municipality proposes eight wind turbines on the heath between Klintmose and Nørre Klint. Tell us "
        "what to take into account before the council decides."
    ),
    "Byrådet træffer den endelige beslutning, når hvidbogen er behandlet.": (
        "The council takes the final decision when the white paper has been considered."
    ),
    "Mette Holm Kjær, planlægger. 70 00 00 12, hverdage 10–14": (
        "Mette Holm Kjær, planner. 70 00 00 12, weekdays 10–14"
    ),
    "Miljørapport (resumé), afsnit 7": "Environmental report (summary), section 7",
    "640 m": "640 m",
    "108 GWh": "108 GWh",
    "7,4 mio.": "7.4 million",
    "41,3 dB(A)": "41.3 dB(A)",
    "13,1 dB": "13.1 dB",
    "8 t 20 min": "8 h 20 min",
    "ved nærmeste bolig, 8 m/s (grænse: 44)": "at the nearest home, 8 m/s (limit: 44)",
    "lavfrekvent indendørs (grænse: 20)": "low-frequency, indoors (limit: 20)",
    "skyggekast om året (anbefalet højst 10)": "of shadow flicker a year (at most 10 recommended)",
    "møller, højst 149,9 m høje": "turbines, at most 149.9 m high",
    "til nærmeste bolig (krav: 600 m)": "to the nearest home (required: 600 m)",
    "el om året, som 27.000 husstande bruger": "of electricity a year, as 27,000 households use",
    "kr. til lokalområdet i grøn pulje": "kroner for the area in the green fund",
    "Idéfase": "First ideas",
    "Offentlig høring": "Public hearing",
    "Hvidbog": "White paper",
    "Politisk behandling": "The council's decision",
    "Opfølgning": "Following up",
    "Støj og skyggekast": "Noise and shadow flicker",
    "Hvad skal kommunen tage højde for, når møllerne kører? Skriv om lyd, skygger og blink – også hvis du er for.": (
        "What should the municipality take into account when the turbines run? Write about sound, shadows and "
        "flashes – also if you are in favour."
    ),
    "Natur og fugle": "Nature and birds",
    "Heden er hjemsted for natravn og markfirben. Hvad mangler i undersøgelsen?": (
        "The heath is home to nightjar and sand lizard. What is missing in the study?"
    ),
    "Udsigt og landskab": "View and landscape",
    "Hvordan opleves møllerne fra stranden, byerne og kirken?": (
        "How do the turbines look from the beach, the villages and the church?"
    ),
    "Borgermøde": "Public meeting",
}
