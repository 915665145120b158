"""Acts: who writes, when, with what; and how an act becomes a batch of sealed rows.

The forms hashed here are specified in `spec/ledger.md`; a change of one byte is a new format.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any

from esep.canonical import canonical, digest
from esep.errors import WrongUse
from esep.ledger.claims import Draft
from esep.ledger.merkle import leaf_hash

Entropy = Callable[[int], bytes]
"""Gives so many random bytes; `os.urandom` in real use, seeded in the demo and in tests."""

_BLOCK = 1024  # rows whose randomness is drawn at once


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person (or of a program run): the header of a batch."""

    actor: str
    at: datetime
    tool: str
    device: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise WrongUse("the time of an act needs a time zone", hint="pass datetime.now(tz=UTC)")
        if not self.actor.strip():
            raise WrongUse("an act needs an actor", hint="name who is doing this: --by NAME or actor=")

    @property
    def stamp(self) -> str:
        """Time of the act in UTC, to the second, as it is stored."""
        return self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a batch left in the ledger: its number and id, the claims it wrote and the root after it."""

    number: int
    batch: str
    first_seq: int
    n: int
    root: str


def batch_id(act: Act, *, first_seq: int, previous_root: bytes) -> str:
    """Id of a batch: SHA-256 over its header and the root before it, so that batches cannot be reordered."""
    return header_id((act.actor, act.device, act.stamp, act.tool, act.note), first_seq, previous_root)


def header_id(header: tuple[str, str, str, str, str], first_seq: int, previous_root: bytes) -> str:
    """Id of a batch whose header reads (actor, device, at, tool, note)."""
    return digest(canonical(["esep-batch-1", *header, first_seq, previous_root.hex()]))


def value_text(value: Any) -> str:
    """Canonical JSON text of a value. Raises `WrongUse` for floats and other inexact values."""
    return encode_basestring(value) if isinstance(value, str) else canonical(value).decode()


def _text(text: str | None) -> str:
    """Canonical JSON of a text or null, without the cost of a whole encoder (a third of the time of an import)."""
    return "null" if text is None else encode_basestring(text)


def commitment(salt: bytes, *, state: str, value: str | None, lang: str | None, original: str | None) -> bytes:
    """HMAC-SHA256(salt, canonical [state, value, lang, original]); `value` is canonical JSON text."""
    message = f"[{_text(state)},{value or 'null'},{_text(lang)},{_text(original)}]"
    return hmac.digest(salt, message.encode(), "sha256")


def claim_leaf(columns: Sequence[str | None], sealed: bytes) -> bytes:
    """Leaf hash of a claim: cid, batch id, op, subject, prop, target, source, locator; then its commitment."""
    joined = ",".join(map(_text, columns))
    return leaf_hash(f'[{joined},"{sealed.hex()}"]'.encode())


@dataclass(frozen=True, slots=True)
class SealedRow:
    """The rows of one claim, ready to be stored, and its leaf hash."""

    claim: tuple[Any, ...]
    value: tuple[Any, ...]
    leaf: bytes


def seal(drafts: Iterable[Draft], *, batch: str, number: int, first_seq: int, entropy: Entropy) -> Iterator[SealedRow]:
    """Turn drafts into rows, in order, with fresh cids and salts.

    The first four bytes of a cid are drawn once for the batch, so that its cids lie together in their index: with
    sixteen bytes drawn for each claim a long list touched, and encrypted anew, every page of it.
    """
    common, pool, at = entropy(4).hex(), b"", 0
    for seq, draft in enumerate(drafts, start=first_seq):
        if at == len(pool):
            pool, at = entropy(28 * _BLOCK), 0
        cid, salt = draft.cid or common + pool[at : at + 12].hex(), pool[at + 12 : at + 28]
        at += 28
        value = value_text(draft.value) if draft.state == "stated" else None
        locator = canonical(list(draft.locator)).decode() if draft.locator else None
        sealed = commitment(salt, state=draft.state, value=value, lang=draft.lang, original=draft.original)
        columns = (cid, batch, draft.op, draft.subject, draft.prop, draft.target, draft.source, locator)
        yield SealedRow(
            (seq, cid, number, draft.op, draft.subject, draft.prop, draft.target, draft.source, locator, sealed),
            (seq, salt, draft.state, value, draft.lang, draft.original),
            claim_leaf(columns, sealed),
        )


def seeded_entropy(seed: str) -> Entropy:
    """Randomness that is the same at every run: for the bundled demo and for tests, never for a real case."""
    state = {"block": 0}

    def draw(n: int) -> bytes:
        drawn = b""
        while len(drawn) < n:
            drawn += hashlib.sha512(f"{seed}/{state['block']}".encode()).digest()
            state["block"] += 1
        return drawn[:n]

    return draw
