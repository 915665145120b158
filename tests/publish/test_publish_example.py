"""The bundled example: nobody is shown without a basis, no identity is smuggled in, and it compiles to itself."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDER = EXAMPLES / "zhanaozen"


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_example_has_the_rows_that_its_readme_says():
    numbers = {
        name: len(rows(name))
        for name in ("sources.csv", "tolls.csv", "events.csv", "persons.csv", "claims.csv", "scopes.csv")
    }
    assert tuple(numbers.values()) == (189, 312, 119, 257, 57, 91)
    readme = (FOLDER / "README.md").read_text("utf-8")
    decisions = (FOLDER / "decisions.jsonl").read_text("utf-8").count("\n")
    assert all(f"`{name}` | {number} |" in readme for name, number in {**numbers, "decisions.jsonl": decisions}.items())


def test_no_table_of_the_example_carries_an_identity():
    assert not {"person_id", "truth_id"} & {column for name in FOLDER.glob("*.csv") for column in rows(name.name)[0]}


def test_every_judgement_has_a_reason_and_is_about_records_that_exist():
    people = {f"person:{row['mention_id']}" for row in rows("persons.csv")}
    known = people | {f"group:{row['mention_id']}" for row in rows("groups.csv")}
    for line in (FOLDER / "decisions.jsonl").read_text("utf-8").splitlines():
        decision = json.loads(line)
        assert decision["reason"], line
        assert {decision["left"], decision["right"]} <= known


def test_no_witness_relative_judge_or_official_has_a_basis():
    shown = {row["subject"] for row in rows("claims.csv") if row["prop"] == "public_basis"}
    for row in rows("persons.csv"):
        if f"person:{row['mention_id']}" in shown:
            assert not {"other:witness", "other:relative", "other:judge"} & set(row["roles"].split(";"))
            assert ":official" not in row["roles"]


def test_every_basis_says_why():
    values = [json.loads(row["value_json"]) for row in rows("claims.csv") if row["prop"] == "public_basis"]
    assert all(value["basis"] == "already public" and value["reason"] for value in values)
    assert len(values) == 56


def test_free_text_is_a_few_words_and_no_sentence():
    texts = [row["circumstance"] for row in rows("persons.csv")] + [row["summary"] for row in rows("events.csv")]
    assert max(len(text.split()) for text in texts) <= 12
    assert not any(text.endswith(".") for text in texts)


@pytest.mark.needs_shared
def test_the_compiler_writes_these_files(shared, tmp_path):
    for path in (*EXAMPLES.glob("*.py"), FOLDER):
        copy = tmp_path / path.name
        shutil.copytree(path, copy) if path.is_dir() else shutil.copy(path, copy)
    command = [sys.executable, str(tmp_path / "compile_zhanaozen.py"), str(shared / "data" / "zhanaozen")]
    subprocess.run(command, check=True)
    for path in FOLDER.iterdir():
        assert (tmp_path / "zhanaozen" / path.name).read_bytes() == path.read_bytes(), path.name
