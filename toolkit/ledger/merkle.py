"""Merkle trees as RFC 6962 has them: one root for many leaves, and a short path that proves one of them. Pure.

A leaf's hash is SHA-256 of a zero byte and the leaf; a node's is SHA-256 of a one byte and its two children. So no
leaf passes for a node. The root of nothing is SHA-256 of nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sibling:
    """One step from a leaf to the root: the hash beside it, and whether that stands on the left."""

    hash: bytes
    left: bool


def hash_leaf(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def find_root(leaves: Iterable[bytes]) -> str:
    """Return the root, in hex, of leaves in their order. Holds one hash for each level of the tree, however many."""
    whole: list[tuple[int, bytes]] = []  # full trees, each smaller than the one before: how many leaves, and the root
    for leaf in leaves:
        size, root = 1, hash_leaf(leaf)
        while whole and whole[-1][0] == size:
            size, root = 2 * size, _node(whole.pop()[1], root)
        whole.append((size, root))
    if not whole:
        return hashlib.sha256().hexdigest()
    _, found = whole.pop()
    while whole:
        found = _node(whole.pop()[1], found)
    return found.hex()


def find_path(leaves: Sequence[bytes], at: int) -> tuple[Sibling, ...]:
    """Return the path from the leaf at a place to the root."""
    level = [hash_leaf(leaf) for leaf in leaves]
    steps = []
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            steps.append(Sibling(hash=level[beside], left=beside < at))
        level, at = _above(level), at // 2
    return tuple(steps)


def climb(leaf: bytes, path: Iterable[Sibling]) -> str:
    """Return the root, in hex, that a leaf has by a path."""
    found = hash_leaf(leaf)
    for step in path:
        found = _node(step.hash, found) if step.left else _node(found, step.hash)
    return found.hex()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """Return the next level: neighbours joined, and an odd last one as it is."""
    pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
