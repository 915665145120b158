"""Shared fixtures: where the data beside the project lies, and what a bare machine may lack."""

import os
import shutil
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _absent(what: str) -> None:
    """Skip on a bare machine; fail in CI, where the part is installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing although CI=true: .ci/run must install it")
    pytest.skip(f"{what} is not on this machine")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
        pytest.skip("../shared is not here")
    if item.get_closest_marker("needs_browser") and not shutil.which("chromium"):
        _absent("chromium")
    if item.get_closest_marker("needs_tesseract") and not shutil.which("tesseract"):
        _absent("tesseract")


@pytest.fixture
def shared() -> Path:
    """Folder with the real data beside the project; only for tests marked `needs_shared`."""
    return SHARED
