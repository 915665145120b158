"""Canonical bytes: one value, one form."""

import pytest

from esep.canonical import canonical, identifier
from esep.errors import WrongUse


def test_key_order_does_not_matter():
    expected = b'{"a":[null,true],"b":1}'
    assert canonical({"b": 1, "a": [None, True]}) == canonical({"a": [None, True], "b": 1}) == expected


def test_characters_are_not_normalised():
    assert canonical("\u00e9") != canonical("e\u0301")


@pytest.mark.parametrize("value", [1.0, float("nan"), {1: "a"}, b"x", {"a": {2.5}}])
def test_refuses_what_json_cannot_carry_exactly(value):
    with pytest.raises(WrongUse):
        canonical(value)


def test_parts_of_an_id_are_delimited():
    assert identifier("ab", "c") != identifier("a", "bc")
