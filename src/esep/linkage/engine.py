"""Splink on DuckDB: the only file that knows its API. Records and pairs in, evidence by field out.

Splink 5 opens no network connection; DuckDB is told not to look for extensions. One connection a run, in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from duckdb.func import PythonUDFType
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from esep.linkage.comparison import NAME_CUTS, NAME_LEVEL, Field, Probabilities, comparisons
from esep.linkage.features import Features, as_table
from esep.linkage.likeness import NOTHING, name_scores
from esep.linkage.spellings import Spellings

_LEAST_TF_U = 0.001
"""Sharing a rare place is never worth more than this chance agreement: ceiling on term frequency."""
_TF_WEIGHT = 0.7
_PART = 500_000
"""Pairs that are scored at once: bounds the memory of a run."""


@dataclass(frozen=True)
class Scored:
    """Pairs with their evidence.

    `left`, `right` int64[P] positions; `weight` float64[P] natural log of the likelihood ratio, without the prior (in
    a `Run` with what the lists of a pair say, see `repeats`);
    `gammas` int8[P, fields] level of each field (-1 missing; the first level has the highest number, the last 0);
    `parts` float32[P, fields] nats each field adds: half the memory of long lists, and finer than anybody reads them.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]
    gammas: NDArray[np.int8]
    parts: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)

    def taken(self, rows: Any) -> Scored:
        """The pairs that `rows` selects (positions or a mask)."""
        return Scored(self.left[rows], self.right[rows], self.weight[rows], self.gammas[rows], self.parts[rows])


def connect() -> DuckDBPyConnection:
    """A DuckDB in memory that never looks for anything outside of it."""
    con = duckdb.connect(":memory:")
    con.execute("set autoinstall_known_extensions = false")
    con.execute("set autoload_known_extensions = false")
    con.execute("set enable_progress_bar = false")
    return con


def level_of(scores: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number of the name level of each score, -1 where there is nothing to compare."""
    found = np.searchsorted(np.array(NAME_CUTS), scores, side="right").astype(np.int32)
    found[scores <= NOTHING] = -1
    return found


def load(
    found: Sequence[Features], *, con: DuckDBPyConnection, spellings: Spellings, places: Mapping[str, float]
) -> None:
    """Put records into the table that linkers read, with the function that compares names.

    `places`: share of the records that each place has, by which a common place weighs less.
    """
    _register_names(con, spellings)
    con.register("records_arrow", as_table(found))
    # Splink asks both records for each column of a condition, so `match_key` has to be there too, empty
    con.execute("create or replace table records as select *, null::tinyint as match_key from records_arrow")
    con.unregister("records_arrow")
    con.register("places_arrow", place_table(places))
    con.execute("create or replace table place_shares as select * from places_arrow")
    con.unregister("places_arrow")


def place_table(places: Mapping[str, float]) -> pa.Table:
    """Shares of places as Splink takes them."""
    shares = pa.array(list(places.values()), pa.float64())
    return pa.table({"place": pa.array(list(places), pa.string()), "tf_place": shares})


def open_linker(model: Mapping[str, Any], *, con: DuckDBPyConnection) -> Any:
    """A Splink linker over the loaded records under a model from `model_of`."""
    for name in ("splink", "splink.internals"):
        logging.getLogger(name).setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register("records"), dict(model), validate_settings=False)
    linker.table_management.register_term_frequency_lookup(api.register("place_shares"), "place")
    return linker


def _register_names(con: DuckDBPyConnection, spellings: Spellings) -> None:
    """Give SQL the function that levels the names of two records by their positions."""

    def name_level(left: Any, right: Any) -> Any:
        return pa.array(level_of(name_scores(spellings, left.to_numpy(), right.to_numpy())), type=pa.int32())

    con.create_function("name_level", name_level, ["BIGINT", "BIGINT"], "INTEGER", type=PythonUDFType.ARROW)


def model_of(probabilities: Probabilities, *, prior: float = 1e-4) -> dict[str, Any]:
    """Splink's settings as it writes them to JSON, for the fields that the probabilities know."""
    chosen = [field for field in comparisons() if field.name in probabilities]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": ["l.unique_id = r.unique_id"],
        "comparisons": [_comparison(field, probabilities[field.name]) for field in chosen],
    }


def _comparison(field: Field, known: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": field.missing, "label_for_charts": "not stated", "is_null_level": True}
    ]
    for place, level in enumerate(field.levels):
        last = place == len(field.levels) - 1
        one: dict[str, Any] = {
            "sql_condition": "ELSE" if last else level.condition,
            "label_for_charts": level.label,
            "m_probability": known["m"][place],
            "u_probability": known["m" if level.says_nothing else "u"][place],
        }
        if place == 0 and field.frequent:
            one |= {
                "tf_adjustment_column": field.frequent,
                "tf_adjustment_weight": _TF_WEIGHT,
                "tf_minimum_u_value": _LEAST_TF_U,
            }
        levels.append(one)
    return {"output_column_name": field.name, "comparison_description": field.name, "comparison_levels": levels}


