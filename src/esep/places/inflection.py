"""Case endings of place names in Russian, Ukrainian and Kazakh, taken back by the table `endings.csv`.

A form is only a guess until the gazetteer holds it, so the table may be generous.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from itertools import product

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MOST_FORMS = 60


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(ending, what may stand instead), longest ending first."""
    text = (files("esep.places") / "endings.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    pairs = {(row["ending"], tuple("" if back == "-" else back for back in row["back"].split("|"))) for row in rows}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def base_words(word: str) -> tuple[str, ...]:
    """The word itself, then every form it may be a case of; the longest ending first."""
    forms = [word]
    for ending, backs in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            forms.extend(word[: -len(ending)] + back for back in backs)
    return tuple(dict.fromkeys(forms))


def base_forms(name: str) -> tuple[str, ...]:
    """Forms a name in some case may go back to, the name itself left out; empty for a name without Cyrillic letters."""
    if not _CYRILLIC.search(name):
        return ()
    words = [base_words(word) for word in re.split(r"[ \u00a0]+", name.lower())]
    if len(words) > 3:
        return ()
    forms = [" ".join(choice) for choice in product(*(options[:16] for options in words))]
    return tuple(form for form in forms if form != name.lower())[:_MOST_FORMS]
