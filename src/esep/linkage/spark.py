"""The same model on Spark: blocks, name comparison, Splink's EM and scores on executors, the rest on the driver.

Off by default and an extra, because it needs Java and 480 MB and is slower up to some millions of records. All that
passes between driver and executors lies as files in one folder, which on a cluster every machine has to see under
one name. Neither Splink's jar nor pandas is needed: see `executors`.
"""

from __future__ import annotations

import copy
import importlib.util
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from esep.errors import WrongUse
from esep.linkage import engine, executors
from esep.linkage.backend import OnDuckDB, Positions
from esep.linkage.blocking import Block, Blocked, key_columns
from esep.linkage.engine import Scored
from esep.linkage.features import Features, as_table
from esep.linkage.settings import Settings
from esep.linkage.spellings import Spellings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_INSTALL = 'pip install "esep[spark]", and a Java 17 runtime (Debian: openjdk-17-jre-headless)'
_PAIRS_A_PARTITION = 200_000
_NEAR = "duckdb_jaro_winkler"
_SPARK_WORDS = {
    "jaro_winkler_similarity(": f"{_NEAR}(",
    "len(list_intersect(": "size(array_intersect(",
}
"""What the conditions of `comparison` say in DuckDB's SQL alone, and how Spark says it."""
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.driver.maxResultSize": "0",
}


