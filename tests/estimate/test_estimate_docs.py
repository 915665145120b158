"""The code in the documentation runs, in order, and prints what the page says."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"```python\n(.*?)```(?:\n+```text\n(.*?)```)?", re.DOTALL)


@pytest.mark.parametrize("page", ["tutorial/estimate.md", "how-to/estimate.md"])
def test_the_code_of_a_page_prints_what_the_page_says(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    assert len(blocks) >= 4
    for code, expected in blocks:
        exec(compile(code, page, "exec"), names)  # noqa: S102 - our own documentation
        assert capsys.readouterr().out == expected


def test_every_status_and_method_is_explained():
    from esep.estimate import Status, method_names

    text = "".join(
        (DOCS / page).read_text(encoding="utf-8") for page in ("explanation/estimates.md", "how-to/estimate.md")
    )
    named = [s.value for s in Status if not s.has_point and s not in {Status.EMPTY_TABLE, Status.TOO_FEW_LISTS}]
    assert [status for status in named if f"`{status}`" not in text] == []
    own = [
        name for name in method_names() if name.startswith(("loglinear", "coverage", "heterogeneity", "chao", "pet"))
    ]
    stems = [name.removeprefix("coverage").removeprefix("heterogeneity") for name in own]
    assert [stem for stem in stems if stem not in text] == []
