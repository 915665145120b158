"""Words as a browser must show them: language, direction, and where in a source they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from esep.canonical import digest
from esep.counts.categories import categories
from esep.ledger.claims import Claim
from esep.names.scripts import Script, word_script

_SCRIPTS: Mapping[Script, str] = {"cyrillic": "Cyrl", "arabic": "Arab", "latin": "Latn"}
_USUAL = {"Cyrl": ("ru", "kk", "uk", "ky"), "Arab": ("ar", "fa"), "Latn": ("en", "de", "fr", "pl", "it", "tr", "pt")}
_LONGEST_SLUG = 60
_SHOWN_HASH = 8
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its BCP 47 language tag and direction."""

    text: str
    lang: str
    dir: Literal["ltr", "rtl"]


def words(text: str, lang: str | None = None) -> Words:
    """Text with the language its source states, as far as the letters bear it out; otherwise only the script."""
    script = _SCRIPTS.get(word_script(text))
    return Words(text, _tag(lang, script), direction(text))


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Direction of the first letter that has one."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def _tag(lang: str | None, script: str | None) -> str:
    if not lang or not _TAG.fullmatch(lang):
        return f"und-{script}" if script else "und"
    if script is None or "-" in lang or lang in _USUAL.get(script, ()):
        return lang
    return f"{lang}-{script}"  # a German paper that prints a name in Cyrillic


def place_in_source(claim: Claim) -> str:
    """Where a claim stands in its source, in words; "" when the claim does not say."""
    return "; ".join(dict.fromkeys(filter(None, map(_place, claim.locator))))


def _place(place: Mapping[str, Any]) -> str:
    if "start" in place:
        return f"characters {place['start']} to {place['end']}"
    parts = [f"{part} {place[part]}" for part in ("page", "row", "time") if place.get(part) is not None]
    if place.get("column"):
        parts.append(f"column {place['column']}")
    if place.get("box"):
        parts.append("part of the picture")
    where = ", ".join(parts)
    return f"table of the compilers, {where}" if place.get("table") and where else where


def label(code: str) -> str:
    """A code word for reading, by the table of categories if it is there: `died_other` is «died of another cause»."""
    known = categories().get(code)
    return known.label if known else code.replace("_", " ")


def public_name(record: str, *, is_safe: bool = True) -> str:
    """A record's name for readers: its own if it has one, else a hash (names of files and rows tell who gave them)."""
    name = record.partition(":")[2]
    return name if is_safe and "/" not in name else digest(record.encode())[:_SHOWN_HASH]


def slug(name: str) -> str:
    """A name for files and anchors: letters, digits and hyphens; different names give different slugs."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    if plain == name and len(plain) <= _LONGEST_SLUG:
        return plain
    return f"{plain[:_LONGEST_SLUG]}-{digest(name.encode())[:8]}".lstrip("-")
