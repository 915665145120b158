"""Cells that look like a contact although their header does not say so."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_PHONE = re.compile(r"(?:\+\s?\d|\b[78][\s(-]*7?\d{2})[\d\s()\-]{7,}\d")


def looks_like_contact(text: str) -> bool:
    """Whether an e-mail address or a telephone number stands in `text`.

    Used for columns that nobody named: sealing one cell too many costs little, a family's number in a public
    table costs much. Telephone numbers have a plus, or the 8 or 7 of Kazakhstan and Russia and eleven digits.
    """
    if _EMAIL.search(text):
        return True
    found = _PHONE.search(text)
    return bool(found) and 10 <= sum(character.isdigit() for character in found[0]) <= 15 if found else False
