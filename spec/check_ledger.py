"""Check a plain case without esep: only Python's standard library and `spec/ledger.md`.

    python spec/check_ledger.py CASE/ledger.db        prints the root and exits 0, or names what differs and exits 1
"""

import hashlib
import hmac
import json
import sqlite3
import sys


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(data):
    return hashlib.sha256(data).digest()


def append(roots, size, node):
    while size & 1:
        node = sha(b"\x01" + roots.pop() + node)
        size >>= 1
    roots.append(node)


def root_of(roots):
    node = roots[-1] if roots else sha(b"")
    for left in reversed(roots[:-1]):
        node = sha(b"\x01" + left + node)
    return node


def check(rows_of):
    """Yield what differs. `rows_of(table)` gives rows as dictionaries in the order of their first column."""
    values = {row["seq"]: row for row in rows_of("claim_value")}
    claims = rows_of("claim")
    erased = {row["target"] for row in claims if row["op"] == "erase"}
    roots, size, waiting = [], 0, list(reversed(claims))
    for batch in rows_of("batch"):
        header = [batch[name] for name in ("actor", "device", "at", "tool", "note", "first_seq")]
        if sha(canonical(["esep-batch-1", *header, root_of(roots).hex()])).hex() != batch["id"]:
            yield f"batch {batch['number']}: header"
        for _ in range(batch["n"]):
            if not waiting:
                yield f"batch {batch['number']}: claims are missing"
                return
            claim = waiting.pop()
            value, sealed = values.get(claim["seq"]), bytes(claim["commitment"])
            if claim["seq"] != size + 1:
                yield f"claim {claim['cid']}: order"
            if value is None and claim["cid"] not in erased:
                yield f"claim {claim['cid']}: value is gone"
            if value is not None:
                stated = json.loads(value["value"]) if value["value"] is not None else None
                said = canonical([value["state"], stated, value["lang"], value["original"]])
                if hmac.digest(bytes(value["salt"]), said, "sha256") != sealed:
                    yield f"claim {claim['cid']}: value"
            columns = [claim[name] for name in ("op", "subject", "prop", "target", "source", "locator")]
            append(roots, size, sha(b"\x00" + canonical([claim["cid"], batch["id"], *columns, sealed.hex()])))
            size += 1
        if root_of(roots) != bytes(batch["root"]):
            yield f"batch {batch['number']}: root"
    if waiting:
        yield f"claim {waiting[-1]['cid']}: belongs to no batch"


def main(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    faults = list(check(lambda table: database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()))
    last = database.execute("SELECT root FROM batch ORDER BY number DESC").fetchone()
    print("\n".join(faults) or f"whole; root {bytes(last['root']).hex()}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
