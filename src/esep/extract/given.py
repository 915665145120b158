"""Known given names in every case we can make of them."""

from __future__ import annotations

from functools import cache

from esep.extract.lexicon import LANGUAGES, lexicon

_OBLIQUE = (
    "а",
    "у",
    "ом",
    "е",
    "ы",
    "ой",
    "я",
    "ю",
    "ем",
    "ей",
    "и",
    "і",
    "ї",
    "ою",
    "ею",
    "єю",
    "ові",
    "еві",
    "єві",
    "ію",
    "ії",
    "ією",
    "ии",
    "ию",
    "ией",
    "ға",
    "ге",
    "қа",
    "ке",
    "ның",
    "нің",
    "дың",
    "дің",
    "тың",
    "тің",
    "ды",
    "ді",
    "ты",
    "ті",
    "ны",
    "ні",
)


@cache
def given_names() -> dict[str, str]:
    """Every known given name in every case we can make, to its base form, both folded."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for name in lexicon(language).words("given"):
            found[name] = name
            if not name.isascii():
                for ending in _OBLIQUE:
                    for stem in {name, name[:-1] if name[-1] in "аяйьо" else name}:
                        found.setdefault(stem + ending, name)
    return found
