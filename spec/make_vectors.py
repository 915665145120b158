"""Make the vectors of the ledger format: one ledger of invented facts, and the same with one thing changed each.

    python spec/make_vectors.py       writes spec/vectors/*.json
"""

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from esep.ledger.acts import Act, seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger

TABLES = ("batch", "claim", "claim_value")


def whole() -> dict[str, list[dict[str, object]]]:
    """Rows of a small ledger with every op and state."""
    with TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger.db", key=None, case="vector", entropy=seeded_entropy("vectors"))
        at = datetime(2026, 1, 1, tzinfo=UTC)
        quote = ({"role": "quote", "doc": "source:S", "text": "00" * 32, "start": 3, "end": 9},)
        ledger.write(
            [
                Draft("person:1", "name", "Әлия Тестова", source="source:S", locator=quote, lang="kk"),
                Draft("person:1", "status", {"status": "missing", "date": "2011-12"}, original="пропала"),
                Draft("person:2", "name", "Aliya Testova\u00a0\u2028 \"quoted\" \\ e\u0301"),
                Draft("person:2", "age", state="unknown"),
                Draft("person:2", "children", 0),
            ],
            Act("Recorder", at, "vector"),
        )
        name = next(ledger.claims(subjects=["person:1"], props=["name"]))
        judged = Draft("person:1", "same", {"reason": "invented"}, target="person:2")
        ledger.write([judged], Act("Reviewer", at + timedelta(days=1), "vector", note="a note"))
        status = next(ledger.claims(props=["status"]))
        ledger.write(
            [Draft("person:1", "status", {"reason": "misread"}, op="retract", target=status.cid)],
            Act("Reviewer", at + timedelta(days=2), "vector"),
        )
        ledger.erase([name.cid], Act("Keeper", at + timedelta(days=3), "vector"), reason="consent withdrawn")
        rows = {table: _rows(ledger, table) for table in TABLES}
        ledger.close()
        return rows


def _rows(ledger: Ledger, table: str) -> list[dict[str, object]]:
    names = [row[1] for row in ledger.database.rows(f"PRAGMA table_info({table})")]
    found = ledger.database.rows(f"SELECT * FROM {table} ORDER BY 1")
    return [
        {name: {"hex": cell.hex()} if isinstance(cell, bytes) else cell for name, cell in zip(names, row, strict=True)}
        for row in found
    ]


def variants(rows):
    """Name, what must be found (null: nothing), and the rows."""
    yield "whole", None, rows

    def changed(change):
        other = copy.deepcopy(rows)
        change(other)
        return other

    yield "changed-value", "value", changed(lambda r: r["claim_value"][2].update(value="5"))
    yield "changed-state", "value", changed(lambda r: r["claim_value"][2].update(state="withheld"))
    yield "lost-value", "value is gone", changed(lambda r: r["claim_value"].pop())
    yield "changed-subject", "root", changed(lambda r: r["claim"][1].update(subject="person:2"))
    yield "changed-actor", "header", changed(lambda r: r["batch"][1].update(actor="Somebody"))
    yield "changed-time", "header", changed(lambda r: r["batch"][0].update(at="2026-01-01T00:00:01Z"))
    yield "changed-root", "root", changed(lambda r: r["batch"][-1].update(root={"hex": "00" * 32}))
    yield "deleted-claim", "order", changed(lambda r: r["claim"].pop(1))
    yield "deleted-last-claim", "claims are missing", changed(lambda r: r["claim"].pop())
    yield "deleted-batch", "header", changed(lambda r: r["batch"].pop(1))

    def swap(r):
        one, other = r["claim"][1], r["claim"][2]
        one["seq"], other["seq"] = other["seq"], one["seq"]
        r["claim"].sort(key=lambda claim: claim["seq"])

    yield "reordered-claims", "value", changed(swap)


def main() -> None:
    """Write one file for each vector."""
    folder = Path(__file__).parent / "vectors"
    for name, expect, rows in variants(whole()):
        vector = {"format": "esep-ledger-1", "vector": name, "expect": expect, **rows}
        text = json.dumps(vector, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
