"""The site is written whole, twice the same, and every changed file is named."""

import json

import pytest

from esep.errors import BadInput, WrongUse
from esep.publish.manifest import read_manifest
from esep.publish.site import check_hashes, verify_site, write_site
from esep.publish.view import gather
from tests.publish.conftest import make_ledger


def test_the_same_ledger_gives_the_same_bytes(texts, tmp_path):
    again = write_site(gather(make_ledger(), title="Testabad 2020"), tmp_path / "again").folder
    for path, text in texts.items():
        assert (again / path).read_text("utf-8") == text, path


def test_the_manifest_names_every_file_and_the_state_of_the_ledger(site, view, texts):
    manifest = read_manifest(site)
    assert set(manifest.files) == set(texts) - {"manifest.json"}
    assert (manifest.position, manifest.root) == (view.settings.position, view.settings.root)


def test_a_fresh_site_verifies(site, view):
    assert list(verify_site(site, view)) == []
    assert list(check_hashes(site)) == []


def test_each_changed_missing_and_extra_file_is_named(view, tmp_path):
    folder = write_site(view, tmp_path / "site").folder
    front = folder / "index.html"
    front.write_text(front.read_text("utf-8").replace("more than 100", "more than 90"), "utf-8")
    (folder / "data/tolls.csv").unlink()
    (folder / "people/extra.html").write_text("x", "utf-8")
    found = {(one.path, one.what) for one in verify_site(folder, view)}
    assert found == {("index.html", "differs"), ("data/tolls.csv", "missing"), ("people/extra.html", "extra")}
    assert {(one.path, one.what) for one in check_hashes(folder)} == found


def test_a_site_of_an_older_position_verifies_with_the_view_of_that_position(ledger, tmp_path):
    folder = write_site(gather(ledger, title="t", known_on=40), tmp_path / "old").folder
    made = read_manifest(folder)
    assert list(verify_site(folder, gather(ledger, title=made.title, known_on=made.position, as_of=made.as_of))) == []
    assert any(True for _ in verify_site(folder, gather(ledger, title=made.title)))


def test_an_older_site_is_replaced_as_a_whole(view, tmp_path, ledger):
    folder = write_site(view, tmp_path / "site").folder
    write_site(gather(ledger, title="t", known_on=20), folder)
    assert list(check_hashes(folder)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["letter.txt", "people/notes.txt"])
def test_a_folder_with_other_files_is_left_alone(view, tmp_path, name):
    folder = write_site(view, tmp_path / "site").folder
    (folder / name).write_text("mine", "utf-8")
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(WrongUse, match="no part of the site"):
        write_site(view, folder)
    assert (folder / name).read_text("utf-8") == "mine"
    assert (folder / "manifest.json").read_bytes() == before


def test_a_folder_without_our_manifest_is_refused(view, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("another site", "utf-8")
    with pytest.raises(WrongUse, match="no site of ours"):
        write_site(view, tmp_path / "site")
    with pytest.raises(BadInput, match="no manifest"):
        list(verify_site(tmp_path / "site", view))


def test_a_write_that_fails_leaves_the_older_site(view, tmp_path, monkeypatch):
    folder = write_site(view, tmp_path / "site").folder

    def fail(descriptor):
        raise OSError("the disk is full")

    monkeypatch.setattr("esep.publish.site.os.fsync", fail)
    with pytest.raises(OSError, match="full"):
        write_site(view, folder)
    assert list(check_hashes(folder)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_printed_numbers_of_rows_are_the_rows_of_the_files(texts):
    for name in ("people", "names", "statuses", "claims", "tolls", "events", "sources", "counts"):
        rows = len(json.loads(texts[f"data/{name}.json"]))
        row = next(part for part in texts["downloads.html"].split("<tr>") if f"data/{name}.csv" in part)
        assert f'data-label="Rows">{rows}<' in row
        assert texts[f"data/{name}.csv"].count("\n") == rows + 1


def test_no_cell_of_a_download_runs_as_a_formula(texts):
    assert "'=HYPERLINK" in texts["data/sources.csv"]
    assert "\n=" not in texts["data/sources.csv"]
