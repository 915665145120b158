import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureTable
from esep.estimate.reading import read_strata


def write(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_with_counts(tmp_path):
    path = write(tmp_path, "морг,суд,n\n1,0,40\n0,1,30\n1,1,20\n")
    assert CaptureTable.from_csv(path).as_patterns() == {"01": 30, "10": 40, "11": 20}


def test_one_row_a_person_and_semicolons(tmp_path):
    path = write(tmp_path, "\ufeffa;b\n1;0\n1;0\n1;1\n")
    table = CaptureTable.from_csv(path)
    assert (table.lists, table.as_patterns()) == (("a", "b"), {"10": 2, "11": 1})


def test_named_lists_leave_other_columns_and_unlisted_people_out(tmp_path):
    path = write(tmp_path, "id,a,b,c\nx1,1,0,0\nx2,0,0,1\nx3,1,1,0\n")
    assert CaptureTable.from_csv(path, lists=["a", "b"]).as_patterns() == {"10": 1, "11": 1}


def test_strata_by_columns(tmp_path):
    path = write(tmp_path, "place,a,b,n\nnorth,1,0,5\nsouth,1,1,2\nnorth,1,1,1\n")
    strata = read_strata(path, by=["place"])
    assert {key: table.n for key, table in strata.items()} == {("north",): 6, ("south",): 2}


@pytest.mark.parametrize(
    "text",
    [
        '"a";"b";"n"\r\n"1";"0";"40"\r\n"0";"1";"30"\r\n"1";"1";"20"\r\n',
        "sep=;\na;b;n\n1;0;40\n0;1;30\n1;1;20\n",
        "a,b,n,,\n1,0,40,,\n,,,,\n0,1,30,,\n\n1,1,20.0,,\n",
        '"a","b","n"\nTRUE,FALSE,40\nfalse,true,30\nTRUE,TRUE,20\n',
        "a\tb\tn\n1\t0\t39\n1\t0\t1\n0\t1\t30\n1\t1\t20\n",
    ],
    ids=["quotes", "sep", "empty rows and columns", "logical", "tabs and a split count"],
)
def test_what_spreadsheets_and_r_write_is_read_alike(tmp_path, text):
    table = CaptureTable.from_csv(write(tmp_path, text))
    assert (table.lists, table.as_patterns()) == (("a", "b"), {"01": 30, "10": 40, "11": 20})


def test_a_list_that_was_not_active_makes_a_population_of_its_own(tmp_path):
    path = write(tmp_path, "a,b,c,n\n1,0,-,10\n1,1,-,5\n0,1,1,8\n1,1,0,4\n")
    strata = read_strata(path)
    assert {key: (part.lists, part.n) for key, part in strata.items()} == {
        ("all lists",): (("a", "b", "c"), 12), ("without c",): (("a", "b"), 15),
    }  # fmt: skip
    with pytest.raises(EstimateError, match="not every list was active"):
        CaptureTable.from_csv(path)


def test_a_list_that_was_not_active_in_a_place_is_left_out_there(tmp_path):
    path = write(tmp_path, "place,a,b,c\nN,1,0,-\nN,1,1,-\nS,0,1,1\nS,1,1,0\n")
    strata = read_strata(path, by=["place"])
    assert [(key, part.lists) for key, part in strata.items()] == [
        (("N", "without c"), ("a", "b")), (("S",), ("a", "b", "c")),
    ]  # fmt: skip


def test_an_impossible_pattern_is_a_structural_zero(tmp_path):
    table = CaptureTable.from_csv(write(tmp_path, "a,b,c,n\n1,0,0,50\n0,1,0,40\n0,1,1,-\n1,1,1,-\n"))
    assert table.structural_zero.tolist() == [6, 7]


def test_a_pattern_is_impossible_for_fewer_lists_only_if_all_its_continuations_are(tmp_path):
    path = write(tmp_path, "a,b,c,n\n1,0,0,50\n0,1,0,40\n0,1,1,-\n1,1,1,-\n0,0,1,9\n1,0,1,5\n1,1,0,2\n")
    assert CaptureTable.from_csv(path, lists=["b", "c"]).structural_zero.tolist() == [3]
    assert CaptureTable.from_csv(path, lists=["a", "b"]).structural_zero.tolist() == []


def test_all_faults_of_a_file_are_shown_together(tmp_path):
    text = "a,b,n\n1,2,4\n\n1,NA,3\n0,1,-2\n0,0,1\n1,,x\n1,1,1\n"
    with pytest.raises(EstimateError) as caught:
        CaptureTable.from_csv(write(tmp_path, text))
    said = str(caught.value)
    assert "row 2, column 'b' is neither 0 nor 1; row 4, column 'b' is NA; row 5: the count is negative" in said
    assert said.endswith("and 1 more")


def test_twenty_five_lists_are_read(tmp_path):
    names = [f"l{j}" for j in range(25)]
    rows = [",".join("1" if j == i else "0" for j in range(25)) for i in range(25)]
    assert CaptureTable.from_csv(write(tmp_path, "\n".join([",".join(names), *rows]))).list_sizes.tolist() == [1] * 25


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,0\n0,1\n", "no headings"),
        ("a,,n\n1,0,4\n", "column 2 has no heading"),
        ('a,b\n"1,0\n', "cannot be read as CSV"),
        ("", "empty"),
        ("a,b,n\n1,0,-3\n", "row 2: the count is negative"),
        ("a,b,n\n1,0,2.5\n", "row 2: the count is fractional"),
        ("a,b,n\n1,0,\n", "row 2: the count is missing"),
        ("a,b\n1,\n", "row 2, column 'b' is blank"),
        ("a,name\n1,Somebody\n", "column 'name' is neither 0 nor 1"),
        ("a,b\n0,0\n", "row 2: nobody's list is marked"),
        ("a,a\n1,0\n", "two columns of one name"),
        ("a,b\n1\n", "1 cells under 2 headings"),
    ],
)
def test_a_faulty_file_is_refused_by_row_and_column(tmp_path, text, message):
    with pytest.raises(EstimateError, match=message):
        CaptureTable.from_csv(write(tmp_path, text))


def test_a_cell_that_may_be_a_name_is_not_repeated_in_the_message(tmp_path):
    with pytest.raises(EstimateError) as caught:
        CaptureTable.from_csv(write(tmp_path, "a,name\n1,Somebody\n"))
    assert "Somebody" not in str(caught.value) + caught.value.hint


def test_a_missing_file_and_a_missing_column_are_named(tmp_path):
    with pytest.raises(EstimateError, match="cannot be read"):
        CaptureTable.from_csv(tmp_path / "nothing.csv")
    with pytest.raises(EstimateError, match="no column 'z'"):
        CaptureTable.from_csv(write(tmp_path, "a,b\n1,0\n"), lists=["a", "z"])
