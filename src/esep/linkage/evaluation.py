"""How well clusters agree with a truth that the linker did not see.

Pairs: precision, recall and F1 over pairs of records. B-cubed (Bagga and Baldwin 1998): the same, averaged over
records. Clusters: share of clusters that are exactly right, in both directions. Records without a truth are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean F1; None where there was nothing to count."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """Harmonic mean."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores over the records with a truth.

    `blocking_recall` is the share of true pairs that were compared; `within_list_false` the share of joined pairs
    inside one list that are wrong merges, over the records of lists; `by_list` pair scores of pairs between two lists.
    """

    records: int
    true_pairs: int
    pairs: Score
    b_cubed: Score
    clusters: Score
    blocking_recall: float | None
    within_list_false: float | None
    by_list: Mapping[tuple[str, str], Score]
    by_script: Mapping[str, Score]

    def text(self) -> str:
        """Lines for a person."""
        lines = [f"scored against a truth: {self.records} records, {self.true_pairs} true pairs"]
        for name, score in (("pairs", self.pairs), ("B-cubed", self.b_cubed), ("clusters", self.clusters)):
            precision, recall, f1 = map(_show, (score.precision, score.recall, score.f1))
            lines.append(f"  {name}: precision {precision}, recall {recall}, F1 {f1}")
        lines.append(f"  true pairs that were compared: {_show(self.blocking_recall)}")
        lines.append(f"  records wrongly merged with one of their own list: {_show(self.within_list_false)}")
        lines += [f"  {one} x {two}: F1 {_show(score.f1)}" for (one, two), score in sorted(self.by_list.items())]
        lines += [f"  {script}: F1 {_show(score.f1)}" for script, score in sorted(self.by_script.items())]
        return "\n".join(lines)

    def json(self) -> dict[str, object]:
        """The same as plain values."""
        return {
            "records": self.records,
            "true_pairs": self.true_pairs,
            "pairs": _plain(self.pairs),
            "b_cubed": _plain(self.b_cubed),
            "clusters": _plain(self.clusters),
            "blocking_recall": self.blocking_recall,
            "within_list_false": self.within_list_false,
            "by_list": [{"lists": list(lists), **_plain(score)} for lists, score in sorted(self.by_list.items())],
            "by_script": [{"script": script, **_plain(score)} for script, score in sorted(self.by_script.items())],
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """A record to score: its cluster, its truth, its list and the script of its name."""

    cluster: str
    truth: str
    list: str
    script: str = ""


def evaluate(judged: Sequence[Judged], *, compared_true_pairs: int | None = None) -> Evaluation:
    """Score clusters; `compared_true_pairs` is how many true pairs the linker compared at all."""
    true_pairs = _pairs(Counter(one.truth for one in judged))
    return Evaluation(
        records=len(judged),
        true_pairs=true_pairs,
        pairs=pair_score(judged),
        b_cubed=_b_cubed(judged),
        clusters=_cluster_score(judged),
        blocking_recall=_share(compared_true_pairs, true_pairs) if compared_true_pairs is not None else None,
        within_list_false=_within_list(judged),
        by_list=_by_list(judged),
        by_script=_by(judged),
    )


def pair_score(judged: Sequence[Judged]) -> Score:
    """Precision and recall of pairs."""
    both = _pairs(Counter((one.cluster, one.truth) for one in judged))
    joined = _pairs(Counter(one.cluster for one in judged))
    return Score(_share(both, joined), _share(both, _pairs(Counter(one.truth for one in judged))))


def _pairs(counts: Mapping[object, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _b_cubed(judged: Sequence[Judged]) -> Score:
    if not judged:
        return Score(None, None)
    both = Counter((one.cluster, one.truth) for one in judged)
    clusters, truths = Counter(one.cluster for one in judged), Counter(one.truth for one in judged)
    precision = sum(both[one.cluster, one.truth] / clusters[one.cluster] for one in judged)
    recall = sum(both[one.cluster, one.truth] / truths[one.truth] for one in judged)
    return Score(precision / len(judged), recall / len(judged))


def _cluster_score(judged: Sequence[Judged]) -> Score:
    both = Counter((one.cluster, one.truth) for one in judged)
    clusters, truths = Counter(one.cluster for one in judged), Counter(one.truth for one in judged)
    exact = sum(n == clusters[cluster] == truths[truth] for (cluster, truth), n in both.items())
    return Score(_share(exact, len(clusters)), _share(exact, len(truths)))


def _within_list(judged: Sequence[Judged]) -> float | None:
    """Share of records that stand in one cluster with a record of their own list that is another person's."""
    groups: dict[tuple[str, str], Counter[str]] = {}
    for one in judged:
        groups.setdefault((one.list, one.cluster), Counter())[one.truth] += 1
    wrong = sum(sum(truths.values()) for truths in groups.values() if len(truths) > 1)
    return _share(wrong, len(judged))


def _by_list(judged: Sequence[Judged]) -> dict[tuple[str, str], Score]:
    """Pair scores between each two lists, and inside each list."""
    both, joined, true = (Counter[tuple[str, str]]() for _ in range(3))
    for counter, name in ((both, "both"), (joined, "cluster"), (true, "truth")):
        groups: dict[object, Counter[str]] = {}
        for one in judged:
            key = (one.cluster, one.truth) if name == "both" else getattr(one, name)
            groups.setdefault(key, Counter())[one.list] += 1
        for lists in groups.values():
            _count_list_pairs(lists, counter)
    seen = true | joined
    return {lists: Score(_share(both[lists], joined[lists]), _share(both[lists], true[lists])) for lists in seen}


def _count_list_pairs(lists: Mapping[str, int], counter: Counter[tuple[str, str]]) -> None:
    names = sorted(lists)
    for place, one in enumerate(names):
        counter[one, one] += lists[one] * (lists[one] - 1) // 2
        for two in names[place + 1 :]:
            counter[one, two] += lists[one] * lists[two]


def _by(judged: Iterable[Judged]) -> dict[str, Score]:
    scripts: dict[str, list[Judged]] = {}
    for one in judged:
        scripts.setdefault(one.script, []).append(one)
    return {script: pair_score(some) for script, some in scripts.items() if script}


def _show(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _plain(score: Score) -> dict[str, object]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}
