"""`import esep` stays quick: heavy libraries load on first use."""

import subprocess
import sys

HEAVY = ("numpy", "scipy", "numba", "matplotlib", "jinja2", "openpyxl", "lxml", "sqlcipher3", "duckdb", "splink")


def test_importing_esep_loads_no_heavy_library():
    code = f"import sys, esep; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_looking_something_up_loads_no_numpy():
    code = f"import sys, esep.cli.main; print([name for name in {HEAVY[:7]!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
