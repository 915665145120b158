"""Canonical bytes and the ids made of them.

The canonical form of a value is its JSON with sorted keys, no white space, UTF-8, and no floating-point
numbers (two programs print a float differently; amounts are integers or strings here). Characters are kept
as they are, without Unicode normalisation, because a quote must equal the words it was taken from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from esep.errors import WrongUse

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(value: Json) -> bytes:
    """Canonical JSON bytes of a value made of dict, list, str, int, bool and None.

    Raises `WrongUse` for floats and for anything else that JSON cannot carry exactly.
    """
    _refuse_inexact(value)
    return _encode(value).encode()


def digest(content: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def identifier(*parts: Json) -> str:
    """Id of a thing: SHA-256 over the canonical bytes of its parts, in hexadecimal."""
    return digest(canonical(parts))


_EXACT = frozenset((str, int, bool, type(None)))


def _refuse_inexact(value: Json) -> None:
    if type(value) in _EXACT or isinstance(value, str | int):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise WrongUse(f"a canonical object has text keys, not {type(key).__name__}")
            if type(inner) not in _EXACT:  # spares a call for each plain value: a tenth of the time of an import
                _refuse_inexact(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_inexact(inner)
    else:
        raise WrongUse(
            f"a canonical value cannot hold a {type(value).__name__}",
            hint="write amounts as integers or as text, dates as EDTF text",
        )
