"""Number needed to treat, with the interval that passes through infinity told as it is.

The reciprocal of a difference whose interval holds zero has no plain interval: the limits belong to two
ranges, benefit x to infinity and infinity to harm y (Altman, BMJ 1998;317:1309).
"""

from typing import Any

import numpy as np

from migraine_lab.stats.counts import Numbers, unwrapped


def number_needed(benefit: Numbers, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Reciprocals of a benefit (difference in the wanted direction, -1..1) and of its limits low <= high.

    Returns (nnt, nnt_low, nnt_high), signed: positive for benefit, negative for harm, inf where the
    difference is zero. nnt_low is 1 / high, nnt_high is 1 / low.
    """
    return _reciprocal(benefit), _reciprocal(high), _reciprocal(low)


def number_needed_text(nnt: Any, nnt_low: Any, nnt_high: Any) -> Any:
    """Write signed numbers needed in words; a string, or an object array of strings for arrays.

    Rounding never flatters: numbers needed to benefit are rounded up, numbers needed to harm down.
    """
    return unwrapped(np.frompyfunc(_one_text, 3, 1)(nnt, nnt_low, nnt_high))


def _one_text(nnt: float, nnt_low: float, nnt_high: float) -> str:
    one_sided = np.isinf(nnt_low) or np.isinf(nnt_high) or (nnt_low > 0) == (nnt_high > 0)
    if np.isinf(nnt) or not one_sided:
        ends = f"the interval runs from {_side(nnt_low)} through no effect to {_side(nnt_high)}"
        return f"No difference: NNT is infinite, {ends}" if np.isinf(nnt) else f"{_name(nnt)}, but {ends}"
    limits = (nnt_low, nnt_high) if nnt > 0 else (nnt_high, nnt_low)
    return f"{_name(nnt)} ({_whole(limits[0])} to {_whole(limits[1])})"


def _name(nnt: float) -> str:
    return f"{'NNT' if nnt > 0 else 'NNH'} {_whole(nnt)}"


def _side(limit: float) -> str:
    return "no effect" if np.isinf(limit) else f"{'benefit' if limit > 0 else 'harm'} {_whole(limit)}"


def _whole(value: float) -> str:
    if np.isinf(value):
        return "no effect"
    # 1 / (0.3 - 0.2) is a hair above 10; without this it would be written as 11.
    size = float(f"{abs(value):.9g}")
    return str(int(np.ceil(size)) if value > 0 else max(1, int(np.floor(size))))


def _reciprocal(values: Numbers) -> Numbers:
    # np.divide would give -inf for a difference of -0.0, and "no effect" has no sign.
    return np.divide(1.0, values, out=np.full_like(values, np.inf), where=values != 0)
