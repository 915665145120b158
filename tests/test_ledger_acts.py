"""The hashed forms are canonical JSON, whatever shortcut computes them."""

import hashlib
import hmac

from hypothesis import given, settings
from hypothesis import strategies as st

from esep.canonical import canonical
from esep.ledger.acts import claim_leaf, commitment, value_text

texts = st.none() | st.text()
plain = st.none() | st.booleans() | st.integers() | st.text()
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6)


@settings(deadline=None)
@given(st.lists(texts, min_size=8, max_size=8), st.binary(min_size=32, max_size=32))
def test_a_leaf_is_the_hash_of_canonical_json(columns, sealed):
    expected = hashlib.sha256(b"\x00" + canonical([*columns, sealed.hex()])).digest()
    assert claim_leaf(columns, sealed) == expected


@settings(deadline=None)
@given(st.binary(min_size=16, max_size=16), values, texts, texts)
def test_a_commitment_is_over_canonical_json(salt, value, lang, original):
    expected = hmac.digest(salt, canonical(["stated", value, lang, original]), "sha256")
    assert commitment(salt, state="stated", value=value_text(value), lang=lang, original=original) == expected
