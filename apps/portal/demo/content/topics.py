"""The six topics of the wind-turbine hearing, in the order that the case worker has set."""

from __future__ import annotations

from apps.portal.demo.shapes import Fact, Topic

TOPICS = (
    Topic(
        slug="stoej-og-skyggekast",
        title="Støj og skyggekast",
        question=(
            "Hvad skal kommunen tage højde for, når møllerne kører? Skriv om lyd, skygger "
            "og blink – også hvis du er for."
        ),
        icon="sound",
        facts=(
            Fact(value="41,3 dB(A)", label="ved nærmeste bolig, 8 m/s (grænse: 44)"),
            Fact(value="13,1 dB", label="lavfrekvent indendørs (grænse: 20)"),
            Fact(value="8 t 20 min", label="skyggekast om året (anbefalet højst 10)"),
        ),
        facts_source="Miljørapport (resumé), afsnit 7",
        prompts=(
            "Hvad kan du høre hjemme hos dig i dag?",
            "Hvad vil du gerne have målt, og hvor?",
            "Hvilke vilkår skal der gælde om natten?",
        ),
    ),
    Topic(
        slug="natur-og-fugle",
        title="Natur og fugle",
        question="Heden er hjemsted for natravn og markfirben. Hvad mangler i undersøgelsen?",
        icon="leaf",
        prompts=(
            "Hvilke dyr og planter ser du på heden, og hvornår?",
            "Er der noget i miljørapporten, der ikke stemmer med det, du ved?",
            "Hvad kan gøre heden bedre, end den er i dag?",
        ),
    ),
    Topic(
        slug="udsigt-og-landskab",
        title="Udsigt og landskab",
        question="Hvordan opleves møllerne fra stranden, byerne og kirken?",
        icon="view",
        prompts=(
            "Hvilket sted skal vi vise en visualisering fra?",
            "Hvad betyder udsigten for dig?",
            "Ville færre eller anderledes placerede møller gøre en forskel?",
        ),
    ),
    Topic(
        slug="boliger-og-erstatning",
        title="Boliger og erstatning",
        question="Værditab, salgsoption og afstand til huset. Hvad er du i tvivl om?",
        icon="home",
        prompts=(
            "Bor du inden for 1,2 kilometer af en mølle? Hvad vil du gerne vide?",
            "Hvad betyder planerne for, om du bliver boende?",
            "Er der nogen, som ordningerne ikke tager højde for?",
        ),
    ),
    Topic(
        slug="groen-pulje",
        title="Grøn pulje og lokal gevinst",
        question="7,4 mio. kr. til lokalområdet. Hvad skal de bruges til?",
        icon="coin",
        prompts=(
            "Hvad mangler der i din landsby?",
            "Hvem skal bestemme, hvad pengene går til?",
            "Skal pengene bruges på én gang eller over flere år?",
        ),
    ),
    Topic(
        slug="veje-og-byggeperiode",
        title="Veje og byggeperiode",
        question="Transport, støv og lukkede veje. Hvordan generer byggeriet mindst muligt?",
        icon="road",
        prompts=(
            "Hvilke veje bruger du hver dag?",
            "Hvornår på dagen er tung trafik et problem?",
            "Hvor er det farligt at gå eller cykle i forvejen?",
        ),
    ),
)
