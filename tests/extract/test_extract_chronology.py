"""Dated actions: a place and a day each; what is unknown stays empty."""

from esep.extract import extract_text


def actions(text, published="2012-01-11"):
    return [p.value for p in extract_text(text, name="s", published=published).of_kind("action")]


def test_several_towns_in_one_sentence_are_several_actions():
    rows = actions(
        "On December 16th in the Swedish towns of Stockholm, Goteborg and Lulea activists distributed leaflets."
    )
    assert [(row["date"], row["city"]) for row in rows] == [
        ("2011-12-16", c) for c in ("Stockholm", "Gothenburg", "Luleå")
    ]


def test_an_undated_action_has_no_date():
    (row,) = actions("In Dublin members of the party organized a picket line.")
    assert row["date"] is None
    assert row["city"] == "Dublin"


def test_a_planned_rally_is_a_plan():
    (row,) = actions("The rally was planned for December 16.")
    assert row["entry"] == "plan"
    assert row["stance"] == "planned"


def test_a_daily_picket_is_a_series():
    (row,) = actions("Since December 16th picket lines take place on a daily basis in Moscow.")
    assert row["entry"] == "series"


def test_a_wave_over_a_country_is_an_umbrella_without_a_city():
    (row,) = actions("On December 20th a new wave of protests followed in Germany.")
    assert (row["entry"], row["city"], row["country"]) == ("umbrella", None, "Germany")


def test_a_monument_is_no_city():
    (row,) = actions("On December 21st activists organized a picket at the monument to Engels in Moscow.")
    assert row["city"] == "Moscow"


def test_the_response_told_in_the_next_sentence_joins_its_action():
    (row,) = actions("On December 17th citizens held a picket in Moscow. Diplomats refused to communicate with them.")
    assert "refused to communicate" in row["response"]


def test_a_date_is_not_carried_over_the_end_of_a_paragraph():
    rows = actions(
        "On December 16th activists picketed the embassy in Moscow.\n\nIn Graz activists picketed the consulate."
    )
    assert [row["date"] for row in rows] == ["2011-12-16", None]


def test_organisers_and_target_are_the_words_of_the_text():
    (row,) = actions("On December 16th the youth union organized a picket at the embassy of Kazakhstan in Kiev.")
    assert row["organisers"] == ["youth union"]
    assert row["target"] == "embassy of Kazakhstan"


def test_russian_ukrainian_and_kazakh_actions_have_city_and_date():
    texts = {
        "16 декабря активисты провели пикет у консульства в Одессе.": "Odesa",
        "16 грудня активісти провели пікет біля консульства в Одесі.": "Odesa",
        "16 желтоқсанда белсенділер Алматыда пикет өткізді.": "Almaty",
    }
    assert {actions(text)[0]["city"] for text in texts} == set(texts.values())
    assert all(actions(text)[0]["date"] == "2011-12-16" for text in texts)


def test_a_list_of_demands_is_divided_and_each_keeps_who_makes_it():
    found = extract_text("The workers demanded higher wages and better conditions.", name="s").of_kind("demand")
    assert [one.value["demand"] for one in found] == ["higher wages", "better conditions"]
    assert {one.value["by"] for one in found} == {"workers"}
