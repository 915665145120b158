"""`link`: records of several lists in, people out, with what was compared, how sure each is, and what is doubtful."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from esep.linkage.anatomy import details, links_by_list
from esep.linkage.comparison import shipped
from esep.linkage.draws import Draws, Missed, draw, together
from esep.linkage.evaluation import Evaluation, Judged, evaluate
from esep.linkage.partitions import PartitionPrior
from esep.linkage.reasons import field_reasons, in_words, probability
from esep.linkage.records import Decided, Record, in_order
from esep.linkage.report import long_note, repeated_note, report_text, unread_note
from esep.linkage.running import Progress, Run, Second, run
from esep.linkage.settings import DEFAULT_SETTINGS, Settings
from esep.names.scripts import word_script

_WEAKEST = 20
_COLUMNS = ("list", "row", "person", "probability")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records taken for one person: positions, and for each the probability that it belongs with the rest."""

    members: tuple[int, ...]
    probabilities: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that was compared: list and row of both, probability, and why in words."""

    left: tuple[str, int]
    right: tuple[str, int]
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Linkage:
    """What a run proposes. It joins nobody: people or a decision file decide.

    `clusters` holds every record once, in the order of list and row; `draws` are whole answers for estimation;
    `evaluation` is there when the records came with a truth.
    """

    run: Run
    settings: Settings
    clusters: tuple[Cluster, ...]
    draws: Draws
    evaluation: Evaluation | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, without truth, in the order to which positions refer."""
        return self.run.records

    @property
    def people(self) -> int:
        """Number of clusters."""
        return len(self.clusters)

    def label(self, cluster: Cluster) -> str:
        """Name of a cluster: list and row of its first member, so that it depends on nothing else."""
        name, row = min(self.records[place].key for place in cluster.members)
        return f"{name}:{row}"

    def rows(self) -> list[dict[str, Any]]:
        """One row a record: `list`, `row`, `person`, `probability` (None for a person with one record)."""
        found = []
        for cluster in self.clusters:
            label = self.label(cluster)
            for place, share in zip(cluster.members, cluster.probabilities, strict=True):
                record = self.records[place]
                found.append({"list": record.list, "row": record.row, "person": label, "probability": share})
        return sorted(found, key=lambda row: (row["list"], row["row"]))

    def table(self) -> str:
        """Rows as tab-separated lines under a header."""
        lines = [_COLUMNS, *(tuple(_cell(row[column]) for column in _COLUMNS) for row in self.rows())]
        return "\n".join("\t".join(line) for line in lines)

    def csv(self) -> str:
        """Rows as CSV with the columns `list,row,person,probability`; an empty probability is a person alone."""
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, fieldnames=_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows())
        return out.getvalue()

    def weakest(self, most: int = _WEAKEST) -> list[Link]:
        """Pairs inside clusters with the least evidence, and pairs between clusters that are still in doubt."""
        odds, scored, point = self.run.log_odds, self.run.scored, self.draws.point
        together = point[scored.left] == point[scored.right]
        least = self.settings.keep_above
        some = np.flatnonzero(together | (odds >= np.log(least) - np.log1p(-least)))
        chosen = some[np.argsort(np.abs(odds[some]), kind="stable")[:most]]
        return [self.link_at(int(place)) for place in (*chosen[together[chosen]], *chosen[~together[chosen]])]

    def links(self, *, above: float | None = None) -> Iterator[Link]:
        """Compared pairs at least as probable as `above` (the doubt that the settings keep), most probable first.

        These are what a case offers as proposals; reasons are made one by one, so take as many as are wanted.
        """
        least = self.settings.keep_above if above is None else above
        order = np.argsort(-self.run.log_odds, kind="stable")
        for place in order.tolist():
            if probability(float(self.run.log_odds[place])) < least:
                return
            yield self.link_at(place)

    @cached_property
    def labels(self) -> dict[int, int]:
        """Position of a record -> number of its cluster."""
        return {place: number for number, cluster in enumerate(self.clusters) for place in cluster.members}

    def link_at(self, place: int) -> Link:
        """The compared pair at a place of `run.scored`, with its reasons."""
        scored = self.run.scored
        left, right = self.records[int(scored.left[place])], self.records[int(scored.right[place])]
        reasons = in_words(field_reasons(scored, place), left, right)
        return Link(left.key, right.key, probability(float(self.run.log_odds[place])), reasons)

    def summary(self) -> dict[str, Any]:
        """What was compared and what came out, as plain values."""
        sizes = Counter(len(cluster.members) for cluster in self.clusters)
        low, high = self.draws.interval()
        missed = self.draws.missed
        return {
            "records": len(self.records),
            "lists": dict(sorted(Counter(record.list for record in self.records).items())),
            "pairs_looked_at": self.run.blocked.seen,
            "pairs_compared": len(self.run.scored),
            "every_pair_compared": self.run.blocked.every_pair,
            "blocks_left_out": [
                {"key": one.kind, "keys": one.keys, "records": one.records, "pairs": one.pairs}
                for one in self.run.blocked.too_large
            ],
            "threshold": self.settings.threshold,
            "doubt_kept_above": self.settings.keep_above,
            "duplicate_free": list(self.settings.duplicate_free),
            "people": self.people,
            "people_interval": {"low": low, "high": high, "level": 0.95, "draws": len(self.draws)},
            "missed_links": {
                "mean": missed.mean,
                "sd": missed.sd,
                "from": missed.source,
                "one_word": missed.one_word,
                "records_of_one_word": sum(one.is_one_word for one in self.run.features),
            },
            "clusters_by_size": {str(size): number for size, number in sorted(sizes.items())},
            "links_by_list": [one.plain() for one in links_by_list(self)],
            "name_faults": {name: round(rate, 3) for name, rate in sorted(self.run.faults.of_list.items())},
            "notes": [
                *self.run.notes,
                *unread_note(self.records),
                *repeated_note(self.records, self.settings),
                *long_note(self.records),
            ],
        }

    def page(self, *, title: str) -> str:
        """The report as one HTML page with pictures. It holds names: it is not for publication."""
        from esep.linkage.page import report_page  # noqa: PLC0415 - Jinja2 loads on first use

        return report_page(self, title=title)

    def text(self) -> str:
        """Report for a person; rows stand in `table` and `rows`."""
        weakest = [(one.left, one.right, one.probability, one.reasons) for one in self.weakest()]
        body = report_text(self.summary(), weakest)
        return f"{body}\n{self.evaluation.text()}" if self.evaluation else body

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1)

    def model_json(self) -> str:
        """Splink's settings with the parameters of this run, as Splink itself writes and reads them."""
        return json.dumps(self.run.parameters, indent=1)

    def report_json(self) -> str:
        """Summary, weakest links and evaluation as one JSON object."""
        links = [
            {"left": one.left, "right": one.right, "probability": one.probability, "reasons": one.reasons}
            for one in self.weakest()
        ]
        judged = self.evaluation.json() if self.evaluation else None
        found = self.summary() | details(self) | {"weakest": links, "evaluation": judged}
        return json.dumps(found, ensure_ascii=False, indent=1)


