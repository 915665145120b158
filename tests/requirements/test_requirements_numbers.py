"""R20, R21, R27, R28, R29: numbers are claims with a speaker, and not every number is a casualty."""

from esep.counts.categories import is_casualty
from esep.events.statements import toll_statements
from esep.ledger.sources import sources

HEAD = "claim_id,source_id,pub_date,as_of_date,category,value_low,value_high,qualifier,said_by,place,scope,copy_of\n"
FIGURES = HEAD + """\
A,SEED1,2012-09,,killed,17,,at_least,,Zhanaozen,all,
B,SEED1,2012-09,,injured,100,,or_more,,Zhanaozen,all,
C,SEED2,2012-01-11,,killed,70,,at_least,Movement,Zhanaozen+Shetpe,all,
D,SEED2,2011-12,,injured,500,,more_than,,Zhanaozen,all,
E,SEED2,2011-12,1989,killed,200,,up_to,,Novyi Uzen,all,
F,SEED2,2011-12-21,2011-12-16,killed,22,,exact,K. Sholpan > press service > newspaper > publisher,Zhanaozen,all,
G,SEED2,2011-12-21,2011-12-16,killed,70,,reached,K. Sholpan > press service > newspaper > publisher,Zhanaozen,all,
H,SEED2,2011-12-21,2011-12-17,killed,100,,more_than,K. Sholpan > press service > newspaper > publisher,Zhanaozen,all,
I,SEED1,2012-09,,convicted,34,,exact,court,Aktau,all,
J,SEED1,2012-09,,fired,1000,,about,,Mangystau,all,
K,SEED2,2011-12,,troops_deployed,1500,,exact,,Zhanaozen,marines,
L,SEED2,2011-12,,buildings_burned,46,,exact,,Zhanaozen,all,
"""


def statements(case):
    found = toll_statements(case.ledger, sources=sources(case.ledger))
    return {toll.id.removeprefix("toll:"): toll for toll in found}


def test_r20_bounds_keep_their_open_ends(case, add):
    add(FIGURES, form="tolls")
    bounds = {name: (toll.bounds.low, toll.bounds.high) for name, toll in statements(case).items()}
    assert [bounds[name] for name in "ABCDE"] == [(17, None), (100, None), (70, None), (501, None), (None, 200)]


def test_r21_a_running_count_is_one_rising_series_and_no_sum_exists_anywhere(case, add):
    add(FIGURES, form="tolls")
    report = case.tolls()
    rising = [[toll.id for toll in series.steps] for series in report.series if series.rises]
    assert ["toll:F", "toll:G", "toll:H"] in rising
    everything = "".join(result.json() + result.text() for result in (report, case.count()))
    assert "192" not in everything
    assert "193" not in everything


def test_r27_past_events_stand_apart(case, add):
    add(FIGURES, form="tolls")
    report = case.tolls()
    assert [toll.id for group in report.past_events for toll in group.tolls] == ["toll:E"]
    assert "toll:E" not in {toll.id for group in report.people for toll in group.tolls}


def test_r28_marines_and_dismissed_enter_no_total_of_casualties(case, add):
    add(FIGURES, form="tolls")
    report = case.tolls()
    assert [toll.id for group in report.other_figures for toll in group.tolls] == ["toll:L"]
    assert [is_casualty(toll.scope.category) for toll in statements(case).values()] == [
        True, True, True, True, True, True, True, True, False, False, False, False]  # fmt: skip
    assert case.count().total.low == 0


def test_r29_a_figure_leads_from_witness_to_publisher(case, add):
    add(FIGURES, form="tolls")
    assert statements(case)["F"].chain == ("K. Sholpan", "press service", "newspaper", "publisher")


def test_a_reprint_is_no_second_root(case, add):
    add(HEAD + "X,PAPER,2011-12-17,,killed,14,,exact,,Zhanaozen,all,\n"
        "Y,REPRINT,2011-12-18,,killed,14,,exact,,Zhanaozen,all,PAPER\n", form="tolls")  # fmt: skip
    found = statements(case)
    assert found["Y"].root == found["X"].root == "source:PAPER"
    assert len(case.tolls().voices.pages) == 2
    assert len(case.tolls().voices.roots) == 1


def test_what_a_figure_leaves_out_is_one_phrase(case, add):
    add("subject,prop,value_json,source_id\n"
        'toll:T,toll,"{""status"": ""injured"", ""low"": 40, ""high"": 40, ""hedge"": ""about"",'
        ' ""scope"": {""excludes"": ""people released""}}",S\n', form="claims")  # fmt: skip
    assert statements(case)["T"].scope.excludes == ("people released",)


def test_r22_the_front_page_names_lowest_and_highest_even_where_the_highest_counts_a_part(case, add, tmp_path):
    add(HEAD + "A,OFFICE,2011-12-17,2011-12-17,killed,17,,exact,Office,Town,all,\n"
        "B,UNION,2011-12-18,2011-12-17,killed,100,,more_than,Union,Town,workers,\n", form="tolls")  # fmt: skip
    case.publish(tmp_path / "site")
    front = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Higher still, in another scope" in front
    assert "more than 100" in front
    assert "17" in front
    for word in ("average", "mean", "median", "117", "118"):
        assert f">{word}<" not in front
