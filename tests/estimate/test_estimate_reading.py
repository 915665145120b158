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
    ("text", "message"),
    [
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
