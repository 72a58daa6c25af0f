"""What the numbers say: proportions, differences, ratios and numbers needed to treat.

Pure functions on counts. They read no files, draw nothing, and accept single numbers as well as arrays:
arguments are broadcast against each other, so ten thousand simulated trials are one call.
"""

from migraine_lab.stats.calibration import Calibration, calibration
from migraine_lab.stats.comparisons import Comparison, compare
from migraine_lab.stats.from_p import interval_from_p
from migraine_lab.stats.means import Mean, mean, mean_difference
from migraine_lab.stats.pooling import Pooled, cumulative, leave_one_out, pool
from migraine_lab.stats.pooling_counts import pool_counts
from migraine_lab.stats.proportions import Proportion, proportion

__all__ = [
    "Calibration",
    "Comparison",
    "Mean",
    "Pooled",
    "Proportion",
    "calibration",
    "compare",
    "cumulative",
    "interval_from_p",
    "leave_one_out",
    "mean",
    "mean_difference",
    "pool",
    "pool_counts",
    "proportion",
]
