"""What a person decided while the example was compiled: shorter words, who is not shown, who is who.

Keys are ids of mentions (ZM…), figures (ZC…), events (ZE…) and sources.
"""

from __future__ import annotations

from itertools import combinations

TEXTS = {
    "ZM0006": "former oil worker; told the court of suffocation",
    "ZM0007": "strike activist",
    "ZM0014": "",
    "ZM0024": "",
    "ZM0036": "daughter of a union leader",
    "ZM0037": "daughter of a strike activist; found on the outskirts",
    "ZM0038": "disappeared 21 August, found four days later",
    "ZM0039": "found on the outskirts, signs of violence",
    "ZM0040": "daughter of a strike activist",
    "ZM0041": "chair of a union committee",
    "ZM0042": "strike activist",
    "ZM0044": "",
    "ZM0046": "beaten by police; died at home days later",
    "ZM0047": "head of the detention facility convicted",
    "ZM0048": "spoke of torture by police; funeral 16 December 2014",
    "ZM0049": "section deputy head; two months of arrest",
    "ZM0052": "organising an illegal gathering",
    "ZM0079": "",
    "ZM0080": "from suspect to accused",
    "ZM0082": "after a statement of repentance",
    "ZM0086": "after a statement of repentance",
    "ZM0087": "in hospital, tumour of a facial bone",
    "ZM0088": "operated on, lost the left eye",
    "ZM0089": "facial bone and ribs broken in custody",
    "ZM0090": "arrested 20 December 2011; tumour; house arrest",
    "ZM0096": "",
    "ZM0100": "oil worker; left the colony in Uralsk",
    "ZM0101": "grave found at the Russian cemetery",
    "ZM0102": "grave found at the Russian cemetery",
    "ZM0104": "grave found",
    "ZM0105": "teacher of a vocational lyceum",
    "ZM0106": "killed in the December events",
    "ZM0109": "oil worker; shot in stomach, hand and back",
    "ZM0111": "wounded; remand centre in Aktau",
    "ZM0115": "telephoned the press service",
    "ZM0117": "bullet in the belly, surgery due",
    "ZM0122": "heart attack",
    "ZM0123": "heart attack",
    "ZM0126": "14-day term",
    "ZM0142": "colonel; jailed, released September 2014",
    "ZM0147": "former mayor; acquittal overturned 2 August",
    "ZM0160": "represented wounded people and families",
    "ZM0166": "",
    "ZM0167": "",
    "ZM0171": "bullet in the thigh",
    "ZM0202": "waived damages of 25 million tenge",
    "ZM0222": "",
    "ZM0223": "",
    "ZM0224": "",
    "ZM0225": "",
    "ZM0230": "listed beside other organisers",
    "ZM0231": "listed beside other organisers",
    "ZM0238": "former first deputy akim",
    "ZM0241": "early release refused",
    "ZM0243": "",
    "ZM0256": "waived damages of 50 million tenge",
    "ZE0002": "labour arbitration set up; union lawyer excluded",
    "ZE0003": "canteen food refused, shifts shortened",
    "ZE0005": "hunger strike, later a strike",
    "ZE0006": "strike begins",
    "ZE0008": "application for a rally on 4 June",
    "ZE0013": "strikers' problems presented",
    "ZE0015": "march to the akimat dispersed; hundreds detained",
    "ZE0017": "hunger-strike camp broken up",
    "ZE0018": "police return; dozens arrested",
    "ZE0025": "portraits of two dead set up",
    "ZE0028": "one workers' committee formed",
    "ZE0031": "head of Samruk-Kazyna and regional governor removed",
    "ZE0032": "officers to apply for service weapons",
    "ZE0033": "yurts set up on the square at 17:00",
    "ZE0035": "more than 3,000 people on the square",
    "ZE0036": "disorder starts, according to the Prosecutor General",
    "ZE0037": "company building, akimat and hotel on fire",
    "ZE0041": "army units and armour sent from Aktau",
    "ZE0055": "state of emergency until 5 January 2012",
    "ZE0056": "railway blocked; one protester dies of a gunshot",
    "ZE0057": "by night, according to the Socialist Movement",
    "ZE0072": "18 in custody in Zhanaozen, 10 in Shetpe",
    "ZE0074": "criminal case on police use of force",
    "ZE0075": "one million tenge a death, half a million a wound",
    "ZE0080": "15 dead, 64 civilians shot, five police charged",
    "ZE0107": "one sentence cut from seven to five years",
}
"""Free text that is longer than a few words, says what another column says, or names a relative; "" leaves it out."""

