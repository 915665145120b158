"""The Merkle tree over claims, as in RFC 6962 section 2.1.

Leaf hash: SHA-256(0x00 || leaf); node hash: SHA-256(0x01 || left || right); an empty tree hashes the empty
string. `Frontier` keeps only the roots of the perfect subtrees, so appending needs no earlier leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """Roots of the perfect subtrees of a tree of `size` leaves, largest first."""

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self.roots = list(roots)
        if len(self.roots) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(self.roots)}")

    @classmethod
    def from_bytes(cls, size: int, joined: bytes) -> Frontier:
        """Read what `to_bytes` wrote for a tree of `size` leaves."""
        return cls(size, [joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)])

    def to_bytes(self) -> bytes:
        """The subtree roots, joined."""
        return b"".join(self.roots)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        node, size, roots = leaf, self.size, self.roots
        while size & 1:
            node = hashlib.sha256(b"\x01" + roots.pop() + node).digest()
            size >>= 1
        roots.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Root hash of all leaves added so far."""
        if not self.roots:
            return hashlib.sha256(b"").digest()
        node = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            node = node_hash(left, node)
        return node


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Root of a list of leaf hashes, from scratch."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _split(size: int) -> int:
    """Largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Audit path for leaf `index` (RFC 6962, 2.1.1), from the leaf upwards."""
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion_proof(leaves[:middle], index), tree_root(leaves[middle:])]
    return [*inclusion_proof(leaves[middle:], index - middle), tree_root(leaves[:middle])]


def root_from_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Root that an audit path leads to, or None if the path has the wrong length."""
    if size == 1 and index == 0 and not proof:
        return leaf
    if not 0 <= index < size or size == 1 or not proof:
        return None
    middle = _split(size)
    if index < middle:
        inner = root_from_inclusion(leaf, index=index, size=middle, proof=proof[:-1])
        return None if inner is None else node_hash(inner, proof[-1])
    inner = root_from_inclusion(leaf, index=index - middle, size=size - middle, proof=proof[:-1])
    return None if inner is None else node_hash(proof[-1], inner)


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Proof that the first `earlier` leaves are a prefix of the tree (RFC 6962, 2.1.2)."""
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [tree_root(leaves)]
    middle = _split(len(leaves))
    if earlier <= middle:
        return [*_subproof(leaves[:middle], earlier, whole=whole), tree_root(leaves[middle:])]
    return [*_subproof(leaves[middle:], earlier - middle, whole=False), tree_root(leaves[:middle])]


def is_consistent(
    proof: Sequence[bytes], *, earlier: int, earlier_root: bytes, later: int, later_root: bytes
) -> bool:
    """Whether a consistency proof leads from one root to both roots."""
    if earlier == later:
        return not proof and earlier_root == later_root
    if not 0 < earlier < later:
        return False
    rest = list(proof)
    roots = _replay(rest, earlier, later, earlier_root, whole=True)
    return roots == (earlier_root, later_root) and not rest


def _replay(
    proof: list[bytes], earlier: int, later: int, earlier_root: bytes, *, whole: bool
) -> tuple[bytes, bytes] | None:
    if earlier == later:
        known = earlier_root if whole else proof.pop(0) if proof else None
        return None if known is None else (known, known)
    middle = _split(later)
    if earlier <= middle:
        inner = _replay(proof, earlier, middle, earlier_root, whole=whole)
        if inner is None or not proof:
            return None
        return inner[0], node_hash(inner[1], proof.pop(0))
    inner = _replay(proof, earlier - middle, later - middle, earlier_root, whole=False)
    if inner is None or not proof:
        return None
    left = proof.pop(0)
    return node_hash(left, inner[0]), node_hash(left, inner[1])
