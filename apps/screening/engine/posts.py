"""Words by which Danish and English texts tell that a name is an employee's or a politician's: titles, posts, places.

And words that look like names and are none. All are compared folded (tokens.py), so they are written as usual here.
"""

from typing import Final

from apps.screening.engine.tokens import fold


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, _words(words)))


COURTESY: Final = _folded("hr herr fru frk frøken mr mrs ms miss mister")
"""Say that a surname follows, and nothing about the office."""

POSTS: Final = _folded(
    """
    sagsbehandler medarbejder embedsmand embedsmænd embedskvinde ansat ansatte kommunaldirektør direktør chef leder
    planlægger byplanlægger ingeniør arkitekt jurist konsulent specialkonsulent chefkonsulent fuldmægtig sekretær
    socialrådgiver rådgiver pædagog lærer skolelærer viceskoleleder skoleinspektør inspektør inspektrice
    sygeplejerske sundhedsplejerske hjemmehjælper tilsynsførende biolog geolog geograf miljøtekniker tekniker
    koordinator visitator ergoterapeut fysioterapeut bibliotekar kontorfuldmægtig kontorassistent assistent vejmand
    parkeringsvagt p-vagt byggesagsbehandler landsinspektør stadsarkitekt stadsingeniør stadsgartner
    forvaltningschef afdelingsleder psykolog borgerrådgiver projektleder formidler rådgiveren receptionist
    administrator souschef mødesekretær kontaktperson sagsbehandlerinde kontorchef plejer talsperson pressechef
    tovholder vicevært pedel caseworker worker officer planner official employee clerk engineer architect inspector
    advisor adviser manager director teacher nurse assistant secretary consultant librarian
    """
)
VERBS_AS_POSTS: Final = _folded("leder lærer planlægger rådgiver vejleder")
POST_ENDS: Final = tuple(
    _folded(
        """
    sagsbehandler medarbejder planlægger konsulent rådgiver direktør chef leder ingeniør inspektør arkitekt pædagog
    lærer koordinator sekretær jurist fuldmægtig vejleder assistent tekniker
    """
    )
)
"""Posts are put together: miljømedarbejder, teamleder, plandirektør."""

OFFICES: Final = _folded(
    """
    borgmester viceborgmester rådmand byrådsmedlem byrådspolitiker byråd politiker lokalpolitiker udvalgsformand
    udvalgsforkvinde udvalgsmedlem kommunalbestyrelsesmedlem regionsrådsmedlem folketingsmedlem minister
    gruppeformand spidskandidat kandidat byrådskandidat borgmesterkandidat partiformand statsminister mayor
    councillor councilor alderman politician minister candidate
    """
)
"""What people are elected to."""

PLACES: Final = _folded(
    """
    kommune forvaltning rådhus jobcenter borgerservice myndighed afdeling kontor sekretariat planafdeling teknik
    miljø byg byggesag børn socialforvaltning administration team center stab municipality administration department
    office council
    """
)
PLACE_ENDS: Final = tuple(_folded("centr forvaltning afdeling kommune center kontor sekretariat"))
TO_A_PLACE: Final = _folded("fra i ved på hos from in at of")
FILLERS: Final = _folded(
    "ved navn hedder hed der som er den det jeres vores min mit din dit hans hendes kaldet nemlig named called is our "
    "my your the kommunens forvaltningens afdelingens vedkommende"
)
"""May stand between a post and the name: sagsbehandleren hedder Holm; Holm, jeres sagsbehandler."""

STREETS: Final = _folded(
    "vej vejen gade gaden allé alle alléen plads pladsen torv torvet boulevard stræde vænge vænget kanal bro kirke "
    "skole park parken have haven mindevej legat fond minde sti stien bakke gård street road square"
)
"""Behind a name they make it a place: Rasmus Holms Vej."""

FIRMS: Final = _folded("aps as is ks ivs holding byg entreprise ltd gmbh advokater advokatfirma")

PARTICLES: Final = _words("van von der den de di da la le el al af bin ben ibn abu du dos zu ter")
CONJUNCTIONS: Final = _folded("og and samt")

LITTLE_WORDS: Final = _folded(
    """
    ad af alle alt alligevel andre at bare begge blandt da de dem den denne der derfor deres derimod dertil desuden
    desværre det dette dog du eller en end endelig endnu engang enten er et efter faktisk fik flere for fordi
    foruden fra fremover fx først generelt gad gid god gør ham han hans har havde heldigvis hele hej her hils hilsen
    hos hun hvad hvem hver hverken hvilken hvis hvor hvordan hvorfor hvornår i ifølge igen ikke ind indtil ingen ja
    jeg jeres jo kan kommer kun kunne kære lad ligesom man mange med mellem men mens mon må måske når naboen nej
    nemlig nogle normalt nu og også om omkring op over på samt selv selvom siden sig sin skal skriv skulle som
    specielt spørg sådan så tak takket til tilbage tro trods under undtagen var ved vel vi via vil ville vores ville
    være ønsker a after all also an and ask as at because but by can dear do for from has have he her here his how i
    if in is it its maybe my no not of on or our perhaps she so thanks that the their then there they this to we
    what when where who why will with yes you your
    """
)
"""Begin sentences with a capital and are no first names."""