def score(
    model: Mapping[str, Any],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    names: NDArray[np.float64],
    con: DuckDBPyConnection,
) -> Scored:
    """Evidence for exactly these pairs, ordered by position; `names` are the scores of their names in nats."""
    if not len(left):
        return nothing(len(model["comparisons"]))
    parts = [
        _score_part(model, left[some], right[some], names=names[some], con=con)
        for some in (slice(at, at + _PART) for at in range(0, len(left), _PART))
    ]
    return parts[0] if len(parts) == 1 else joined(parts)


def nothing(fields: int) -> Scored:
    """No pairs."""
    none = np.zeros(0, dtype=np.int64)
    gammas, parts = np.zeros((0, fields), dtype=np.int8), np.zeros((0, fields), dtype=np.float32)
    return Scored(none, none, np.zeros(0), gammas, parts)


def joined(parts: Sequence[Scored]) -> Scored:
    """Scored pairs one after the other."""
    return Scored(
        np.concatenate([one.left for one in parts]),
        np.concatenate([one.right for one in parts]),
        np.concatenate([one.weight for one in parts]),
        np.concatenate([one.gammas for one in parts]),
        np.concatenate([one.parts for one in parts]),
    )


def _score_part(
    model: Mapping[str, Any],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    names: NDArray[np.float64],
    con: DuckDBPyConnection,
) -> Scored:
    linker = open_linker(with_known_names(model), con=con)
    table = _fresh(con, "pairs_to_score")
    con.register("pairs_arrow", pair_table(left, right, names=names))
    con.execute(f"create table {table} as select * from pairs_arrow")  # noqa: S608
    con.unregister("pairs_arrow")
    linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(table))
    predicted = linker.inference.predict(warning_mode="never").physical_name
    columns, fields = evidence_columns(linker)
    found = f"select unique_id_l, unique_id_r, {columns} from {predicted} order by 1, 2"  # noqa: S608
    rows = con.execute(found).fetchnumpy()
    con.execute(f"drop table {table}")
    con.execute(f"drop table {predicted}")
    return gather(rows, fields)


def pair_table(left: NDArray[np.int64], right: NDArray[np.int64], *, names: NDArray[np.float64]) -> pa.Table:
    """Pairs as Splink takes them when it does not choose them itself; `match_key` is the level of their names."""
    levels = pa.array(level_of(names).astype(np.int8))
    return pa.table({"match_key": levels, "join_key_l": pa.array(left), "join_key_r": pa.array(right)})


def evidence_columns(linker: Any) -> tuple[str, int]:
    """What to select from a linker's predictions, in SQL that DuckDB and Spark read, and the number of fields."""
    compared = linker._settings_obj.comparisons
    fields = [comparison.output_column_name for comparison in compared]
    frequent = {comparison.output_column_name for comparison in compared if comparison._has_tf_adjustments}
    weights = [f"mw_{field}" + (f" + mw_tf_adj_{field}" if field in frequent else "") for field in fields]
    gammas = [f"cast(gamma_{field} as tinyint) as g{k}" for k, field in enumerate(fields)]
    return ", ".join([*gammas, *(f"cast({one} as double) as w{k}" for k, one in enumerate(weights))]), len(fields)


def with_known_names(model: Mapping[str, Any]) -> dict[str, Any]:
    """The model with the level of names read from the table of pairs, where it stands as their `match_key`.

    SQL would ask for it once a level, and names are scored before anyway, to choose the pairs.
    """
    found = dict(model)
    found["comparisons"] = [
        one | {"comparison_levels": [_read_level(level) for level in one["comparison_levels"]]}
        for one in model["comparisons"]
    ]
    return found


def _read_level(level: Mapping[str, Any]) -> dict[str, Any]:
    return dict(level) | {"sql_condition": level["sql_condition"].replace(NAME_LEVEL, "match_key")}


def _fresh(con: DuckDBPyConnection, stem: str) -> str:
    """A table name that was not used on this connection: Splink keeps results by the text of its queries."""
    con.execute("create sequence if not exists fresh_table")
    ((number,),) = con.execute("select nextval('fresh_table')").fetchall()
    return f"{stem}_{number}"


def gather(rows: Mapping[str, Any], fields: int) -> Scored:
    """Evidence from columns named as `evidence_columns` names them."""
    pairs = len(rows["unique_id_l"])
    gammas = np.empty((pairs, fields), dtype=np.int8)
    parts, weight = np.empty((pairs, fields), dtype=np.float32), np.zeros(pairs)
    for place in range(fields):
        gammas[:, place] = rows[f"g{place}"]
        nats = np.asarray(rows[f"w{place}"], dtype=np.float64) * np.log(2.0)
        parts[:, place] = nats
        weight += nats
    left, right = (np.asarray(rows[name], dtype=np.int64) for name in ("unique_id_l", "unique_id_r"))
    return Scored(left, right, weight, gammas, parts)
