"""Random histories: what was known on a moment, who was who, and what projections say, against replay from zero."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esep.ledger import projections
from esep.ledger.acts import Act, seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.identity import Judgement, cluster, mint
from esep.ledger.ledger import Ledger
from esep.ledger.verifying import verify

START = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = [f"person:{letter}" for letter in "abcdef"]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("name"), st.sampled_from(RECORDS), st.sampled_from(["Aru", "Әру", "Boris"])),
        st.tuples(st.sampled_from(["same", "different", "unsure"]), st.sampled_from(RECORDS), st.sampled_from(RECORDS)),
        st.tuples(st.just("undo"), st.integers(0, 30), st.none()),
        st.tuples(st.just("erase"), st.integers(0, 30), st.none()),
    ),
    max_size=14,
)


class Model:
    """The plainest possible ledger: a list that is replayed."""

    def __init__(self) -> None:
        self.history: list[tuple[str, Draft | str]] = []  # (cid, draft) or ("", cid withdrawn), one entry a seq

    def live(self, upto: int) -> list[tuple[str, Draft]]:
        gone = {entry for cid, entry in self.history[:upto] if cid == ""}
        return [(cid, entry) for cid, entry in self.history[:upto] if cid and cid not in gone]


def play(ledger: Ledger, moves, *, check=None) -> Model:
    model = Model()
    ledger.write([Draft(record, "status", {"status": "missing"}, source=f"source:{record[-1]}") for record in RECORDS],
                 Act("A", START, "test"))  # fmt: skip
    model.history += [(claim.cid, Draft(claim.subject, "status", claim.value)) for claim in ledger.claims()]
    for day, (move, one, other) in enumerate(moves, start=1):
        act = Act("A", START + timedelta(days=day), "test")
        if move in ("undo", "erase"):
            candidates = model.live(len(model.history))
            if not candidates:
                continue
            cid, draft = candidates[one % len(candidates)]
            if move == "undo":
                ledger.write([Draft(draft.subject, draft.prop, {"reason": "r"}, op="retract", target=cid)], act)
            else:
                ledger.erase([cid], act, reason="r")
            model.history.append(("", cid))
        elif move == "name":
            _record(ledger, model, Draft(one, "name", other), act)
        elif one != other:
            _record(ledger, model, Draft(one, move, {}, target=other), act)
        if check:
            check()
    return model


def _record(ledger: Ledger, model: Model, draft: Draft, act: Act) -> None:
    receipt = ledger.write([draft], act)
    claim = next(c for c in ledger.claims(subjects=[draft.subject]) if c.seq == receipt.first_seq)
    model.history.append((claim.cid, draft))


def fresh() -> Ledger:
    return Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("h"))


relaxed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=500, **relaxed)
@given(moves=steps)
def test_known_on_every_position_equals_replay(moves):
    ledger = fresh()
    model = play(ledger, moves)
    for upto in range(len(model.history) + 1):
        assert [claim.cid for claim in ledger.claims(known_on=upto)] == [cid for cid, _ in model.live(upto)]
    ledger.close()


@settings(max_examples=300, **relaxed)  # about 1,400 steps
@given(moves=steps)
def test_projections_after_each_step_equal_rebuilt(moves):
    ledger = fresh()

    def check():
        assert projections.stored(ledger) == projections.computed(ledger)

    play(ledger, moves, check=check)
    assert list(verify(ledger)) == []
    ledger.close()


def union_find(model: Model) -> set[frozenset[str]]:
    """Clusters from scratch by the plainest rule: joins in order, none that brings a different pair together."""
    newest: dict[frozenset[str], Draft] = {}
    for _, draft in model.live(len(model.history)):
        if draft.prop in ("same", "different", "unsure"):
            newest.pop(frozenset((draft.subject, draft.target)), None)
            newest[frozenset((draft.subject, draft.target))] = draft
    apart = [pair for pair, draft in newest.items() if draft.prop == "different"]
    groups = {frozenset((record,)) for record in RECORDS}
    for pair, draft in newest.items():
        if draft.prop == "same":
            merged = frozenset().union(*(group for group in groups if group & pair))
            if not any(two <= merged for two in apart):
                groups = {group for group in groups if not group & pair} | {merged}
    return groups


@settings(max_examples=300, **relaxed)
@given(moves=steps)
def test_joins_and_undos_in_any_order_equal_union_find(moves):
    ledger = fresh()
    model = play(ledger, moves)
    rows = projections.stored(ledger)["identity"]
    entities = {row[2] for row in rows}
    assert {frozenset(row[0] for row in rows if row[2] == entity) for entity in entities} == union_find(model)
    assert all(row[1] == mint(row[0]) for row in rows)
    ledger.close()


def same(seq: int, left: str, right: str, verdict: str = "same") -> Judgement:
    return Judgement(f"c{seq}", seq, verdict, left, right)


FIRST = {record: i for i, record in enumerate(RECORDS)}


def test_a_cluster_has_the_id_of_its_first_record_whatever_was_joined_first():
    one = cluster([same(10, "person:b", "person:c"), same(11, "person:c", "person:a")], first_seq=FIRST)
    other = cluster([same(10, "person:a", "person:c"), same(11, "person:c", "person:b")], first_seq=FIRST)
    assert one.of("person:c") == other.of("person:c") == mint("person:a")


def test_a_forbidden_join_is_shown_and_not_made():
    apart = same(3, "person:a", "person:c", "different")
    clusters = cluster([same(1, "person:a", "person:b"), same(2, "person:b", "person:c"), apart], first_seq=FIRST)
    assert clusters.of("person:c") == mint("person:c")
    assert [(found.left, found.right) for found in clusters.conflicts] == [("person:b", "person:c")]


def test_the_newest_judgement_about_a_pair_counts():
    clusters = cluster([same(1, "person:a", "person:b"), same(2, "person:b", "person:a", "unsure")], first_seq=FIRST)
    assert clusters.of("person:a") != clusters.of("person:b")
