"""The report of a run for a person, from its summary. It names lists and rows, never people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from esep.linkage.ages import unread
from esep.linkage.records import Record
from esep.linkage.settings import Settings
from esep.names import search_key

CHECKED_UP_TO = 35_000
"""Records of the longest made lists on which draws were fitted (`benchmarks/linkage/train_draws.py`)."""
_LISTS_SHOWN = 15

Weak = tuple[tuple[str, int], tuple[str, int], float, Sequence[str]]


def unread_note(records: Sequence[Record]) -> list[str]:
    """How many stated dates and ages could not be read and so counted as missing."""
    number = unread(records)
    return [f"{number} dates or ages could not be read and count as not stated"] if number else []


def repeated_note(records: Sequence[Record], settings: Settings) -> list[str]:
    """Lists that are said to hold nobody twice but have rows with the same name and birth: the rule may be wrong."""
    notes = []
    for name in settings.duplicate_free:
        seen = Counter(
            (search_key(one.name), one.birth_date or one.birth_year or one.age)
            for one in records
            if one.list == name and search_key(one.name)
        )
        twice = sum(number - 1 for (_, born), number in seen.items() if born)
        if twice:
            notes.append(f"{name} is taken to hold nobody twice, but {twice} rows repeat a name and birth of another")
    return notes


def long_note(records: Sequence[Record]) -> list[str]:
    """What is known of intervals from lists longer than those on which draws were fitted."""
    if len(records) <= CHECKED_UP_TO:
        return []
    return [
        f"intervals were fitted on made lists of up to {CHECKED_UP_TO} records; on longer ones the true number of "
        "people lay below them: have missed links audited"
    ]


def report_text(summary: Mapping[str, Any], weakest: Sequence[Weak]) -> str:
    """What was compared, thresholds, clusters by size, interval of people, weakest links."""
    lines = [
        f"{summary['records']} records of {len(summary['lists'])} lists, {summary['people']} people proposed. "
        "Nobody is joined until somebody decides.",
        *(f"  {name}: {number} records{_free(name, summary)}" for name, number in summary["lists"].items()),
        _compared(summary),
        *_left_out(summary["blocks_left_out"]),
        f"joined where more than {summary['threshold']:.0%} of the draws agree; "
        f"doubt kept above {summary['doubt_kept_above']:g}",
        "people by number of records: "
        + (", ".join(f"{size}: {number}" for size, number in summary["clusters_by_size"].items()) or "none"),
        *_by_list(summary["links_by_list"]),
        *_faults(summary["name_faults"]),
        _interval(summary),
        *(f"note: {note}" for note in summary["notes"]),
    ]
    if weakest:
        lines.append("weakest links (list:row, probability, why):")
        lines += [
            f"  {one[0]}:{one[1]} - {two[0]}:{two[1]}  {share:.2f}  {'; '.join(reasons)}"
            for one, two, share, reasons in weakest
        ]
    return "\n".join(lines)


def _free(name: str, summary: Mapping[str, Any]) -> str:
    return ", taken to hold nobody twice" if name in summary["duplicate_free"] else ""


def _compared(summary: Mapping[str, Any]) -> str:
    pairs = summary["pairs_compared"]
    if summary["every_pair_compared"]:
        return f"{pairs} pairs compared: every pair"
    return f"names of {summary['pairs_looked_at']} pairs that share a key looked at, {pairs} pairs compared in full"


def _left_out(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """A warning for keys that too many records share."""
    if not blocks:
        return []
    pairs = sum(block["pairs"] for block in blocks)
    keys, largest = sum(block["keys"] for block in blocks), blocks[0]
    return [
        f"warning: {keys} keys are shared by too many records (the largest, {largest['key']}, by "
        f"{largest['records']}); {pairs:.0f} pairs were compared only where a finer key joins them"
    ]


def _by_list(links: Sequence[Mapping[str, Any]]) -> list[str]:
    """Links inside and between lists, those that there are."""
    told = [one for one in links if one["joined"] or one["in_doubt"]]
    return [
        f"  {' x '.join(dict.fromkeys(one['lists']))}: {one['joined']} pairs joined, {one['in_doubt']} more in doubt"
        for one in told[:_LISTS_SHOWN]
    ] + ([f"  and {len(told) - _LISTS_SHOWN} more pairs of lists"] if len(told) > _LISTS_SHOWN else [])


def _faults(of_list: Mapping[str, float]) -> list[str]:
    """Lists whose names agree worst with others, from the worst down."""
    if not of_list:
        return []
    told = sorted(of_list.items(), key=lambda one: (-one[1], one[0]))[:_LISTS_SHOWN]
    return ["how often names agree badly or say little, by list: " + ", ".join(f"{n} {r:.2f}" for n, r in told)]


def _interval(summary: Mapping[str, Any]) -> str:
    between = summary["people_interval"]
    return (
        f"distinct people, from {between['draws']} draws: {between['low']} to {between['high']} at level "
        f"{between['level']:g}; {missed_told(summary['missed_links'])}"
    )


def missed_told(missed: Mapping[str, Any]) -> str:
    """What is added to draws for links that nobody sees, from a summary's `missed_links`."""
    told = f"links not seen added to each draw: {missed['mean']:.1%} (sd {missed['sd']:.1%}), from {missed['from']}"
    if not missed["records_of_one_word"] or not missed["one_word"]:
        return told
    return (
        f"{told}; of {missed['records_of_one_word']} records with one word of a name, those that stand alone "
        f"join somebody {missed['one_word']:.2f} times as often as others do"
    )
