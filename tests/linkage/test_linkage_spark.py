"""Spark gives the links that DuckDB gives; without it the message says what to install.

The runs on Spark are skipped where PySpark or Java is absent, also under CI=true: 480 MB and a minute of Java are too
much for every run. `make test-spark` installs the extra beside and runs them.
"""

import importlib.util
import random
import shutil

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.linkage.made_worlds import world
from click.testing import CliRunner

from esep.case import link_files
from esep.cli.main import main
from esep.errors import WrongUse
from esep.linkage import Record, Settings, executors, link, spark_session
from esep.linkage.comparison import NAME_LEVEL, shipped
from esep.linkage.engine import connect, model_of
from esep.linkage.likeness import name_scores
from esep.linkage.spellings import spell

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason="needs the extra spark and Java"
)
TWO = [Record("a", 1, name="Ықылас Тасболатов"), Record("b", 1, name="Тасболатов Ыкылас")]


def test_another_engine_is_refused_by_name():
    with pytest.raises(WrongUse, match="no engine is called 'hive'"):
        link(TWO, Settings(engine="hive"))


def test_without_pyspark_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WrongUse) as caught:
        link(TWO, Settings(engine="spark"))
    assert 'pip install "esep[spark]"' in caught.value.hint
    assert "Java" in caught.value.hint


def test_a_list_stays_unlinked_when_spark_is_absent(tmp_path, monkeypatch):
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", lambda name: None)
    (tmp_path / "a.csv").write_text("name\nЫқылас Тасболатов\n", "utf-8")
    with pytest.raises(WrongUse):
        link_files([tmp_path / "a.csv"], to=tmp_path / "out.csv", engine="spark")
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WrongUse, match="there is no folder"), spark_session.folder_in(str(tmp_path / "no")):
        pass


def test_the_folder_is_for_its_user_alone_and_goes(tmp_path):
    with spark_session.folder_in(str(tmp_path)) as folder:
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_one_machine_gets_defaults_and_a_cluster_its_own_options():
    here = spark_session.options({"spark.master": "local[2]", "spark.driver.memory": "9g"})
    assert (here["spark.sql.shuffle.partitions"], here["spark.driver.memory"]) == ("8", "9g")
    there = spark_session.options({"spark.master": "spark://head:7077"})
    assert "spark.sql.shuffle.partitions" not in there
    assert "spark.driver.host" not in there


def test_executors_score_names_as_the_driver_does(tmp_path):
    records = world(random.Random(5), number=20, lists=2)
    spellings = spell(records)
    executors.save_spellings(spellings, tmp_path)
    left, right = np.triu_indices(len(records), k=1)
    scored = executors.name_score_by(str(tmp_path))(pa.array(left), pa.array(right))
    assert (scored.to_numpy() == name_scores(spellings, left, right)).all()


def test_executors_compare_places_as_duckdb_does():
    words = ["akzhar", "akjar", "bestobe", "zhanaozen", "janaozen", None]
    left, right = ([one for one in words for _ in words], words * len(words))
    found = executors.jaro_winkler(pa.array(left), pa.array(right)).to_pylist()
    con, asked = connect(), "select jaro_winkler_similarity(?, ?)"
    assert found == [con.execute(asked, pair).fetchall()[0][0] for pair in zip(left, right, strict=True)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--spark", "spark.master=local"], "go with --engine spark"),
        (["--engine", "spark", "--spark", "spark.master"], "KEY=VALUE"),
        (["--engine", "spark", "--spark", "java=8"], "begins with spark."),
    ],
)
def test_options_that_cannot_mean_anything_are_wrong_use(tmp_path, options, said):
    (tmp_path / "a.csv").write_text("name\nЫқылас Тасболатов\n", "utf-8")
    result = CliRunner().invoke(main, ["link", str(tmp_path / "a.csv"), "--to", str(tmp_path / "out.csv"), *options])
    assert result.exit_code == 2
    assert said in result.output


@needs_spark
def test_conditions_hold_no_word_that_spark_lacks():
    from esep.linkage.engine import with_known_names
    from esep.linkage.spark import in_spark_sql

    text = str(in_spark_sql(with_known_names(model_of(shipped()["probabilities"]))))
    assert not [word for word in ("jaro_winkler_similarity(", "list_intersect", "len(", NAME_LEVEL) if word in text]


@pytest.fixture(scope="module")
def running():
    with spark_session.session({"spark.master": "local[2]", "spark.driver.memory": "1g"}) as spark:
        yield spark


@needs_spark
def test_links_are_those_of_duckdb_and_a_running_session_is_left_running(running):
    records = world(random.Random(77), number=150, lists=3)
    free = tuple(sorted({record.list for record in records}))[:1]
    made = {"draws": 20, "all_pairs_up_to": 0, "train_from": 100, "duplicate_free": free}
    here = link(records, Settings(**made))
    there = link(records, Settings(**made, engine="spark"))
    assert there.rows() == here.rows()
    assert (there.run.scored.left == here.run.scored.left).all()
    assert (there.run.scored.gammas == here.run.scored.gammas).all()
    assert np.allclose(there.run.scored.weight, here.run.scored.weight, rtol=0, atol=1e-9)
    assert there.run.blocked.seen == here.run.blocked.seen
    assert there.run.blocked.too_large == here.run.blocked.too_large
    assert running.range(3).count() == 3


@needs_spark
@pytest.mark.usefixtures("running")
def test_records_that_share_no_key_have_no_pairs(running):
    apart = [Record("a", 1, name="Ықылас"), Record("b", 1, name="Гүлсім")]
    found = link(apart, Settings(draws=5, all_pairs_up_to=0, engine="spark"))
    assert (found.people, len(found.run.scored)) == (2, 0)
