"""What each page says: every figure opens, open ends are drawn as open, disagreements stand side by side."""

import re

import pytest

from esep.publish.chart import chart
from esep.publish.shown_tolls import ShownToll
from esep.publish.view import gather
from tests.publish.conftest import MARKUP


def _row(texts, toll):
    return re.search(rf'<tr id="t-{toll}">.*?</tr>', texts["tolls.html"], re.DOTALL)[0]


@pytest.mark.parametrize(
    ("toll", "drawn"),
    [("T3", "open-right"), ("T4", "open-right"), ("T5", "open-left"), ("T6", 'class="line"'), ("T7", "open-both")],
)
def test_open_bounds_are_drawn_as_open(texts, toll, drawn):
    assert drawn in _row(texts, toll)


def test_a_closed_number_is_a_dot_without_a_line(texts):
    row = _row(texts, "T1")
    assert "<circle" in row
    assert "<line" not in row


def test_the_scale_begins_at_zero_and_holds_every_number(view):
    group = view.tolls.of("killed")[0]
    drawn = chart(group.tolls)
    assert drawn.ticks[0][1] == 0
    assert drawn.ticks[-1][1] >= 101
    assert all(0 <= float(mark.end.rstrip("%")) <= 99 for mark in drawn.marks)


def test_a_sum_over_a_series_appears_nowhere(texts, view):
    position = view.settings.position
    for forbidden in (22 + 70, 22 + 70 + 101, 22 + 70 + 100):
        for path, text in texts.items():
            if path.endswith((".html", ".csv")) and not path.startswith("assets/"):
                said = text.replace(f"Position {position};", "").replace(f"<td>{position}</td>", "")
                visible = re.sub(r"<[^>]*>|[0-9a-f]{8,}", " ", said)
                assert not re.search(rf"(?<![\d.-]){forbidden}(?![\d.%-])", visible), (forbidden, path)


def test_the_front_page_gives_lowest_and_highest_with_who_says_so(texts):
    front = texts["index.html"]
    assert re.search(r'Lowest: <strong><a href="tolls.html#t-T6">7 to 20</a></strong>, nobody named', front)
    assert re.search(r'Highest: <strong><a href="tolls.html#t-T3">more than 100</a></strong>, witness 1', front)


def test_a_denied_figure_is_marked_and_neither_lowest_nor_highest(view, texts):
    group = view.tolls.of("killed")[0]
    assert "denied" in _row(texts, "T8")
    assert "toll:T8" not in {toll.id for toll in (*group.lowest, *group.highest)}


def test_troops_stand_apart_from_casualties(texts):
    assert "1,500" in texts["other-numbers.html"]
    assert "1,500" not in texts["tolls.html"]


def test_every_figure_of_the_front_page_opens_to_its_records(texts):
    paths = re.findall(r'href="(counts/[^"]+)"', texts["index.html"])
    assert {"counts/state-killed.html", "counts/total-people.html"} <= set(paths)
    assert "three young men" in texts["counts/state-killed.html"]


def test_a_page_says_what_each_source_says_where_and_how_they_differ(view, texts):
    shown = next(one for one in view.people if "A1" in one.records)
    page = texts[shown.path]
    assert "row 7, column name" in page
    assert "Year of birth" in page.split('id="differences"')[1]
    assert "1990" in page
    assert "1991" in page
    assert page.index("injured") < page.index("killed")  # in the order of dates
    assert "same age and day" in page


def test_unknown_is_said_and_not_left_blank(view, texts):
    shown = next(one for one in view.people if "A1" in one.records)
    assert '<span class="tag">unknown</span>' in texts[shown.path]


def test_an_older_id_leads_to_the_person(view, texts):
    ((old, new),) = view.old_ids.items()
    assert f'content="0; url={new}.html"' in texts[f"people/{old}.html"]
    assert f'href="{new}.html"' in texts[f"people/{old}.html"]


def test_names_have_their_language_and_direction(view, texts):
    shown = next(one for one in view.people if "A1" in one.records)
    assert '<bdi lang="kk" dir="ltr">Айгүл Тестова</bdi>' in texts[shown.path]
    assert '<bdi lang="ar" dir="rtl">أيغول</bdi>' in texts[shown.path]


def test_markup_in_a_name_stays_text(texts):
    assert all(MARKUP not in text for path, text in texts.items() if not path.startswith("data/"))
    assert "&lt;script&gt;" in texts["people.html"]


def test_a_link_that_is_no_web_address_is_not_a_link(texts):
    assert not re.search(r'href="(?!https?:|[\w./#-]+["#])', texts["sources.html"])
    assert "javascript:alert(1)" not in re.findall(r'href="([^"]*)"', texts["sources.html"])
    assert 'href="https://paper.example/1"' in texts["sources.html"]


def test_a_reprint_stands_below_its_root(texts):
    page = texts["sources.html"]
    assert page.index('id="s-PAPER"') < page.index('id="s-COPY"')
    assert re.search(r'id="s-PAPER">(?:(?!</ul>).)*id="s-COPY"', page, re.DOTALL)


def test_single_series_umbrella_and_planned_entries_stand_apart(texts):
    page = texts["chronology.html"]
    order = [
        page.index(words)
        for words in ("shots on", "Series:", "daily", "Umbrella", "a wave", "Planned:", "is announced")
    ]
    assert order == sorted(order)
    assert page.index('id="undated"') < page.index("nobody dates")


def test_the_page_on_method_prints_the_rules_that_were_used(view, texts):
    assert view.settings.root in texts["method.html"]
    assert all(sentence.split("«")[0] in texts["method.html"] for sentence in view.tally.rule)


def test_own_words_judge_nobody_and_call_no_count_an_estimate(texts):
    pages = [texts[path].partition("<main")[2] for path in ("method.html", "corrections.html", "downloads.html")]
    counted = " ".join(pages).partition('<h2 id="inferred"')[0]
    own = re.sub(r"<[^>]*>", " ", counted)
    for word in ("rioter", "massacre", "peaceful", "brutal", "terrorist", "regime", "heroic", "estimate"):
        assert word not in own.casefold()


def test_as_of_an_earlier_day_the_death_is_not_counted(ledger, texts):
    from datetime import date

    early = gather(ledger, title="t", as_of=date(2020, 5, 2))
    killed = next(cell for cell in early.tally.states if cell.key == ("killed",))
    assert killed.low == 3
    assert [toll.id for _, toll in early.tolls.statements if toll.as_of == "2020-05-03"] == []


def test_a_long_group_has_an_overview_by_date_and_speaker(view, texts):
    assert "each mark leads to its statement" in texts["tolls.html"]
    assert re.search(r'<a class="k-witness" href="#t-T1"><title>22, witness 1', texts["tolls.html"])


def test_a_statement_is_shown_once_in_its_group(view):
    every = [toll for _, toll in view.tolls.statements]
    assert all(isinstance(toll, ShownToll) for toll in every)
    assert len({toll.id for toll in every}) == len(every) == 10
