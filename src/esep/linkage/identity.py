"""Ids of persons that stay when lists arrive later: clusters take over the ids that their records had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Carried:
    """`ids` of the clusters, in their order; `redirects` old id -> id under which most of its records are now.

    `moved` are records whose person has another id than before, for the report of changes.
    """

    ids: tuple[str, ...]
    redirects: Mapping[str, str]
    moved: tuple[str, ...]


def carry_ids(
    clusters: Sequence[Collection[str]],
    before: Mapping[str, str],
    *,
    decided: Collection[str] = (),
    mint: Callable[[Collection[str]], str],
) -> Carried:
    """Give every cluster of records an id.

    An old id goes to the cluster with most of its records that people decided about, then with most of its records;
    a cluster that several old ids claim takes the strongest claim, and the others are redirected. A cluster without
    a claim gets a new id from `mint`. Ties go to the smaller id and to the cluster with the smallest record.
    """
    order = sorted(range(len(clusters)), key=lambda number: min(clusters[number]))
    claims = []
    for number in order:
        for old, records in Counter(before[one] for one in clusters[number] if one in before).items():
            sure = sum(before.get(one) == old and one in decided for one in clusters[number])
            claims.append((-sure, -records, old, min(clusters[number]), number))
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, old, _, number in sorted(claims):
        if number not in ids and old not in taken:
            ids[number] = old
            taken.add(old)
    for number in order:
        ids.setdefault(number, "")
        ids[number] = ids[number] or mint(clusters[number])
    redirects: dict[str, str] = {}
    for _, _, old, _, number in sorted(claims):
        if old not in taken:
            redirects.setdefault(old, ids[number])
    moved = tuple(
        sorted(one for number in order for one in clusters[number] if before.get(one, ids[number]) != ids[number])
    )
    return Carried(tuple(ids[number] for number in range(len(clusters))), redirects, moved)
