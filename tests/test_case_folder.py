"""Making and opening a case: nothing half-made, nothing in the clear."""

from datetime import UTC, datetime

import pytest

from esep.case import create_case, open_case
from esep.errors import BadDate, EsepError, NotACase, VaultError, WrongUse

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def make(path, **more):
    return create_case(path, **{"title": "Canary title", "actor": "A", "now": NOW, "passphrase": None, **more})


def refuse():
    raise WrongUse("nobody at the keyboard")


def test_a_case_that_could_not_be_made_leaves_no_folder(tmp_path):
    with pytest.raises(WrongUse):
        make(tmp_path / "case", passphrase=refuse)
    with pytest.raises(BadDate):
        make(tmp_path / "case", begins="yesterday")
    assert not (tmp_path / "case").exists()


def test_a_case_is_never_made_over_another(tmp_path):
    make(tmp_path / "case").close()
    with pytest.raises(WrongUse, match="not empty"):
        make(tmp_path / "case")


def test_an_encrypted_case_shows_neither_title_nor_actor(tmp_path):
    make(tmp_path / "case", passphrase=lambda: "invented words").close()
    shown = b"".join(path.read_bytes() for path in (tmp_path / "case").rglob("*") if path.is_file())
    assert b"Canary" not in shown
    assert (tmp_path / "case").stat().st_mode & 0o077 == 0
    with open_case(tmp_path / "case", passphrase=lambda: "invented words") as case:
        assert case.title == "Canary title"


def test_an_encrypted_case_asks_for_its_passphrase(tmp_path):
    make(tmp_path / "case", passphrase=lambda: "invented words").close()
    with pytest.raises(VaultError, match="passphrase"):
        open_case(tmp_path / "case")


@pytest.mark.parametrize("settings", [b"", b"format = 1", b"\xff\xfe", b"id = [", b'id="x"\nmade="y"'])
def test_settings_that_cannot_be_read_are_no_case(tmp_path, settings):
    make(tmp_path / "case").close()
    (tmp_path / "case" / "case.toml").write_bytes(settings)
    with pytest.raises(NotACase):
        open_case(tmp_path / "case")


def test_changed_settings_are_named(tmp_path):
    make(tmp_path / "case").close()
    path = tmp_path / "case" / "case.toml"
    path.write_text(path.read_text().replace("2026-01-01", "2025-01-01"))
    with open_case(tmp_path / "case") as case:
        assert [finding.where for finding in case.verify().findings] == ["case.toml"]


def test_a_case_without_its_database_says_so(tmp_path):
    make(tmp_path / "case").close()
    (tmp_path / "case" / "ledger.db").unlink()
    with pytest.raises(EsepError, match="no database"):
        open_case(tmp_path / "case")
