"""From a backup on a clean machine all records and checks come back; without the key it gives nothing (R55)."""

import zipfile
from datetime import UTC, datetime

import pytest

from esep.case import create_case, open_case, restore
from esep.errors import BadInput, EsepError, WrongUse

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=[None, "invented passphrase"], ids=["plain", "encrypted"])
def backup(request, tmp_path):
    ask = None if request.param is None else lambda: request.param
    (tmp_path / "l.csv").write_text("name,status\nCanary Test,missing\n")
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=ask) as case:
        case.add(tmp_path / "l.csv", actor="A", now=NOW)
        case.backup(tmp_path / "copy.zip")
        root = case.verify().root
    return tmp_path / "copy.zip", ask, root


def test_all_comes_back(backup, tmp_path):
    copy, ask, root = backup
    restore(copy, tmp_path / "again")
    with open_case(tmp_path / "again", passphrase=ask) as case:
        assert case.verify().root == root
        assert case.verify().is_whole
        assert [row["name"] for row in case.people("canary").rows] == ["Canary Test"]


def test_an_encrypted_backup_shows_nothing_without_the_key(backup, tmp_path):
    copy, ask, _ = backup
    if ask is None:
        pytest.skip("a plain case has no key")
    assert b"Canary" not in copy.read_bytes()
    restore(copy, tmp_path / "again")
    with pytest.raises(EsepError):
        open_case(tmp_path / "again", passphrase=lambda: "guess")


def test_a_backup_is_never_written_over_a_file(backup, tmp_path):
    copy, ask, _ = backup
    with open_case(tmp_path / "case", passphrase=ask) as case, pytest.raises(WrongUse, match="there already"):
        case.backup(copy)


@pytest.mark.parametrize("name", ["../evil", "files/../../evil", "/abs", "files/a/b", "other.txt", "files\\..\\x"])
def test_a_zip_that_reaches_outside_is_no_backup(backup, tmp_path, name):
    copy, _, _ = backup
    with zipfile.ZipFile(copy, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(BadInput, match="no backup"):
        restore(copy, tmp_path / "deep" / "again")
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path / "deep" / "again").exists()


def test_what_is_no_zip_has_one_plain_reason(tmp_path):
    (tmp_path / "x.zip").write_text("not a zip")
    with pytest.raises(BadInput, match="cannot be read as a backup"):
        restore(tmp_path / "x.zip", tmp_path / "again")
