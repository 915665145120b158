"""The same model on Spark: pairs are made, their names compared and their evidence scored on executors.

Off by default and an extra: it needs Java and 480 MB, and for one machine it is the slower engine. Records, blocks,
parameters and what follows from scored pairs stay on the driver. All that passes between driver and executors lies as
files in one folder, which on a cluster every machine has to see under one name. Splink's jar is not needed: no
function of it gives the numbers that DuckDB gives (see `executors`).
"""

from __future__ import annotations

import copy
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from esep.linkage import engine, executors
from esep.linkage.blocking import LEAST_NAME, Blocked, Blocks, NameScores, blocks_of
from esep.linkage.engine import Scored
from esep.linkage.features import Features, as_table
from esep.linkage.keys import Positions, block_keys
from esep.linkage.settings import Settings
from esep.linkage.spark_session import folder_in, session
from esep.linkage.spellings import Spellings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PAIRS_A_PARTITION = 200_000
_RECORDS, _PLACES = "esep_records", "esep_places"
_NEAR = "duckdb_jaro_winkler"
_SPARK_WORDS = {
    "jaro_winkler_similarity(": f"{_NEAR}(",
    "len(list_intersect(": "size(array_intersect(",
}
"""What the conditions of `comparison` say in DuckDB's SQL alone, and how Spark says it."""
_PAIRS = """
    with held as (select sure, collect_list(struct(record, apart)) as members from esep_blocks group by block, sure),
    lefts as (select sure, members, explode(members) as l from held),
    both as (select sure, l, explode(members) as r from lefts)
    select l.record as l, r.record as r, bool_or(sure) as sure from both
    where l.record < r.record and (l.apart != r.apart or l.apart < 0)
    group by 1, 2
"""
"""One shuffle brings the records of a block together, one keeps each pair once."""


