"""What becomes of a case when the machine fails: small numbers here, large ones in `make bench-faults`."""

import random

import pytest
from benchmarks.ledger.faults import fill_disk, flip_bytes, kill_writers


@pytest.mark.parametrize("plain", [True, False])
def test_a_killed_import_loses_nothing_acknowledged_and_tears_no_batch(tmp_path, plain):
    outcome = kill_writers(tmp_path, kills=5, plain=plain, rng=random.Random(1))
    assert (outcome.tries, outcome.lost, outcome.torn, outcome.damaged) == (5, 0, 0, [])
    assert outcome.acknowledged >= outcome.tries


def test_every_flipped_byte_that_holds_something_is_named(tmp_path):
    outcome = flip_bytes(tmp_path, flips=150, rng=random.Random(2))
    assert outcome.missed == []
    assert outcome.named > 30


def test_a_full_disk_is_told_and_the_case_goes_on_after_space_is_freed(tmp_path):
    try:
        told = fill_disk(tmp_path)
    except PermissionError as refusal:
        pytest.skip(str(refusal))
    assert told.startswith("StorageFull: the disk that holds")
