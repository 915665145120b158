"""Shared fixtures: where the data beside the project lies, and what a bare machine may lack."""

import os
import shutil
from pathlib import Path

import pytest

from esep.errors import RefusedFile
from esep.intake.ocr import find_reader

NOTO = Path("/usr/share/fonts/truetype/noto")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _absent(what: str) -> None:
    """Skip on a bare machine; fail in CI, where the part is installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing although CI=true: .ci/run must install it")
    pytest.skip(f"{what} is not on this machine")


def _look_for_tesseract() -> None:
    """Tesseract, its data for our four languages, and the font of the pages that the tests make."""
    try:
        find_reader()
    except RefusedFile as missing:
        _absent(str(missing))
    if not NOTO.is_dir():
        _absent("fonts-noto-core")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
        pytest.skip("../shared is not here")
    if item.get_closest_marker("needs_browser") and not shutil.which("chromium"):
        _absent("chromium")
    if item.get_closest_marker("needs_tesseract"):
        _look_for_tesseract()


@pytest.fixture
def shared() -> Path:
    """Folder with the real data beside the project; only for tests marked `needs_shared`."""
    return SHARED
