"""What a person decided about the scopes of figures while the example was compiled, each with its reason and source.

Most figures of the authorities differ because they are about different things: 14 in the town, tied to the unrest, and
1 in Shetpe are 15; with 2 deaths in the town that were held «not linked» they are 17; a death after custody stands
beside them. Keys are ids of figures (ZC…); `source` is the page that the reading rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Value = dict[str, object]
Decided = tuple[str, str, Value, str, str]
"""Subject, property, value, source, reason."""

CASE = "case:zhanaozen"
BOTH = "Zhanaozen+Shetpe"
LINKED, NOT_LINKED = "linked to the unrest", "not linked to the unrest"
CUSTODY = "died after custody"
POLICE_FIRE, OTHER_DEATHS = "killed by police fire", "other deaths in the clashes"
BODIES, EARLY, LATE = "bodies in the morgue", "bodies brought before 21:00", "bodies brought from 21:00 until morning"
HALF_HOUR, EVENING = "first half hour", "until evening"

PLACES = (
    ("Zhanaozen", BOTH, True, True, "SEED2", "the town and the settlement are two places, and together they are both"),
    ("Shetpe", BOTH, True, True, "SEED2", "the town and the settlement are two places, and together they are both"),
    (BOTH, "Mangystau", True, False, "EUR_BRASS", "both lie in the region"),
    ("Aktau", "Mangystau", True, False, "EUR_BRASS", "the chief town of the region, apart from both"),
    ("Zhanaozen morgue", "Zhanaozen", False, False, "NOVAYA47520", "the morgue of the town"),
    ("Zhanaozen hospital", "Zhanaozen", False, False, "EUR_WOUND", "the hospital of the town"),
)
"""Place, the place it lies in, whether the parts of that share nobody, whether they make up all of it."""

SCHEMES = (
    ("deaths", (LINKED, NOT_LINKED, CUSTODY), True, "EUR_BRASS", "the Prosecutor General divides the deaths so"),
    ("deaths by cause", (POLICE_FIRE, OTHER_DEATHS), False, "HRWWR2013", "12 by police fire and 3 further people"),
    (BODIES, (EARLY, LATE), True, "ZAG_STRONG", "21 before 21:00 and 43 until morning are the 64 of the morgue"),
)
"""Name of a way to divide people, its kinds, whether they make up all of it."""

PERIOD = "2011-12-16/2011-12-18"

AUTHORITIES = (
    "official",
    "official data",
    "state officials",
    "authorities",
    "law enforcement",
    "government figures",
    "prosecutor first report",
    "prosecutor revised",
    "Prosecutor General",
    "Prosecutor General, preliminary results",
    "Prosecutor General A. Daulbaev",
    "Prosecutor General Daulbayev",
    "Prosecutor's Office",
    "Prosecutor General's office",
    "N. Suindikov, Prosecutor General's office",
    "N. Suindikov",
    "Interior Minister K. Kasymov",
    "commandant A. Kabylov",
)
MORGUE = (
    "witness (morgue)",
    "people carrying bodies to the morgue",
    "witness via Kostyuchenko",
    "woman who carried bodies, via Kostyuchenko",
)
SPEAKERS = (
    (AUTHORITIES, "authorities of Kazakhstan", "EUR_BRASS", "offices of one government that gave one running count"),
    (MORGUE, "a witness at the morgue, told to a reporter", "NOVAYA47520", "one account in one report, retold"),
    (("witness K. Sholpan",), "K. Sholpan", "SEED2", "one person, with and without the word witness"),
    (("HRW report", "HRW dispatch"), "HRW", "HRWWR2013", "one organisation"),
)
"""Words by which pages call a speaker, the name they stand for, the source, the reason."""

_SO_FAR = "given while the count of the authorities was rising; their later figures are higher"
_BOTH_SO_FAR = "14 in the town and 1 in Shetpe, given while the count was rising"
_TOWN = "14 tied to the unrest and 2 held not linked are the 16 of the town; the death after custody is not in it"
_WHOLE = "16 in the town and 1 in Shetpe are 17; the death after custody stands beside it"
_EARLIER = "whoever had died by then; the death after custody came later"

SCOPES: tuple[tuple[tuple[str, ...], Value, str, str], ...] = (
    (("ZC0057",), {"who": [LINKED]}, "EUR_BRASS", "14 in the town and 1 in Shetpe, tied to the unrest, are 15"),
    (("ZC0058", "ZC0059"), {"who": [LINKED]}, "EUR_BRASS", "the part that is tied to the unrest"),
    (("ZC0060",), {"who": [NOT_LINKED]}, "EUR_BRASS", "two deaths in the town that were held not linked"),
    (("ZC0029",), {"place": BOTH, "who": [LINKED]}, "EUR_BRASS", "14 in the town and 1 in Shetpe are 15"),
    (
        ("ZC0017", "ZC0031", "ZC0032", "ZC0081", "ZC0096", "ZC0197", "ZC0200", "ZC0204", "ZC0219", "ZC0220", "ZC0228",
         "ZC0245", "ZC0273"),
        {"reading": "so_far"}, "EUR_BRASS", _SO_FAR,
    ),
    (("ZC0205",), {"who": [], "reading": "so_far"}, "EUR_BRASS", _SO_FAR),
    (("ZC0033", "ZC0160", "ZC0210"), {"place": BOTH, "reading": "so_far"}, "EUR_BRASS", _BOTH_SO_FAR),
    (
        ("ZC0148",),
        {"place": "Mangystau", "period": "2011-12-16/2011-12-17", "reading": "so_far"},
        "TAZ1217", "the page says: in the region, since Friday",
    ),
    (
        ("ZC0021", "ZC0023", "ZC0082", "ZC0085", "ZC0100", "ZC0142", "ZC0167", "ZC0286", "ZC0300"),
        {"excludes": [CUSTODY]}, "EUR_BRASS", _TOWN,
    ),
    (
        ("ZC0037", "ZC0093", "ZC0163", "ZC0236", "ZC0248"),
        {"place": BOTH, "who": [], "excludes": [CUSTODY]}, "AZK_MONTH", _WHOLE,
    ),
    (("ZC0091", "ZC0143", "ZC0290", "ZC0302"), {"excludes": [CUSTODY]}, "AZK_MONTH", _WHOLE),
    (("ZC0214", "ZC0229"), {"who": [POLICE_FIRE]}, "HRWWR2013", "12 by police fire, 3 further people, 1 in Shetpe"),
    (("ZC0215", "ZC0230"), {"who": [OTHER_DEATHS]}, "HRWWR2013", "12 by police fire, 3 further people, 1 in Shetpe"),
    (("ZC0216", "ZC0217"), {"who": []}, "HRWWR2013", "12 by police fire, 3 further people and 1 in Shetpe are 16"),
    (
        ("ZC0006",),
        {"part": HALF_HOUR, "period": "2011-12-16", "excludes": [CUSTODY]},
        "SEED2", "the text says: in the first half hour of the clashes",
    ),
    (
        ("ZC0007",),
        {"part": EVENING, "period": "2011-12-16", "excludes": [CUSTODY]},
        "SEED2", "the text says: towards the evening of 16 December",
    ),
    (("ZC0008",), {"excludes": [CUSTODY]}, "SEED2", _EARLIER),
    (("ZC0089",), {"who": [EARLY]}, "ZAG_STRONG", "21 before 21:00 and 43 until morning are 64"),
    (("ZC0088", "ZC0090"), {"who": [LATE]}, "ZAG_STRONG", "21 before 21:00 and 43 until morning are 64"),
    (("ZC0019", "ZC0020"), {"who": [BODIES]}, "ZAG_STRONG", "21 before 21:00 and 43 until morning are 64"),
)  # fmt: skip
"""Figures, the fields of their scope that a person gives or corrects, the source, the reason."""


def decided_scopes() -> Iterator[Decided]:
    """Every decision, those about the case first."""
    for place, within, apart, whole, source, reason in PLACES:
        yield CASE, "place_within", {"place": place, "within": within, "apart": apart, "whole": whole}, source, reason
    for name, kinds, whole, source, reason in SCHEMES:
        yield CASE, "scheme", {"of": name, "kinds": list(kinds), "apart": True, "whole": whole}, source, reason
    yield CASE, "part_within", {"part": HALF_HOUR, "within": EVENING}, "SEED2", "the evening came after the first hour"
    days: Value = {"categories": ["killed", "injured"], "period": PERIOD}
    yield CASE, "unstated_period", days, "SEED2", "the shooting was on 16 and 17 December, by night until the 18th"
    for every, name, source, reason in SPEAKERS:
        yield from _aliases(every, name, source, reason)
    for figures, value, source, reason in SCOPES:
        for figure in figures:
            yield f"toll:{figure}", "toll_scope", value, source, reason


def _aliases(every: Iterable[str], name: str, source: str, reason: str) -> Iterator[Decided]:
    return ((CASE, "speaker_alias", {"words": words, "name": name}, source, reason) for words in every)
