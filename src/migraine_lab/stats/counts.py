"""Refuse impossible counts before any formula sees them.

A formula given 12 events among 10 patients returns a number all the same. Every function of this room
therefore passes its arguments through here, and the error names the argument, its value and its place.
"""

from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def checked_counts(events: ArrayLike, n: ArrayLike, *, arm: str = "") -> tuple[Numbers, Numbers]:
    """Return events and n as float arrays, or raise ValueError naming what cannot be.

    events, n: whole numbers, any shapes that broadcast; 0 <= events <= n and n >= 1. `arm` ("a", "b" or "")
    only completes the argument names in messages. Floats are accepted where they hold whole numbers, as a
    pandas column with gaps does; 0.34 is not, because it is nearly always a proportion passed as a count.
    """
    suffix = f"_{arm}" if arm else ""
    x = _whole_numbers(events, f"events{suffix}")
    total = _whole_numbers(n, f"n{suffix}")
    _refuse(total < 1, total, f"n{suffix}", "must be at least 1: without patients there is no proportion")
    _refuse(x < 0, x, f"events{suffix}", "is negative: counts start at 0")
    try:
        together, of = np.broadcast_arrays(x, total)
    except ValueError:
        raise ValueError(
            f"events{suffix} has shape {x.shape} and n{suffix} has shape {total.shape}: "
            "they do not fit together"
        ) from None
    too_many = together > of
    if too_many.any():
        place = _first(too_many)
        raise ValueError(
            f"events{suffix} is {together[place]:g}{_words(place)} but n{suffix} is {of[place]:g}: "
            "more events than patients"
        )
    return x, total


def checked_level(level: float) -> float:
    """Return the confidence level, or raise ValueError unless it is one number with 0 < level < 1."""
    if isinstance(level, bool) or not isinstance(level, int | float | np.number):
        raise ValueError(f"level must be one number between 0 and 1, such as 0.95; it is {level!r}")
    if not 0 < level < 1:
        hint = f"; for {level:g} % write {level / 100:g}" if 1 < level < 100 else ""
        raise ValueError(f"level must lie between 0 and 1, such as 0.95; it is {level:g}{hint}")
    return float(level)


def critical_value(level: float) -> float:
    """Two-sided standard normal quantile of a confidence level: 1.96 for 0.95."""
    return -NormalDist().inv_cdf((1 - checked_level(level)) / 2)


def checked_choice(value: str, allowed: tuple[str, ...], name: str) -> str:
    """Return value if it is one of the allowed words, else raise ValueError listing them."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; it is {value!r}")
    return value


def unwrapped(values: Any) -> Any:
    """Turn a zero-dimensional array into the plain Python value that it holds; leave arrays as they are."""
    return values.item() if np.ndim(values) == 0 and isinstance(values, np.ndarray | np.generic) else values


def _whole_numbers(values: ArrayLike, name: str) -> Numbers:
    raw = np.asarray(values)
    if raw.dtype.kind not in "iufO":
        holds = f"it holds {raw.ravel()[0].item()!r}" if raw.size else "it is empty"
        raise ValueError(f"{name} must be numbers; {holds}")
    try:
        numbers = raw.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers; it holds something else or a gap") from None
    _refuse(np.isnan(numbers), numbers, name, "is missing (NaN): leave rows without counts out")
    _refuse(np.isinf(numbers), numbers, name, "must be finite")
    parts = numbers != np.floor(numbers)
    _refuse(parts, numbers, name, "is not a whole number: give counts, not proportions")
    return numbers


def _refuse(wrong: NDArray[np.bool_], values: Numbers, name: str, why: str) -> None:
    if wrong.any():
        place = _first(wrong)
        raise ValueError(f"{name} is {values[place]:g}{_words(place)}: it {why}")


def _first(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(wrong)[0])


def _words(place: tuple[int, ...]) -> str:
    return f" at position {', '.join(map(str, place))}" if place else ""