def link(
    records: Sequence[Record],
    settings: Settings = DEFAULT_SETTINGS,
    *,
    decisions: Sequence[Decided] = (),
    progress: Progress = lambda step: None,
    second: Second | None = None,
    missed: Missed | None = None,
) -> Linkage:
    """Propose which records are one person's.

    `decisions` are kept as they are: `same` pairs stand together, `different` pairs apart, `unsure` ones count for
    nothing. `second` is a stage learnt from decisions (`supervised.learn`), `missed` the result of an audit
    (`audit.missed_links`); without it the share found on made lists is used.
    Raises `LinkageError` when two records have the same list and row.
    """
    truth = {record.key: record.truth for record in records if record.truth is not None}
    found = run(in_order(records), decisions, settings, progress=progress, second=second)
    progress("drawing partitions")
    return concluded(found, settings, missed=missed, truth=truth)


def concluded(
    found: Run,
    settings: Settings = DEFAULT_SETTINGS,
    *,
    missed: Missed | None = None,
    truth: Mapping[tuple[str, int], str] | None = None,
) -> Linkage:
    """Clusters and draws of a run: what `link` gives once pairs are weighed. `truth` by list and row judges it."""
    answers = draw(found, settings, prior=shipped_prior(), missed=missed or shipped_missed())
    clusters = clusters_of(found, answers)
    return Linkage(found, settings, clusters, answers, evaluation_of(found, clusters, truth) if truth else None)


def shipped_prior() -> PartitionPrior:
    """Weights of partitions fitted on made lists."""
    known = shipped()["partitions"]
    return PartitionPrior(known["tau"], known["alpha"], known["spread"])


def shipped_missed() -> Missed:
    """Links between components, which evidence does not show, on made lists."""
    known = shipped()["missed"]
    source = f"made lists, no audit of these ({known['made']})"
    return Missed(known["mean"], known["sd"], source, known["one_word"])


def clusters_of(found: Run, answers: Draws) -> tuple[Cluster, ...]:
    """People of the point answer in the order of list and row, with how sure each record's place is."""
    order = np.argsort(answers.point, kind="stable")
    edges = np.flatnonzero(np.diff(answers.point[order], prepend=-1, append=-1)).tolist()
    places = order.tolist()
    groups = [tuple(places[start:end]) for start, end in pairwise(edges)]
    groups.sort(key=lambda group: min(found.records[place].key for place in group))
    several = [members for members in groups if len(members) > 1]
    shares = iter(together(answers, several))
    return tuple(
        Cluster(members, tuple(round(float(share), 4) for share in next(shares)) if len(members) > 1 else (None,))
        for members in groups
    )


def evaluation_of(found: Run, clusters: Sequence[Cluster], truth: Mapping[tuple[str, int], str]) -> Evaluation:
    """How clusters and compared pairs agree with a truth by list and row."""
    judged, known = [], np.full(len(found.records), -1, dtype=np.int64)
    numbers: dict[str, int] = {}
    for number, cluster in enumerate(clusters):
        for place in cluster.members:
            record = found.records[place]
            true = truth.get(record.key)
            if true is not None:
                known[place] = numbers.setdefault(true, len(numbers))
                judged.append(Judged(str(number), true, record.list, _script(record.name)))
    left, right = known[found.scored.left], known[found.scored.right]
    return evaluate(judged, compared_true_pairs=int(((left == right) & (left >= 0)).sum()))


def _script(name: str) -> str:
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    return str(word_script(words[0])) if words else ""


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
