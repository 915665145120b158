"""Keys open with the passphrase and nothing else; files come back whole or are named."""

import base64
import json

import pyrage
import pytest

from esep.errors import Damaged, MissingFile, VaultError, WrongKey
from esep.vault.files import FileStore
from esep.vault.keys import make_keys, open_keys

SMALL = {"memory_kibibytes": 1024}  # Argon2id small enough for tests; the real floor is 64 MiB


def test_a_passphrase_opens_the_same_keys():
    keys, key_file = make_keys("six random words", **SMALL)
    assert open_keys(key_file, "six random words") == keys


def test_a_wrong_passphrase_opens_nothing():
    _, key_file = make_keys("six random words", **SMALL)
    with pytest.raises(WrongKey):
        open_keys(key_file, "six random word")


def test_an_empty_passphrase_is_refused():
    with pytest.raises(VaultError, match="protects nothing"):
        make_keys("", **SMALL)


def test_the_key_file_holds_no_key():
    keys, key_file = make_keys("p", **SMALL)
    for secret in (keys.database, keys.naming, keys.identity.encode()):
        assert base64.b64encode(secret).decode() not in key_file
        assert secret.hex() not in key_file


@pytest.mark.parametrize("damage", ["", "{}", '{"slots": [{}], "identity": ""}', '{"slots": 3}'])
def test_a_damaged_key_file_is_named(damage):
    with pytest.raises(VaultError, match="key file"):
        open_keys(damage, "p")


def test_a_changed_slot_opens_nothing():
    _, key_file = make_keys("p", **SMALL)
    held = json.loads(key_file)
    wrapped = bytearray(base64.b64decode(held["slots"][0]["wrapped"]))
    wrapped[20] ^= 1
    held["slots"][0]["wrapped"] = base64.b64encode(wrapped).decode()
    with pytest.raises(WrongKey):
        open_keys(json.dumps(held), "p")


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def store(tmp_path, request):
    return FileStore(tmp_path, keys=make_keys("p", **SMALL)[0] if request.param else None)


def test_one_content_is_one_file(store):
    first, second = store.put(b"photo"), store.put(b"photo")
    assert first == second
    assert list(store.names()) == [first.stored_as]
    assert store.get(first.sha256) == b"photo"


def test_a_changed_byte_is_named(store):
    stored = store.put(b"photo" * 100)
    path = store.folder / stored.stored_as
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged, match=stored.stored_as):
        store.get(stored.sha256)


def test_a_lost_file_is_named(store):
    stored = store.put(b"photo")
    store.remove(stored.sha256)
    with pytest.raises(MissingFile, match=stored.stored_as):
        store.get(stored.sha256)


def test_an_encrypted_store_shows_neither_content_nor_hash(tmp_path):
    keys = make_keys("p", **SMALL)[0]
    stored = FileStore(tmp_path, keys=keys).put(b"canary words")
    (path,) = tmp_path.iterdir()
    assert path.name != stored.sha256
    assert b"canary" not in path.read_bytes()
    assert pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(keys.identity)]) == b"canary words"


@pytest.mark.parametrize(("setting", "value"), [("lanes", 0), ("memory_kibibytes", 2**40), ("salt", "AA==")])
def test_key_settings_that_cannot_be_are_named(setting, value):
    held = json.loads(make_keys("p", **SMALL)[1])
    held["slots"][0][setting] = value
    with pytest.raises(VaultError, match="key file"):
        open_keys(json.dumps(held), "p")
