"""How lists are linked: one value with every choice, its default and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

ENGINES = ("duckdb", "spark")


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of a linkage run.

    `threshold`: share of draws, in (0, 1), in which a pair stands together to speak for joining in the point answer.
    `keep_above`: pairs this probable stay in doubt: they enter draws and the queue.
    `largest_component`: records that doubt may connect; in larger groups the weakest doubt is given up, and it is said.
    `duplicate_free`: names of lists that hold nobody twice.
    `all_pairs_up_to`: up to so many records every pair is compared and nothing is blocked.
    `largest_block`: pairs in one block above which the block is not compared as it stands, and the report warns.
    `pairs_a_record`: budget of long lists: blocks are left out, those that cost most first (`keys.COSTS`), until no
    more pairs than so many for each record are made (a pair that several keys make counts as often).
    `train_from`: records from which parameters are fitted to these lists instead of the shipped ones.
    `draws`: how many partitions are drawn; `seed` of everything random.
    `sex_contradicts`: two different stated sexes keep records apart.
    `engine`: "duckdb", or "spark" for those who outgrow one machine; `spark`: options of its session as key and value;
    `spark_folder`: where its files lie, a folder that driver and executors share ("": the system's for such files).
    """

    threshold: float = 0.5
    keep_above: float = 0.05
    largest_component: int = 60
    duplicate_free: tuple[str, ...] = ()
    all_pairs_up_to: int = 600
    largest_block: int = 10_000
    pairs_a_record: int = 80
    train_from: int = 500
    draws: int = 100
    seed: int = 1
    sex_contradicts: bool = True
    engine: str = "duckdb"
    spark: tuple[tuple[str, str], ...] = ()
    spark_folder: str = ""


DEFAULT_SETTINGS = Settings()