WORDS_AS_NAMES: Final = _folded(
    """
    bo dag rose storm bjørn mai maj my liv eva sol signe else elske gry glad rune ask birk lærke kaj sten steen stig
    sven helle held per pil pia iben ida lind linde linda bak bakke bech bæk berg bjerg blom brandt bro bruun brun
    busk buch dahl dal dam dyhr eng fisker friis fog frost frank gade gran greve haas have hede hein høj holm hansen
    hus jord juul kjær kær klit klint koch kok kold krag kragh krog kruse lang lange lund løve mark mølle møller
    munk nyborg bonde beck rask ravn rosen ryge sand schmidt skov skovgård smed søgård sommer sort stein stærk sund
    svane toft vang vest vind vinter winther ager bager bisgård borg degn engel falk fuglsang gammel hald hjort hvid
    hvidt jæger kirk krogh ny nygård ost pihl smidt spang vad vejle wind ørsted øster åse åge sander man mann
    """
)
"""Names that are words as well: in small letters they name nobody by themselves."""

FIRST_NAMES: Final = _folded(
    """
    peter michael lars thomas jens henrik søren christian martin jan morten jesper anders mads niels rasmus per hans
    jørgen ole lasse mikkel frederik kim kristian steen flemming erik brian john bent svend poul knud carsten bo
    claus allan leif torben finn kurt kaj simon jonas jakob jacob daniel emil oliver william lucas noah magnus
    mathias sebastian tobias philip alexander victor oscar karl carl viggo otto aksel arne børge egon gunnar helge
    villy stefan kenneth dennis anne mette kirsten hanne anna helle maria susanne lene marianne inge karen lone
    camilla bente charlotte pia louise tina gitte ida jette julie sofie emma laura inger birgit birthe lise signe
    line rikke heidi henriette trine cecilie kirstine katrine maja mathilde freja josefine clara alma karla ella
    agnes nanna johanne astrid ellen elisabeth marie dorthe ulla eva vibeke malene sanne tove grethe lis ruth else
    lotte merete merethe annette anette jonna yvonne ali mohammed mohamed ahmed fatima aisha hassan omar yasmin
    amina ibrahim mustafa
    """
)
"""Frequent first names: one of them before a surname makes it that person's."""

SURNAMES: Final = _folded(
    """
    møller schmidt holm lund dahl bach beck berg bæk brandt bruun christoffersen dam friis frandsen gade hald
    hermansen holst iversen juhl juul kjær kjeldgaard kjeldsen koch kofoed krogh kruse lassen lauridsen lauritsen
    lind lorentzen lauritzen laursen mathiesen mikkelsen mogensen munk mørk nissen nygaard nørgaard østergaard
    ottosen overgaard ravn riis schou skov søgaard sommer steffensen storm svendsen thygesen thorsen toft
    vestergaard villadsen winther skovgaard damgaard kristoffersen bang bech bonde borg buch bundgaard clemmensen
    clausen dalgaard davidsen enevoldsen
    """
)
"""Frequent surnames beside those that end in -sen: behind a name they make it another one."""

ABBREVIATIONS: Final = _words(
    """
    ABC AFD APS BBR BNP CBS CVR DCE DGI DIF DIY DK DKK DMI DN DNA DOF DR DSB DTU EAN EEC EF EFO EU EUR FAQ FBI FN
    FOA GDPR GPS HF HK HTX IBAN ICT IDA IT ITS KL KU LAR LED LLO LO MVH NB NGO NOx NOVANA OBS OK PDF PFAS PFOS PET
    PPR PS RSV RUC SDU SF SKAT SMS SSP STX SU SUV SVM TDC TV UN USA UV VE VFL VVM VVS WC WHO ØK MW GW KW MWH KWH DB
    DBA CO CO2 HFI DSR JA NEJ OG ER EN ET DE VI DU JEG DET DER FOR MED TIL HAR KAN VIL SKAL ALT ALLE IKKE FØR NU NYT
    STOP HVAD
    """
)
"""Letters that stand for something else more often than for a person."""

_ENDINGS: Final = ("erens", "eren", "erne", "ernes", "ens", "ets", "en", "et", "ne", "er", "s", "n", "e")


def is_post(key: str) -> bool:
    """Whether a folded word is a post at a municipality, in any form: planlæggeren, sagsbehandlers, teamleder."""
    return any(stem in POSTS or stem.endswith(POST_ENDS) for stem in _stems(key))


def is_office(key: str) -> bool:
    """Whether a folded word is an elected office, in any form."""
    return any(stem in OFFICES for stem in _stems(key))


def is_place(key: str) -> bool:
    """Whether a folded word is where employees of a municipality work."""
    return any(stem in PLACES or stem.endswith(PLACE_ENDS) for stem in _stems(key))


def is_surname(key: str) -> bool:
    """Whether a folded word is a frequent surname."""
    return key in SURNAMES or (key.endswith("sen") and len(key) >= len("olsen"))


def _stems(key: str) -> list[str]:
    return [key, *(key.removesuffix(ending) for ending in _ENDINGS if key.endswith(ending))]
