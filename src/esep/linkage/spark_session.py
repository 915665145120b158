"""A Spark session for linkage, on this machine or on a cluster, and the folder that its machines share."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from esep.errors import WrongUse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_INSTALL = 'pip install "esep[spark]", and Java 17 or 21 (Debian: openjdk-17-jre-headless)'
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "4g",
}


@contextmanager
def session(given: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session with these options; one that runs already is used as it is and left running.

    Raises `WrongUse` when PySpark or Java is not there.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise WrongUse("the engine spark is not installed", hint=_INSTALL)
    from pyspark.sql import SparkSession  # noqa: PLC0415 - PySpark is an extra

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    spark = _started(options(given))
    try:
        yield spark
    finally:
        spark.stop()


def _started(known: Mapping[str, str]) -> SparkSession:
    from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 - PySpark is an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415 - PySpark is an extra

    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise WrongUse("Spark needs Java, and there is none on the path", hint=_INSTALL)
    builder = SparkSession.builder.appName("esep link")
    for key, value in known.items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise WrongUse(f"Spark did not start ({error.getCondition()})", hint=f"it needs: {_INSTALL}") from error
    if _is_here(known["spark.master"]) and "PYSPARK_PYTHON" not in os.environ:
        spark.sparkContext.pythonExec = sys.executable  # else the first python3 on the path, which may lack esep
    return spark


def _is_here(master: str) -> bool:
    return master == "local" or master.startswith("local[")


def options(given: Mapping[str, str]) -> dict[str, str]:
    """What the caller set, and what a session of one machine needs where nothing was set."""
    master = given.get("spark.master", "local[*]")
    known = dict(_QUIET)
    if _is_here(master):
        inside = master.removeprefix("local").strip("[]")
        cores = int(inside) if inside.isdigit() else os.cpu_count() or 1
        known |= _LOCAL | {"spark.sql.shuffle.partitions": str(4 * cores)}
    return known | {"spark.master": master} | dict(given)


@contextmanager
def folder_in(place: str) -> Iterator[Path]:
    """A new folder in `place` ("": where the system keeps such files), for this user alone; removed afterwards."""
    if place and not Path(place).is_dir():
        raise WrongUse(f"there is no folder {place}", hint="make it where all machines of the cluster see it")
    with tempfile.TemporaryDirectory(prefix="link-", dir=place or None) as folder:
        yield Path(folder).resolve()
