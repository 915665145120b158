"""What esep is measured beside: plain Splink on two kinds of names, and a rule of twenty lines.

All get what esep gets: one column with the name as the list writes it. Given and family name are told apart by
`esep.names` for folded names, by their place for plain ones, so these figures lie below those that Splink reaches
on columns somebody has parted by hand.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from itertools import combinations

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from rapidfuzz.distance import JaroWinkler
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from esep.linkage.components import Sets
from esep.linkage.features import describe
from esep.linkage.records import Record
from esep.names import features, search_key
from esep.names.plain import plain

THRESHOLD = 0.9


def columns(records: list[Record], *, folded: bool) -> pa.Table:
    """Given and family name (folded, or only romanised letter by letter), sex, birth, date, place."""
    rows = []
    for number, (record, known) in enumerate(zip(records, describe(records), strict=True)):
        name = features(record.name)
        words = plain(record.name).split()
        given, family = (name.given, name.family) if folded else (words[0] if words else "", words[-1] if words else "")
        rows.append({
            "unique_id": number,
            "given": given or None,
            "family": family or None,
            "patronymic": (name.patronymic if folded else "") or None,
            "sex": known.stated_sex,
            "dob": record.birth_date or None,
            "birth_year": None if known.birth_first is None else round((known.birth_first + known.birth_last) / 730.5),
            "day": record.date or None,
            "place": (search_key(record.place) if folded else plain(record.place)) or None,
        })  # fmt: skip
    return pa.Table.from_pylist(rows)


WIDE = (
    block_on("given", "patronymic"),
    block_on("family", "patronymic"),
    block_on("patronymic", "birth_year"),
    block_on("substr(family, 1, 4)", "given"),
    block_on("substr(given, 1, 4)", "family"),
    block_on("substr(family, 1, 3)", "substr(given, 1, 3)", "place"),
    block_on("substr(family, 1, 3)", "substr(given, 1, 3)", "birth_year"),
    block_on("substr(given, 1, 3)", "place", "day"),
    block_on("birth_year", "place", "day"),
    block_on("given", "day"),
    block_on("patronymic", "place"),
    "substr(l.given, 1, 4) = substr(r.family, 1, 4) and substr(l.family, 1, 4) = substr(r.given, 1, 4)",
)
"""Twelve rules more, for twenty in all: what somebody adds who looks for missed pairs."""


def splink_clusters(records: list[Record], *, folded: bool, wide: bool = False) -> list[int]:
    """A usual Splink model: three EM sessions, term frequency on names, connected components at 0.9.

    `wide` adds the patronymic and twelve blocking rules.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    con = duckdb.connect()
    con.register("input", columns(records, folded=folded))
    con.execute("create table people as select * from input")
    names = [cl.JaroWinklerAtThresholds(name, [0.93, 0.85]).configure(term_frequency_adjustments=True)
             for name in ("given", "family")]  # fmt: skip
    rest = [cl.ExactMatch(name) for name in ("sex", "dob", "birth_year", "day")]
    rules = [
        block_on("given", "family"),
        block_on("family", "birth_year"),
        block_on("given", "birth_year"),
        block_on("family", "place"),
        block_on("given", "place", "day"),
        block_on("dob"),
        block_on("family", "day"),
        "l.given = r.family and l.family = r.given",
    ]
    more = [cl.JaroWinklerAtThresholds("patronymic", [0.9])] if wide else []
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*names, *more, *rest, cl.JaroWinklerAtThresholds("place", [0.9])],
        blocking_rules_to_generate_predictions=[*rules, *(WIDE if wide else ())],
    )
    linker = Linker(DuckDBAPI(connection=con).register("people"), settings)
    sure = [block_on("given", "family", "birth_year"), block_on("given", "family", "dob")]
    try:
        linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    except ValueError:  # no pair under the rules: Splink stops on a logarithm of zero
        return list(range(len(records)))
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("given", "family"), block_on("birth_year", "place"), block_on("dob")):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except EMTrainingException:  # no pairs agree on these fields
            continue
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD, warning_mode="never").physical_name
    sets = Sets(len(records))
    for left, right in con.execute(f"select unique_id_l, unique_id_r from {pairs}").fetchall():
        sets.join(left, right)
    return [sets.find(place) for place in range(len(records))]


def rule_clusters(records: list[Record]) -> list[int]:
    """Twenty lines: same block of a folded word, token-sorted names alike, nothing that contradicts."""
    keys = [" ".join(sorted(features(record.name).tokens)) for record in records]
    known = describe(records)
    blocks = defaultdict(list)
    for place, key in enumerate(keys):
        for word in set(key.split()):
            blocks[word[:4]].append(place)
    sets = Sets(len(records))
    for block in blocks.values():
        for left, right in combinations(block, 2):
            one, two = known[left], known[right]
            years = one.birth_first is not None and two.birth_first is not None
            if years and max(one.birth_first - two.birth_last, two.birth_first - one.birth_last) > 730:
                continue
            if one.sex and two.sex and one.sex != two.sex:
                continue
            if JaroWinkler.similarity(keys[left], keys[right]) >= 0.92:
                sets.join(left, right)
    return [sets.find(place) for place in range(len(records))]