OUTCOMES = {"ZM0013": ""}
"""Words about an outcome that can be misread."""

NAMES = {
    "ZM0046": "(man aged 50, no name)",
    "ZM0117": "(husband of a witness)",
    "ZM0163": "(defendant, no name)",
}
"""Descriptions in place of a name that would lead to a witness or a relative."""

TYPES = {"riot": "disorder"}
"""Words of event types that judge, and the neutral word for each."""

EXCLUDES = {"ZC0009": "people already released"}
POLARITY = {"ZC0207": "denied"}

SOURCE_FACTS = {
    "SEED2": {
        "kind": "political statement, translation",
        "disclaimer": "The publisher says that it disagrees with the party whose statement it prints.",
    },
    "ODF388": {"translation_of": "NOVAYA47520"},
    "ODF232": {"translation_of": "ODF268"},
    "HRWLET_RU": {"translation_of": "HRW_LETTER"},
}

NO_BASIS = frozenset(
    (
        "ZM0117",  # known only as the husband of a witness
        "ZM0163",  # known only as the son of a relative
        "ZM0166",  # a mother, detained at a protest in 2020
        "ZM0175",  # journalist, ordered to come for questioning
        "ZM0176",  # relative of a detained editor, ordered to come for questioning
        "ZM0177",  # ordered to come for questioning
    )
)
"""Mentions with a status whose person gets no basis to be shown, each with the reason."""


def _span(first: int, last: int) -> list[str]:
    return [f"ZM{number:04d}" for number in range(first, last + 1)]


READ_AS_ONE = (
    ((*_span(15, 32), "ZM0204"), "union lawyer of the strikers in Aktau, sentenced in August 2011; both names agree"),
    (_span(36, 40), "daughter of a strike leader, found dead in Zhanaozen in August 2011"),
    (_span(45, 47), "the only death after custody that the Prosecutor General reports; same month and place"),
    ((*_span(49, 56), "ZM0208"), "strike leader of OzenMunaiGas, arrested in July 2011, co-defendant in October 2012"),
    ((*_span(65, 72), "ZM0207"), "political activist, arrested in January 2012, co-defendant in October 2012"),
    ((*_span(74, 76), "ZM0205"), "civic activist, charged with social discord in January 2012"),
    (_span(83, 86), "youth leader and journalist, charged in February, arrested in June, released in July 2012"),
    (_span(97, 99), "one of two men of Zhanaozen still in prison in 2014"),
    (_span(101, 102), "one grave at one cemetery; the second page republishes the first"),
    (_span(111, 112), "same name, wounded on the same day; the two ages differ by one year"),
    (_span(124, 125), "representative of the strikers in Zhanaozen; transcribed by an English and by a German paper"),
    (_span(127, 131), "leader of the Socialist Movement of Kazakhstan"),
    (("ZM0143", "ZM0195"), "police officer charged and then tried in the case of the five officers"),
    (("ZM0173", "ZM0246"), "defender in Almaty; Russian and Kazakh form of one name"),
)
"""Mentions without an id in the tables that a reader took for one person, with the reason."""

DIFFERENT = (
    *(
        (left, right, "two people with nearly the same surname: other first name, role and date")
        for left, right in combinations(("ZM0045", "ZM0048", "ZM0107", "ZM0122"), 2)
    ),
    ("ZM0147", "ZM0202", "two brothers: the former mayor, and the owner of damaged property"),
    ("ZM0074", "ZM0239", "an activist and a prosecutor with nearly the same surname"),
    ("ZM0036", "ZM0041", "daughter and father with one surname"),
    ("ZM0087", "ZM0164", "two men with one surname: one died in 2018, the other was detained in 2020"),
)

UNSURE = (
    ("ZM0115", "ZM0116", "two mentions of women with one given name; nothing proves one person or two"),
    ("ZM0127", "ZM0230", "the second may be the patronymic of the first, printed as a separate man"),
    ("group:ZG0102", "group:ZG0104", "three and three in one report; the text does not say whether they are the same"),
)
