"""Vectors of the ledger format: one outcome a file, read by our verifier and by the 60-line one without our code."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from spec.make_vectors import variants, whole

from esep.ledger.ledger import Ledger
from esep.ledger.verifying import verify

SPEC = Path(__file__).resolve().parents[1] / "spec"
VECTORS = sorted((SPEC / "vectors").glob("*.json"))


def loaded(path):
    vector = json.loads(path.read_text("utf-8"))
    for table in ("batch", "claim", "claim_value"):
        for row in vector[table]:
            for name, cell in row.items():
                if isinstance(cell, dict):
                    row[name] = bytes.fromhex(cell["hex"])
    return vector


def check_ledger():
    spec = importlib.util.spec_from_file_location("check_ledger", SPEC / "check_ledger.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_standard_library_alone_finds_what_the_vector_says(path):
    vector = loaded(path)
    found = list(check_ledger().check(lambda table: vector[table]))
    if vector["expect"] is None:
        assert found == []
    else:
        assert any(fault.endswith(vector["expect"]) for fault in found)


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_our_verifier_agrees(path):
    vector = loaded(path)
    ledger = Ledger.create(Path(":memory:"), key=None, case="vector")
    ledger.database.run("PRAGMA foreign_keys = OFF")
    for table in ("batch", "claim", "claim_value"):
        for row in vector[table]:
            marks = ", ".join("?" * len(row))
            ledger.database.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    found = [finding for finding in verify(ledger) if not finding.where.startswith("projection")]
    assert bool(found) == (vector["expect"] is not None)


def test_the_vectors_are_what_the_script_writes():
    made = {name: (expect, rows) for name, expect, rows in variants(whole())}
    assert sorted(made) == [path.stem for path in VECTORS]
    for path in VECTORS:
        vector = json.loads(path.read_text("utf-8"))
        expect, rows = made[path.stem]
        assert vector["expect"] == expect
        assert {table: vector[table] for table in rows} == json.loads(json.dumps(rows))


def test_a_case_is_checked_without_our_software(tmp_path):
    from benchmarks.ledger.faults import small_case

    case = small_case(tmp_path)
    command = [sys.executable, "-I", str(SPEC / "check_ledger.py"), str(case / "ledger.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("whole; root ")
