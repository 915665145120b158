"""Places: every spelling shows its candidates, containment orders them."""

import pytest

from esep.places import base_gazetteer, contains, country_of_adjective, find_places


def names(spelling, country=None):
    return [candidate.place.name for candidate in base_gazetteer().lookup(spelling, country=country)]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Janaozen", "Zhanaozen"),
        ("Zhanoezen", "Zhanaozen"),
        ("Zhaoneze", "Zhanaozen"),
        ("Novyi Uzen", "Zhanaozen"),
        ("Жаңаөзен", "Zhanaozen"),
        ("Shetp", "Shetpe"),
        ("Zhetybae", "Zhetybay"),
        ("Mangyshlak", "Mangystau Region"),
        ("Mangistauski region", "Mangystau Region"),
        ("Shevchenko", "Aktau"),
        ("Goteborg", "Gothenburg"),
        ("Lulea", "Luleå"),
        ("Kiev", "Kyiv"),
        ("Leningrad", "Saint Petersburg"),
        ("Tel-Aviv", "Tel Aviv"),
    ],
)
def test_a_spelling_finds_its_place_in_the_first_three_candidates(spelling, name):
    assert name in names(spelling, country="KZ")[:3]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("в Жанаозене", "Zhanaozen"),
        ("в Москве", "Moscow"),
        ("в Мангистауской области", "Mangystau Region"),
        ("у Києві", "Kyiv"),
        ("у Харкові", "Kharkiv"),
        ("Ақтауда", "Aktau"),
        ("Маңғыстау облысында", "Mangystau Region"),
        ("Алматыдан", "Almaty"),
    ],
)
def test_a_name_in_any_case_is_found(text, name):
    (mention,) = find_places(text, country="KZ")
    assert mention.candidates[0].place.name == name


def test_a_name_of_several_places_shows_them_all_and_the_context_orders_them():
    found = base_gazetteer().lookup("Berlin", country="DE")
    assert found[0].place.country == "DE"
    assert len([c for c in base_gazetteer().lookup("Aktau") if c.place.country == "KZ"]) == 3


def test_a_settlement_lies_in_its_region_and_country():
    table = base_gazetteer()
    town, region, country = (table.lookup(name)[0].place for name in ("Zhanaozen", "Mangystau Region", "Kazakhstan"))
    assert contains(region, town, gazetteer=table)
    assert contains(country, region, gazetteer=table)
    assert not contains(town, region, gazetteer=table)


def test_every_alias_points_to_a_place_of_the_table():
    from esep.places.gazetteer import rows_of

    table = base_gazetteer()
    assert [row["spelling"] for row in rows_of("aliases.csv") if row["place"] not in table.places] == []


def test_an_ordinary_word_is_a_place_only_after_a_word_of_place():
    assert find_places("Police said nothing. Engels wrote it.") == ()
    assert [m.quote for m in find_places("They met in Reading.")] == ["Reading"]


@pytest.mark.parametrize(
    ("word", "code"),
    [("Kazakh", "KZ"), ("Swedish", "SE"), ("шведских", "SE"), ("казахстанская", "KZ"), ("table", None)],
)
def test_an_adjective_names_a_country_and_no_place(word, code):
    assert country_of_adjective(word) == code
    assert find_places(word.capitalize()) == ()


def test_the_data_carry_their_attribution():
    from importlib.resources import files

    assert "GeoNames" in (files("esep.places") / "gazetteer.csv").read_text(encoding="utf-8").splitlines()[0]
