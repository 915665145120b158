"""Two readers compared: kappa with its interval, answers against answers, and the pairs to talk about."""

import json

import pytest

from esep.case import agreement_of_files
from esep.case.filled import read_filled
from esep.errors import BadInput, WrongUse
from esep.linkage.agreement import kappa
from tests.invented_lists import NOW, made_case

HEAD = "answer,reason,by,name 1,name 2,left,right\n"
ROWS = ("{0},,{1},Aa,Bb,person:relatives/1,person:union/1\n{2},,{1},Cc,Dd,person:relatives/2,person:press/1\n"
        "{3},,{1},Ee,Ff,person:union/4,person:relatives/4\n")  # fmt: skip


@pytest.fixture
def files(tmp_path):
    def written(anna, bolat, names=("anna", "bolat")):
        paths = tmp_path / "first.csv", tmp_path / "second.csv"
        for path, said, name in zip(paths, (anna, bolat), names, strict=True):
            path.write_text(HEAD + ROWS.format(said[0], name, *said[1:]), encoding="utf-8")
        return paths

    return written


def test_answers_are_crossed_and_differing_pairs_listed(files):
    found = agreement_of_files(files(("same", "no", "?"), ("same", "same", "?")))
    assert (found.first, found.second) == ("anna", "bolat")
    assert found.agreement.table == {("same", "same"): 1, ("different", "same"): 1, ("unsure", "unsure"): 1}
    assert found.differing == ((("person:press/1", "person:relatives/2"), "different", "same"),)
    text = found.text()
    assert "3 pairs read twice, 67% answered alike, kappa 0.50" in text
    assert "person:press/1 - person:relatives/2: different, same" in text


def test_the_pairs_that_differ_are_a_new_table_without_answers(files, tmp_path):
    agreement_of_files(files(("same", "no", "?"), ("same", "same", "?")), to=tmp_path / "differ.csv")
    again = read_filled(tmp_path / "differ.csv")
    assert again.rows == ()
    cells = ("", "", "", "Cc", "Dd", "person:relatives/2", "person:press/1")
    assert again.cells == {("person:press/1", "person:relatives/2"): cells}


def test_pairs_answered_by_one_reader_only_are_counted_apart(files):
    found = agreement_of_files(files(("same", "no", ""), ("same", "", "no")))
    assert found.agreement.pairs == 1
    assert "2 pairs were answered by one reader only" in found.text()


def test_a_reader_is_not_compared_with_himself(files):
    with pytest.raises(BadInput, match="both filled by anna"):
        agreement_of_files(files(("same", "no", "?"), ("same", "no", "?"), names=("anna", "anna")))


def test_two_files_are_needed(files):
    with pytest.raises(WrongUse, match="1 files"):
        agreement_of_files(files(("same",) * 3, ("same",) * 3)[:1])


def test_full_agreement_on_a_few_pairs_is_no_certainty():
    first = dict.fromkeys(range(6), "same") | dict.fromkeys(range(6, 12), "different")
    found = kappa(first, first)
    assert found.kappa == found.high == 1.0
    assert 0.4 < found.low < 0.6  # Wilson: 12 of 12 leaves 0.757 to 1 for the share, by chance 0.5


def test_the_interval_narrows_with_the_number_of_pairs():
    def width(times):
        first = {n: "same" if n % 2 else "different" for n in range(10 * times)}
        second = first | {n: "same" for n in range(0, 10 * times, 10)}
        found = kappa(first, second)
        assert found.low < found.kappa < found.high
        return found.high - found.low

    assert width(40) < width(10) < width(3)


def test_answers_in_a_case_are_compared_by_author(files, tmp_path):
    with made_case(tmp_path) as case:
        for path in files(("same", "no", "?"), ("same", "same", "?")):
            case.decide(path, actor="x", now=NOW)
        (found,) = json.loads(case.agreement().json())
        assert (found["first"], found["second"], found["pairs"]) == ("anna", "bolat", 3)
        assert found["kappa"] == pytest.approx(0.5)
        assert [row["left"] for row in found["differing"]] == ["person:press/1"]
        assert case.agreement(known_on=NOW.replace(year=2025)).all == ()
