"""Write docs/reference from the program itself: commands from their help, errors from their tree.

python scripts/make_reference.py           writes; tests/test_docs.py fails when the files are not what it writes
"""

from pathlib import Path

import click

import esep.errors
from esep.cli.main import main

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"


def commands() -> str:
    """Every command with its help."""
    parts = ["# Commands\n", "Written by `scripts/make_reference.py` from the program's own help.\n"]
    group = click.Context(main, info_name="esep", terminal_width=100, max_content_width=100, **main.context_settings)
    for name, command in main.commands.items():
        parts += _help(command, f"esep {name}", group)
    return "\n".join(parts)


def _help(command: click.Command, path: str, parent: click.Context) -> list[str]:
    """Help of a command, then of the commands in it."""
    name = path.rsplit(" ", 1)[-1]
    context = click.Context(command, parent=parent, info_name=name, terminal_width=100, max_content_width=100)
    parts = [f"## {path}\n\n```\n{command.get_help(context)}\n```\n"]
    inner = command.commands if isinstance(command, click.Group) else {}
    return parts + [part for name, one in inner.items() for part in _help(one, f"{path} {name}", context)]


def errors() -> str:
    """The tree of errors, then each class with its sentence."""
    tree = (esep.errors.__doc__ or "").split("::\n")[1].rsplit("\n\nA class exists", 1)[0]
    written = "Written by `scripts/make_reference.py` from `esep/errors.py`.\n"
    parts = ["# Errors\n", written, f"```{tree.rstrip()}\n```\n"]
    for name, found in vars(esep.errors).items():
        if isinstance(found, type) and issubclass(found, esep.errors.EsepError | esep.errors.EsepWarning):
            parts.append(f"- **{name}**: {(found.__doc__ or '').splitlines()[0]}")
    return "\n".join(parts) + "\n"


PAGES = {"commands.md": commands, "errors.md": errors}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (REFERENCE / page).write_text(write(), encoding="utf-8")
