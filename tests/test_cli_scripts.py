"""The command line as people use it: each file in scripts/ is a dialogue of commands and what they must say.

A line `$ esep …` is run; the lines under it must stand in its output in that order (`...` skips some); a line
`? N` gives the exit code when it is not 0. `CASE` is a fresh folder, `DATA` the folder of the script's files.
"""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from esep.cli.main import main

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.txt"))


def steps(text):
    current = None
    for line in text.splitlines():
        if line.startswith("$ "):
            if current:
                yield current
            current = (line[2:], [], 0)
        elif line.startswith("? ") and current:
            current = (current[0], current[1], int(line[2:]))
        elif line.strip() and current and not line.startswith("#"):
            current[1].append(line)
    if current:
        yield current


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script(script, tmp_path):
    for command, expected, code in steps(script.read_text("utf-8")):
        words = shlex.split(command.replace("CASE", str(tmp_path / "case")).replace("DATA", str(script.parent)))
        assert words[0] == "esep"
        result = CliRunner().invoke(main, words[1:])
        said = result.output
        assert result.exit_code == code, f"$ {command}\n{said}"
        at = 0
        for line in expected:
            found = said.find(line.replace("CASE", str(tmp_path / "case")), at)
            assert found >= 0, f"$ {command}\nexpected: {line}\nsaid: {said}"
            at = found + len(line)


def test_every_verb_has_help_that_says_what_it_does():
    for name, command in main.commands.items():
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, name
        assert command.help, name


def test_json_is_one_array_without_nan(tmp_path):
    case = str(tmp_path / "case")
    CliRunner().invoke(main, ["init", case, "--plain"])
    (tmp_path / "l.csv").write_text("name,status,date\nAya Test,missing,2011-12-16\n")
    CliRunner().invoke(main, ["add", case, str(tmp_path / "l.csv")])
    for verb in ("sources", "claims", "people", "events", "tolls", "checks", "bodies", "demands", "count", "verify"):
        result = CliRunner().invoke(main, [verb, case, "--json"])
        assert isinstance(json.loads(result.stdout), list), verb
        assert not re.search(r"\b(NaN|Infinity)\b", result.stdout)
