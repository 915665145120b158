"""Ids of persons stay with the records that people decided about, and old ids lead on."""

from hypothesis import given
from hypothesis import strategies as st

from esep.linkage.identity import carry_ids


def mint(cluster):
    return "new-" + min(cluster)


def test_a_cluster_that_grows_keeps_its_id():
    found = carry_ids([{"a", "b", "c"}, {"d"}], {"a": "P1", "b": "P1"}, mint=mint)
    assert found.ids == ("P1", "new-d")
    assert not found.redirects
    assert not found.moved


def test_two_persons_that_become_one_leave_a_redirect():
    found = carry_ids([{"a", "b", "c"}], {"a": "P1", "b": "P2", "c": "P2"}, mint=mint)
    assert found.ids == ("P2",)
    assert found.redirects == {"P1": "P2"}
    assert found.moved == ("a",)


def test_a_split_leaves_the_id_with_the_decided_records():
    before = dict.fromkeys("abc", "P1")
    assert carry_ids([{"a", "b"}, {"c"}], before, mint=mint).ids == ("P1", "new-c")
    assert carry_ids([{"a", "b"}, {"c"}], before, decided={"c"}, mint=mint).ids == ("new-a", "P1")


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_every_id_is_given_once_and_the_same_clusters_keep_theirs(old, new):
    records = [f"r{place}" for place in range(min(len(old), len(new)))]
    before = {record: f"P{label}" for record, label in zip(records, old, strict=False)}
    clusters = [{r for r, label in zip(records, new, strict=False) if label == one} for one in sorted(set(new))]
    found = carry_ids([cluster for cluster in clusters if cluster], before, mint=mint)
    assert len(set(found.ids)) == len(found.ids)
    same = [{r for r in records if before[r] == one} for one in sorted(set(before.values()))]
    assert set(carry_ids(same, before, mint=mint).ids) == set(before.values())
