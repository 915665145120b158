"""Merkle roots and proofs against RFC 6962 and an independent library."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from esep.ledger.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    root_from_inclusion,
    tree_root,
)

LEAVES = [leaf_hash(bytes([i])) for i in range(256)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 130, 256])
def test_roots_equal_an_independent_library(size):
    peer = InmemoryTree(algorithm="sha256")
    for i in range(size):
        peer.append_entry(bytes([i]))
    assert tree_root(LEAVES[:size]) == peer.get_root()


def test_an_empty_tree_hashes_nothing():
    assert Frontier().root() == hashlib.sha256(b"").digest()


def test_every_leaf_is_proved_and_no_other():
    for size in (1, 2, 5, 16, 33, 64):
        root = tree_root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(LEAVES[:size], index)
            assert root_from_inclusion(LEAVES[index], index=index, size=size, proof=proof) == root
            assert root_from_inclusion(LEAVES[index + 1], index=index, size=size, proof=proof) != root


def test_every_prefix_is_proved_and_no_other():
    for later in (1, 2, 7, 31, 32, 65):
        for earlier in range(1, later + 1):
            proof = consistency_proof(LEAVES[:later], earlier)
            sizes = {"earlier": earlier, "later": later, "later_root": tree_root(LEAVES[:later])}
            assert is_consistent(proof, earlier_root=tree_root(LEAVES[:earlier]), **sizes)
            assert not is_consistent(proof, earlier_root=LEAVES[200], **sizes)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.binary(max_size=4), max_size=40), st.integers(0, 40))
def test_a_frontier_goes_on_where_it_was_saved(entries, cut):
    leaves = [leaf_hash(entry) for entry in entries]
    saved = Frontier()
    for leaf in leaves[:cut]:
        saved.append(leaf)
    resumed = Frontier.from_bytes(saved.size, saved.to_bytes())
    for leaf in leaves[cut:]:
        resumed.append(leaf)
    assert resumed.root() == tree_root(leaves)


def test_a_frontier_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="perfect subtrees"):
        Frontier.from_bytes(3, b"x" * 32)
