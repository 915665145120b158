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

from esep.linkage.comparison import NAME_CUTS, Field, Probabilities, comparisons
from esep.linkage.features import Features, as_table
from esep.linkage.likeness import NOTHING, name_scores
from esep.linkage.spellings import Spellings

_LEAST_TF_U = 0.001
"""Sharing a rare place is never worth more than this chance agreement: ceiling on term frequency."""
_TF_WEIGHT = 0.7
_MISSING_GAMMA = -1


@dataclass(frozen=True)
class Scored:
    """Pairs with their evidence.

    `left`, `right` int64[P] positions; `weight` float64[P] natural log of the likelihood ratio, without the prior;
    `gammas` int8[P, fields] level of each field (-1 missing; the first level has the highest number, the last 0);
    `parts` float64[P, fields] nats each field adds.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]
    gammas: NDArray[np.int8]
    parts: NDArray[np.float64]

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


def load(found: Sequence[Features], *, con: DuckDBPyConnection, levels: NameLevels) -> None:
    """Put the records into the table that linkers read, with the function that compares names."""
    _register_names(con, levels)
    con.register("records_arrow", as_table(found))
    con.execute("create or replace table records as select * from records_arrow")
    con.unregister("records_arrow")


def open_linker(model: Mapping[str, Any], *, con: DuckDBPyConnection) -> Any:
    """A Splink linker over the loaded records under a model from `model_of`."""
    for name in ("splink", "splink.internals"):
        logging.getLogger(name).setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    return Linker(api.register("records"), dict(model))


class NameLevels:
    """Name levels of pairs; those of the pairs given first are kept, because SQL asks for each several times."""

    def __init__(self, spellings: Spellings) -> None:
        self._spellings = spellings
        self._records = len(spellings.first)
        self._keys = np.zeros(0, dtype=np.int64)
        self._levels = np.zeros(0, dtype=np.int32)

    def keep(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> None:
        """Compute and keep the levels of these pairs in place of those kept before."""
        keys = left * self._records + right
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._levels = level_of(name_scores(self._spellings, left[order], right[order]))

    def __call__(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int32]:
        """Levels of pairs, kept or not."""
        keys = left * self._records + right
        places = np.minimum(np.searchsorted(self._keys, keys), max(len(self._keys) - 1, 0))
        if len(self._keys) and bool((self._keys[places] == keys).all()):
            return self._levels[places]
        return level_of(name_scores(self._spellings, left, right))


def _register_names(con: DuckDBPyConnection, levels: NameLevels) -> None:
    """Give SQL the function that levels the names of two records by their positions."""

    def name_level(left: Any, right: Any) -> Any:
        return pa.array(levels(left.to_numpy(), right.to_numpy()), type=pa.int32())

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
            "u_probability": known["u"][place],
        }
        if place == 0 and field.frequent:
            one |= {
                "tf_adjustment_column": field.frequent,
                "tf_adjustment_weight": _TF_WEIGHT,
                "tf_minimum_u_value": _LEAST_TF_U,
            }
        levels.append(one)
    return {"output_column_name": field.name, "comparison_description": field.name, "comparison_levels": levels}


def score(linker: Any, left: NDArray[np.int64], right: NDArray[np.int64], *, con: DuckDBPyConnection) -> Scored:
    """Evidence for exactly these pairs, ordered by position."""
    table = _fresh(con, "pairs_to_score")
    match_keys = pa.array(np.zeros(len(left), dtype=np.int8)).cast(pa.string())
    pairs = pa.table({"match_key": match_keys, "join_key_l": pa.array(left), "join_key_r": pa.array(right)})
    con.register("pairs_arrow", pairs)
    con.execute(f"create table {table} as select * from pairs_arrow")  # noqa: S608
    con.unregister("pairs_arrow")
    linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(table))
    predicted = linker.inference.predict(warning_mode="never").physical_name
    columns, fields = evidence_columns(linker)
    found = f"select unique_id_l, unique_id_r, {columns} from {predicted} order by 1, 2"  # noqa: S608
    rows = con.execute(found).fetchnumpy()
    con.execute(f"drop table {table}")
    return gather(rows, fields)


def evidence_columns(linker: Any) -> tuple[str, int]:
    """What to select from a linker's predictions, in SQL that both engines read, and the number of fields."""
    compared = linker._settings_obj.comparisons
    fields = [comparison.output_column_name for comparison in compared]
    frequent = {comparison.output_column_name for comparison in compared if comparison._has_tf_adjustments}
    weights = [f"mw_{field}" + (f" + mw_tf_adj_{field}" if field in frequent else "") for field in fields]
    gammas = [f"cast(gamma_{field} as tinyint) as g{k}" for k, field in enumerate(fields)]
    return ", ".join([*gammas, *(f"cast({one} as double) as w{k}" for k, one in enumerate(weights))]), len(fields)


def _fresh(con: DuckDBPyConnection, stem: str) -> str:
    """A table name that was not used on this connection: Splink keeps results by the text of its queries."""
    con.execute("create sequence if not exists fresh_table")
    ((number,),) = con.execute("select nextval('fresh_table')").fetchall()
    return f"{stem}_{number}"


def gather(rows: Mapping[str, Any], fields: int) -> Scored:
    """Evidence from columns named as `evidence_columns` names them."""
    pairs = len(rows["unique_id_l"])
    gammas = np.empty((pairs, fields), dtype=np.int8)
    parts = np.empty((pairs, fields), dtype=np.float64)
    for place in range(fields):
        gammas[:, place] = rows[f"g{place}"]
        parts[:, place] = np.asarray(rows[f"w{place}"], dtype=np.float64) * np.log(2.0)
    left, right = (np.asarray(rows[name], dtype=np.int64) for name in ("unique_id_l", "unique_id_r"))
    return Scored(left, right, parts.sum(axis=1), gammas, parts)
