"""Merkle trees: one root for many leaves, and a path that proves one without the others."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.merkle import climb, find_path, find_root

LEAVES = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def by_definition(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962 defines it: by halves at the largest power of two below the count."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


@given(LEAVES)
def test_the_root_is_the_standards(leaves: list[bytes]) -> None:
    assert find_root(leaves) == by_definition(leaves).hex()


def test_the_root_of_nothing_is_the_standards() -> None:
    assert find_root([]) == hashlib.sha256(b"").hexdigest()


@given(LEAVES, st.data())
def test_a_path_leads_from_its_leaf_to_the_root_in_few_steps(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    path = find_path(leaves, at)

    assert climb(leaves[at], path) == find_root(leaves)
    assert len(path) <= (len(leaves) - 1).bit_length()


@given(LEAVES, st.binary(max_size=4), st.data())
def test_a_path_proves_no_other_leaf(leaves: list[bytes], other: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    if other != leaves[at]:
        assert climb(other, find_path(leaves, at)) != find_root(leaves)


def test_a_node_does_not_pass_for_a_leaf() -> None:
    one, other = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))

    assert find_root([b"a", b"b"]) != find_root([one + other])