class OnSpark:
    """A run's records on Spark; see `Backend` for what each function gives."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self._spark = spark
        self._folder = folder
        self._numbers = count()

    def load(self, found: Sequence[Features], spellings: Spellings, places: Mapping[str, float]) -> None:
        """Put records, spellings and shares of places into the folder, and two functions into SQL."""
        from pyspark.sql.functions import arrow_udf  # noqa: PLC0415 - PySpark is an extra

        executors.save_spellings(spellings, self._folder / "spellings")
        scored = executors.name_score_by(str(self._folder / "spellings"))
        self._spark.udf.register("name_score", arrow_udf(scored, "double"))
        near = arrow_udf(executors.jaro_winkler, "double")
        self._spark.udf.register(_NEAR, near)
        records = as_table(found)
        records = records.append_column("match_key", pa.nulls(len(records), pa.int8()))
        self._put("records", records).createOrReplaceTempView(_RECORDS)
        self._put("places", engine.place_table(places)).createOrReplaceTempView(_PLACES)

    def block(self, found: Sequence[Features], *, apart: Positions, names: NameScores, settings: Settings) -> Blocked:
        """Keys and blocks are made here, pairs and their name scores (not by `names`) on executors."""
        from pyspark.sql import Observation, functions  # noqa: PLC0415 - PySpark is an extra

        blocks, too_large = blocks_of(block_keys(found), settings, len(found))
        self._put("blocks", _members(blocks, apart)).createOrReplaceTempView("esep_blocks")
        pairs = self._spark.sql(_PAIRS)
        seen = Observation()
        every = functions.count(functions.lit(1)).alias("pairs")
        pairs.observe(seen, every).createOrReplaceTempView("esep_pairs")
        scored = self._spark.sql("select l, r, sure, name_score(l, r) as names from esep_pairs")
        rows = _ordered(self._taken(scored.where(f"sure or names >= {LEAST_NAME}").drop("sure")), "l", "r")
        return Blocked(rows["l"], rows["r"], rows["names"], int(seen.get["pairs"]), too_large, blocks.left_out)

    def score(
        self, model: Mapping[str, Any], left: Positions, right: Positions, *, names: NDArray[np.float64]
    ) -> Scored:
        """Splink's own prediction on Spark; the columns that are needed come back by way of files."""
        if not len(left):
            return engine.nothing(len(model["comparisons"]))
        table = f"esep_pairs_{next(self._numbers)}"
        pairs = self._put(table, engine.pair_table(left, right, names=names))
        parts = max(self._spark.sparkContext.defaultParallelism, -(-len(left) // _PAIRS_A_PARTITION))
        pairs.repartition(parts).createOrReplaceTempView(table)
        linker = self._linker(model)
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(table))
        predicted = linker.inference.predict(warning_mode="never").physical_name
        columns, fields = engine.evidence_columns(linker)
        wanted = self._spark.sql(f"select unique_id_l, unique_id_r, {columns} from {predicted}")  # noqa: S608
        return engine.gather(_ordered(self._taken(wanted), "unique_id_l", "unique_id_r"), fields)

    def _linker(self, model: Mapping[str, Any]) -> Any:
        """A Splink linker whose conditions are written for Spark."""
        from splink import Linker  # noqa: PLC0415 - heavy

        from esep.linkage.spark_api import LazySpark  # noqa: PLC0415 - PySpark is an extra

        for name in ("splink", "splink.internals"):
            logging.getLogger(name).setLevel(logging.ERROR)
        opened: Any = LazySpark
        api = opened(spark_session=self._spark, break_lineage_method="persist", register_udfs_automatically=False)
        known = in_spark_sql(engine.with_known_names(model))
        linker = Linker(api.register(_RECORDS), known, validate_settings=False)
        linker.table_management.register_term_frequency_lookup(api.register(_PLACES), "place")
        return linker

    def _put(self, name: str, table: pa.Table) -> DataFrame:
        """A table as a file that Spark reads."""
        path = self._folder / f"{name}.parquet"
        pq.write_table(table, path)
        return self._spark.read.parquet(f"file://{path}")

    def _taken(self, frame: DataFrame) -> dict[str, NDArray[Any]]:
        """Rows as arrays, by way of files: collecting would pass them through the driver's Java heap."""
        path = self._folder / f"taken_{next(self._numbers)}"
        frame.write.parquet(f"file://{path}")
        table = pq.read_table(path)
        shutil.rmtree(path)
        return {name: table[name].to_numpy() for name in table.column_names}


def _members(blocks: Blocks, apart: Positions) -> pa.Table:
    """One row a record in a block."""
    sizes = np.diff(blocks.begins)
    return pa.table(
        {
            "block": np.repeat(np.arange(len(sizes)), sizes),
            "record": blocks.members,
            "apart": apart[blocks.members],
            "sure": np.repeat(blocks.sure, sizes),
        }
    )


def _ordered(rows: Mapping[str, NDArray[Any]], first: str, second: str) -> dict[str, NDArray[Any]]:
    """Rows by two columns: Spark keeps no order."""
    order = np.lexsort((rows[second], rows[first]))
    return {name: column[order] for name, column in rows.items()}


def in_spark_sql(model: Mapping[str, Any]) -> dict[str, Any]:
    """Splink's settings with every condition turned from DuckDB's SQL into Spark's."""
    found = copy.deepcopy(dict(model))
    for comparison in found["comparisons"]:
        for level in comparison["comparison_levels"]:
            for written, meant in _SPARK_WORDS.items():
                level["sql_condition"] = level["sql_condition"].replace(written, meant)
    return found


@contextmanager
def on_spark(
    found: Sequence[Features], spellings: Spellings, settings: Settings, *, places: Mapping[str, float]
) -> Iterator[OnSpark]:
    """Spark with the records loaded; a session that runs already (a notebook's) is used and left running."""
    with session(dict(settings.spark)) as spark, folder_in(settings.spark_folder) as folder:
        backend = OnSpark(spark, folder)
        backend.load(found, spellings, places)
        yield backend
