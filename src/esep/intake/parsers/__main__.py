"""The child process: limits first, then one parser, then one JSON value a line on standard output."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from esep.errors import RefusedFile
from esep.intake.limits import Limits

_TASKS = frozenset(("sheet", "docx", "pdf", "html", "image", "scan"))


def main() -> int:
    """Read standard input with the parser named by the first argument; 0 done, 3 refused."""
    task, order = sys.argv[1], json.loads(sys.argv[2])
    limits = Limits(**order["limits"])
    _limit_process(limits)
    content = sys.stdin.buffer.read()
    if task not in _TASKS:
        return _say_no("no such parser")
    parse: Callable[..., Iterator[Any]] = importlib.import_module(f"esep.intake.parsers.{task}").parse
    try:
        for value in parse(content, limits=limits, **order["options"]):
            sys.stdout.buffer.write(json.dumps(value, ensure_ascii=True).encode() + b"\n")
    except RefusedFile as refusal:
        return _say_no(str(refusal), hint=refusal.hint)
    except MemoryError:
        return _say_no(f"reading the file needs more than {limits.memory_bytes} bytes of memory")
    except RecursionError:
        return _say_no("the file is nested deeper than any real one")
    return 0


def _say_no(reason: str, *, hint: str = "") -> int:
    sys.stdout.buffer.write(b"\n" + json.dumps({"refused": reason, "hint": hint}).encode() + b"\n")
    return 3


def _limit_process(limits: Limits) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:  # Windows has no such limits; the parent's timer is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file can be written
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
