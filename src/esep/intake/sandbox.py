"""One process per strange file: parsers of PDF, DOCX, XLSX, HTML and images run apart, with limits.

The child gets the bytes on its standard input and answers with JSON lines on its standard output. It may use
so much memory, processor time and output and no more, opens no file for writing, and dies with its parent.
With bubblewrap it also has no network, sees no home folder and nothing it could change; without, esep
warns (`IntakeWarning`), because the limits alone do not keep a broken parser from the network.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import esep
from esep.errors import IntakeWarning, RefusedFile
from esep.intake.limits import DEFAULT_LIMITS, Limits

REFUSED = 3
"""Exit code of a child whose last line says why it refused the file."""
_STEP = 1024 * 1024
_PACKAGE = str(Path(esep.__file__).parents[1])


def parse_apart(
    task: str, content: bytes, *, limits: Limits = DEFAULT_LIMITS, readable: tuple[str, ...] = (), **options: Any
) -> Iterator[Any]:
    """Run one parser in a process of its own; gives the JSON values it answered with, one a line.

    `task` names a module of `esep.intake.parsers`; `readable` are folders it may read beside the system's.
    Raises `RefusedFile` with the parser's reason, or with ours if it ran out of time, memory or output, or broke.
    """
    order = json.dumps({"limits": asdict(limits), "options": options})
    inside = _walls(readable)
    if not inside:
        warnings.warn(
            "no bubblewrap on this machine: strange files are read with limits on memory and time, but not cut off "
            "from the network; install bubblewrap",
            IntakeWarning,
            stacklevel=2,
        )
    command = [*inside, sys.executable, "-P", "-S", "-s", "-m", "esep.intake.parsers", task, order]
    output = _converse(command, content, limits=limits)
    return (json.loads(line) for line in output.splitlines())


def _converse(command: list[str], content: bytes, *, limits: Limits) -> bytes:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), cwd="/"
    ) as child:
        late = threading.Timer(limits.wall_seconds, child.kill)
        feeder = threading.Thread(target=_feed, args=(child, content), daemon=True)
        late.start()
        feeder.start()
        try:
            output = _collect(child, limits=limits)
            code = child.wait()
        finally:
            late.cancel()
            child.kill()
        feeder.join()
    if code == 0:
        return output
    raise _refusal(code, output, limits=limits)


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - Popen was asked for a pipe
    try:
        child.stdin.write(content)
        child.stdin.close()
    except BrokenPipeError:
        return  # the child had seen enough; its exit code says why


def _collect(child: subprocess.Popen[bytes], *, limits: Limits) -> bytes:
    assert child.stdout is not None  # noqa: S101 - Popen was asked for a pipe
    chunks: list[bytes] = []
    size = 0
    while chunk := child.stdout.read(_STEP):
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.output_bytes:
            child.kill()
            raise RefusedFile(f"the text of the file is longer than {limits.output_bytes} bytes")
    return b"".join(chunks)


def _refusal(code: int, output: bytes, *, limits: Limits) -> RefusedFile:
    if code == REFUSED and output:
        told = json.loads(output.splitlines()[-1])
        return RefusedFile(told["refused"], hint=told["hint"])
    if code in (-9, -24, 137, 152):  # SIGKILL by our timer, SIGXCPU; bubblewrap adds 128
        return RefusedFile(f"reading the file took more than {limits.cpu_seconds} seconds and was stopped")
    return RefusedFile("the file is damaged, or not what it says it is: its reader gave up", hint="save it anew")


def _environment() -> dict[str, str]:
    """Nothing of the user's environment but where the libraries are."""
    return {
        "PYTHONPATH": os.pathsep.join(_library_folders()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _library_folders() -> list[str]:
    return list(dict.fromkeys((_PACKAGE, *(folder for folder in sys.path if folder and Path(folder).is_dir()))))


@cache
def _walls(readable: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Command that puts the child behind bubblewrap, or nothing where it is missing or not allowed to work."""
    found = shutil.which("bwrap")
    if not found:
        return ()
    walls = (found, "--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev")
    system = ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache")
    folders = (*system, sys.prefix, sys.base_prefix, *_library_folders(), *readable)
    binds = [part for folder in dict.fromkeys(folders) for part in ("--ro-bind-try", folder, folder)]
    command = (*walls, "--tmpfs", "/tmp", *binds, "--chdir", "/", "--")  # noqa: S108 - an empty one, inside
    tried = subprocess.run(  # noqa: S603 - looks whether user namespaces are allowed here
        [*command, sys.executable, "-S", "-c", "pass"], capture_output=True, check=False, timeout=30
    )
    return command if tried.returncode == 0 else ()