class OnSpark:
    """A run's records on Spark; see `Backend` for what each function gives."""

    def __init__(self, spark: SparkSession, folder: Path, *, bounded: OnDuckDB) -> None:
        self.bounded = bounded
        self._spark = spark
        self._folder = folder
        self._numbers = count()
        self._parts = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)

    def load(self, found: Sequence[Features], spellings: Spellings) -> None:
        """Put records and spellings into the folder, and the two functions into SQL."""
        from pyspark.sql.functions import arrow_udf  # noqa: PLC0415 - PySpark is an extra

        executors.save_spellings(spellings, self._folder / "spellings")
        level = executors.name_level_by(str(self._folder / "spellings"))
        self._spark.udf.register("name_level", arrow_udf(level, "int"))  # type: ignore[call-overload]
        near = arrow_udf(executors.jaro_winkler, "double")  # type: ignore[call-overload]
        self._spark.udf.register(_NEAR, near)
        self._put("records", as_table(found)).cache().createOrReplaceTempView("records")

    def block(self, found: Sequence[Features], *, largest: int) -> Blocked:
        """One shuffle by key, one to keep each pair once."""
        positions, kinds, keys = key_columns(found)
        self._put("keys", pa.table({"position": positions, "kind": kinds, "key": keys})).createOrReplaceTempView("keys")
        held = self._spark.sql("select kind, key, array_distinct(collect_list(position)) as held from keys group by 1, 2")
        self._spread(held.where("size(held) > 1")).cache().createOrReplaceTempView("blocks")
        pairs = "bigint(size(held)) * (size(held) - 1) / 2"
        small = f"select explode(held) as l, held from blocks where {pairs} <= {largest}"  # noqa: S608
        rows = self._taken(f"select distinct l, r from ({small}) lateral view explode(held) as r where l < r")  # noqa: S608
        order = np.lexsort((rows["r"], rows["l"]))
        large = self._taken(
            f"select kind, key, size(held) as n, bigint({pairs}) as p from blocks where {pairs} > {largest}"  # noqa: S608
        )
        self._spark.table("blocks").unpersist()
        left_out = sorted(zip(-large["n"], large["kind"], large["key"], large["p"], strict=True))
        blocks = tuple(Block(str(kind), -int(n), int(p)) for n, kind, _, p in left_out)
        return Blocked(rows["l"][order], rows["r"][order], blocks)

    def name_levels(self, left: Positions, right: Positions) -> NDArray[np.int32]:
        """Compared on executors; pairs come back numbered, because Spark keeps no order."""
        table = self._pairs(left, right)
        rows = self._taken(f"select place, name_level(join_key_l, join_key_r) as level from {table}")  # noqa: S608
        levels = np.empty(len(left), dtype=np.int32)
        levels[rows["place"]] = rows["level"]
        return levels

    def open_linker(self, model: Mapping[str, Any]) -> Any:
        """A linker whose conditions are written for Spark."""
        from splink import Linker  # noqa: PLC0415 - heavy
        from splink.backends.spark import SparkAPI  # noqa: PLC0415 - PySpark is an extra

        for name in ("splink", "splink.internals"):
            logging.getLogger(name).setLevel(logging.ERROR)
        api = SparkAPI(
            spark_session=self._spark,
            break_lineage_method=os.environ.get("LINEAGE", "persist"),
            num_partitions_on_repartition=self._parts,
            register_udfs_automatically=False,
        )
        return Linker(api.register("records"), in_spark_sql(model))

    def score(self, linker: Any, left: Positions, right: Positions) -> Scored:
        """Evidence for exactly these pairs, ordered by position."""
        table = self._pairs(left, right)
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(table))
        predicted = linker.inference.predict(warning_mode="never").physical_name
        columns, fields = engine.evidence_columns(linker)
        rows = self._taken(f"select unique_id_l, unique_id_r, {columns} from {predicted}")  # noqa: S608
        self._spark.table(predicted).unpersist()
        order = np.lexsort((rows["unique_id_r"], rows["unique_id_l"]))
        return engine.gather({name: column[order] for name, column in rows.items()}, fields)

    def _pairs(self, left: Positions, right: Positions) -> str:
        """A view of pairs, as Splink wants blocked pairs, with their place; spread over the executors."""
        name = f"pairs_{next(self._numbers)}"
        match_key = pa.array(np.zeros(len(left), dtype=np.int8)).cast(pa.string())
        columns = {"match_key": match_key, "join_key_l": left, "join_key_r": right, "place": np.arange(len(left))}
        self._spread(self._put(name, pa.table(columns)), rows=len(left)).createOrReplaceTempView(name)
        return name

    def _spread(self, frame: DataFrame, *, rows: int = 0) -> DataFrame:
        return frame.repartition(max(self._parts, -(-rows // _PAIRS_A_PARTITION)))

    def _put(self, name: str, table: pa.Table) -> DataFrame:
        """A table as a file that Spark reads."""
        path = self._folder / f"{name}.parquet"
        pq.write_table(table, path)
        return self._spark.read.parquet(f"file://{path}")

    def _taken(self, query: str) -> dict[str, NDArray[Any]]:
        """Rows of a query as arrays, by way of files: collecting would pass them through the driver's Java heap."""
        path = self._folder / f"taken_{next(self._numbers)}"
        self._spark.sql(query).write.parquet(f"file://{path}")
        table = pq.read_table(path)
        shutil.rmtree(path)
        return {name: table[name].to_numpy() for name in table.column_names}


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
    found: Sequence[Features], spellings: Spellings, settings: Settings, *, bounded: OnDuckDB
) -> Iterator[OnSpark]:
    """A session with the records loaded; one that runs already (a notebook's, a cluster's) is used and left running."""
    with _session(dict(settings.spark)) as spark, _folder(settings.spark_folder) as folder:
        backend = OnSpark(spark, folder, bounded=bounded)
        backend.load(found, spellings)
        yield backend


@contextmanager
def _session(options: Mapping[str, str]) -> Iterator[SparkSession]:
    if importlib.util.find_spec("pyspark") is None:
        raise WrongUse("the engine spark is not installed", hint=_INSTALL)
    from pyspark.sql import SparkSession  # noqa: PLC0415 - PySpark is an extra

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise WrongUse("Spark needs Java, and there is none on the path", hint=_INSTALL)
    builder = SparkSession.builder.appName("esep link")
    for key, value in _options(options).items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    if spark.sparkContext.master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        spark.sparkContext.pythonExec = sys.executable  # else the first python3 on the path, which may lack esep
    try:
        yield spark
    finally:
        spark.stop()


def _options(given: Mapping[str, str]) -> dict[str, str]:
    """What the caller set, and what a session of one machine needs where nothing was set."""
    master = given.get("spark.master", "local[*]")
    known = dict(_QUIET)
    if master.startswith("local"):
        inside = master.removeprefix("local").strip("[]")
        cores = int(inside) if inside.isdigit() else os.cpu_count() or 1
        known |= _LOCAL | {"spark.sql.shuffle.partitions": str(cores)}
    return known | {"spark.master": master} | dict(given)


@contextmanager
def _folder(named: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="link-", dir=named or None) as folder:
        yield Path(folder).resolve()
