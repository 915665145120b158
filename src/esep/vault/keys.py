"""The keys of a case: one random key, and slots that open it.

A passphrase never reaches the database. It goes through Argon2id (RFC 9106) to a wrapping key; the wrapped
thing is a random 32-byte case key. Changing a passphrase rewrites one slot. From the case key come, by HKDF
(RFC 5869) with different labels, the raw key of the database and the key that names stored files; the age
identity that opens stored files is wrapped under it too.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from esep.errors import VaultError, WrongKey

MEMORY_KIBIBYTES = 64 * 1024
"""Floor of RFC 9106's second recommendation; about a second on a slow laptop with three passes."""
MOST_MEMORY_KIBIBYTES = 4 * 1024 * 1024
PASSES = 3
LANES = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """What an open case holds in memory."""

    database: bytes
    naming: bytes
    identity: str

    @property
    def recipient(self) -> str:
        """Public half of the identity that opens stored files."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())


@dataclass(frozen=True, slots=True)
class Slot:
    """Argon2id settings and the case key wrapped under the passphrase they stretch."""

    salt: bytes
    memory_kibibytes: int
    passes: int
    lanes: int
    wrapped: bytes

    @classmethod
    def closing(
        cls, key: bytes, passphrase: str, *, entropy: Callable[[int], bytes], memory_kibibytes: int = MEMORY_KIBIBYTES
    ) -> Slot:
        """A slot that opens `key` to whoever knows the passphrase."""
        salt = entropy(16)
        wrapping = _stretch(passphrase, salt, memory_kibibytes, PASSES, LANES)
        return cls(salt, memory_kibibytes, PASSES, LANES, _wrap(wrapping, key, b"esep slot 1", entropy))

    def open(self, passphrase: str) -> bytes:
        """The case key. Raises `WrongKey`."""
        wrapping = _stretch(passphrase, self.salt, self.memory_kibibytes, self.passes, self.lanes)
        return _unwrap(wrapping, self.wrapped, b"esep slot 1")


def make_keys(
    passphrase: str, *, entropy: Callable[[int], bytes] = os.urandom, memory_kibibytes: int = MEMORY_KIBIBYTES
) -> tuple[Keys, str]:
    """Keys of a new case, and the text of its key file (which holds nothing in the clear)."""
    if not passphrase:
        raise VaultError("an empty passphrase protects nothing", hint="choose six random words, or use --plain")
    key = entropy(32)
    identity = str(pyrage.x25519.Identity.generate())
    slot = Slot.closing(key, passphrase, entropy=entropy, memory_kibibytes=memory_kibibytes)
    text = {
        "format": "esep-keys-1",
        "slots": [
            {
                "kind": "argon2id",
                "salt": _text(slot.salt),
                "memory_kibibytes": slot.memory_kibibytes,
                "passes": slot.passes,
                "lanes": slot.lanes,
                "wrapped": _text(slot.wrapped),
            }
        ],
        "identity": _text(_wrap(_derived(key, "identity"), identity.encode(), b"esep identity 1", entropy)),
    }
    return _keys(key, identity), json.dumps(text, indent=1, sort_keys=True) + "\n"


def open_keys(key_file: str, passphrase: str) -> Keys:
    """Keys of a case from the text of its key file. Raises `WrongKey`, or `VaultError` for a damaged file."""
    try:
        held = json.loads(key_file)
        slots = [_slot(slot) for slot in held["slots"]]
        wrapped_identity = _bytes(held["identity"])
    except (ValueError, KeyError, TypeError) as error:
        raise VaultError(
            f"the key file cannot be read ({type(error).__name__})", hint="restore keys.json from a backup"
        ) from None
    for slot in slots:
        try:
            key = slot.open(passphrase)
        except WrongKey:
            continue
        identity = _unwrap(_derived(key, "identity"), wrapped_identity, b"esep identity 1")
        return _keys(key, identity.decode())
    raise WrongKey("this passphrase does not open the case", hint="check the keyboard layout and capital letters")


def _keys(key: bytes, identity: str) -> Keys:
    return Keys(_derived(key, "database"), _derived(key, "naming"), identity)


def _derived(key: bytes, label: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"esep {label} 1".encode()).derive(key)


def _stretch(passphrase: str, salt: bytes, memory_kibibytes: int, passes: int, lanes: int) -> bytes:
    if memory_kibibytes > MOST_MEMORY_KIBIBYTES:
        raise VaultError("the key file asks for more memory than any of ours does", hint="restore keys.json")
    try:
        argon = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kibibytes)
    except ValueError:
        raise VaultError("the key file holds settings that cannot be", hint="restore keys.json from a backup") from None
    return argon.derive(passphrase.encode())


def _wrap(key: bytes, secret: bytes, label: bytes, entropy: Callable[[int], bytes]) -> bytes:
    nonce = entropy(12)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, label)


def _unwrap(key: bytes, wrapped: bytes, label: bytes) -> bytes:
    try:
        return ChaCha20Poly1305(key).decrypt(wrapped[:12], wrapped[12:], label)
    except (InvalidTag, ValueError):
        raise WrongKey("this key does not open what it should", hint="check the passphrase") from None


def _slot(held: dict[str, Any]) -> Slot:
    return Slot(
        _bytes(held["salt"]),
        int(held["memory_kibibytes"]),
        int(held["passes"]),
        int(held["lanes"]),
        _bytes(held["wrapped"]),
    )


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
