"""How many people no list recorded: capture histories in, results out. Pure.

`estimate_table` runs every method that a table allows and puts the results side by side. Importing this package loads
neither scipy nor numba; each method's module is imported when it first runs.
"""

from esep.estimate.captures import CaptureDraws
from esep.estimate.compare import Comparison, estimate_table
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Method, method, method_names
from esep.estimate.results import Estimate
from esep.estimate.status import Status

__all__ = [
    "CaptureDraws",
    "CaptureTable",
    "Comparison",
    "Estimate",
    "Method",
    "Status",
    "estimate_table",
    "method",
    "method_names",
]
