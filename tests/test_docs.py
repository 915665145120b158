"""The documentation says what the program does: commands, errors, glossary, examples."""

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from esep.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md"))
sys.path.insert(0, str(ROOT))


def test_the_reference_is_what_the_program_says():
    from scripts.make_reference import PAGES as REFERENCE

    for page, write in REFERENCE.items():
        held = (ROOT / "docs" / "reference" / page).read_text("utf-8")
        assert held == write(), f"run python scripts/make_reference.py: {page} is not what the program says"


def consoles(page):
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = step.splitlines()
            yield command, [line for line in expected if line.strip()]


@pytest.mark.parametrize("page", [p for p in PAGES if "```console" in p.read_text("utf-8")], ids=lambda p: p.stem)
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for command, expected in consoles(page):
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
        for line in expected:
            assert line in result.output, f"{command}\n{result.output}"


def test_every_link_between_pages_leads_somewhere():
    for page in (*PAGES, *ROOT.glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_the_two_commands_and_every_verb():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    for verb in ("init", "add", "link", "decide", "count", "estimate", "publish", "verify", "people", "tolls"):
        assert f"esep {verb}" in readme


def test_glossary_words_are_defined_once():
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    words = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)[2:]
    assert len(words) == len(set(words)) > 30


def test_nothing_committed_names_an_index_or_a_machine():
    files = [ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci" / "run", *(ROOT / "requirements").iterdir()]
    for path in files:
        assert not re.search(r"index[-_]url|find[-_]links|https?://", path.read_text("utf-8")), path.name
