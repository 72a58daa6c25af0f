"""Two arms of one trial compared: difference, ratio, odds ratio, number needed to treat."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from migraine_lab.stats.counts import Numbers, checked_choice, checked_counts, critical_value, unwrapped
from migraine_lab.stats.nnt import number_needed, number_needed_text
from migraine_lab.stats.proportions import wilson_limits

METHODS = {"RD": ("newcombe", "miettinen_nurminen"), "RR": ("katz",), "OR": ("woolf",)}

NO_ZERO = ""
HALF_ADDED = "0.5 added to each of the four cells because one is zero"
NO_RATIO = "no ratio: both arms stand at the same extreme"


class Comparison(NamedTuple):
    """Arm a against arm b. Every numeric field is a float, or an array of the broadcast shape.

    estimate, low, high              the measure asked for, with its confidence limits
    nnt, nnt_low, nnt_high           1 / benefit, signed: positive = patients treated for one more to
                                     benefit, negative = for one more to be harmed, inf = no difference.
                                     nnt_low belongs to the largest benefit (or smallest harm) inside the
                                     interval, nnt_high to the other end; nnt_low > 0 > nnt_high means that
                                     the interval passes through infinity (Altman 1998)
    risk_a, risk_b                   events / n of the arms
    difference, difference_low/high  risk_a - risk_b with its limits, whatever the measure; NNT rests on it
    zero_cells                       the rule applied where a ratio met an empty cell, "" where none was
    measure, level, method, better   what was asked for
    """

    estimate: Any
    low: Any
    high: Any
    nnt: Any
    nnt_low: Any
    nnt_high: Any
    risk_a: Any
    risk_b: Any
    difference: Any
    difference_low: Any
    difference_high: Any
    zero_cells: Any
    measure: str
    level: float
    method: str
    better: str

    @property
    def crosses_zero(self) -> Any:
        """True where the interval of the difference holds zero, so that NNT passes through infinity."""
        return (self.difference_low <= 0) & (self.difference_high >= 0)

    def nnt_text(self) -> Any:
        """Say NNT with its interval in plain words, 'NNT 10 (7 to 18)'; an array of texts for array input."""
        return number_needed_text(self.nnt, self.nnt_low, self.nnt_high)


def compare(
    events_a: ArrayLike,
    n_a: ArrayLike,
    events_b: ArrayLike,
    n_b: ArrayLike,
    *,
    measure: str = "RD",
    level: float = 0.95,
    method: str | None = None,
    better: str = "higher",
) -> Comparison:
    """Compare the proportion with an event in arm a (treatment) with that in arm b (its comparator).

    events_a, n_a, events_b, n_b: counts, single or arrays that broadcast. level: 0.95 for 95 %.
    measure and the method of its interval (the first is the default):
        "RD"  risk_a - risk_b. "newcombe": from the two Wilson intervals, method 10 of Newcombe (Stat Med
              1998;17:873). "miettinen_nurminen": score interval with the N / (N - 1) variance (Stat Med
              1985;4:213)
        "RR"  risk_a / risk_b. "katz": log RR +- z sqrt(1/x_a - 1/n_a + 1/x_b - 1/n_b) (Katz, Biometrics
              1978;34:469)
        "OR"  odds_a / odds_b. "woolf": log OR +- z sqrt(sum of 1/cell) (Woolf, Ann Hum Genet 1955;19:251)
    better: "higher" where an event is a benefit (pain freedom), "lower" where it is a harm (rescue, nausea);
        it decides only what the NNT counts as benefit.

    Ratios with an empty cell: 0.5 is added to all four cells of that table (Haldane, Ann Hum Genet
    1956;20:309; metafor's rule "only0"); where both arms have no event (or, for odds, both have only events)
    there is no ratio and the result is NaN. `zero_cells` says which happened. Differences and NNT need no
    correction.

    Where statsmodels 0.15.0 differs: Table2x2 puts 0.5 into the empty cell alone (pass it cells + 0.5 to get
    the values given here), and confint_proportions_2indep(method="score", compare="diff") computes the linear
    coefficient of Miettinen and Nurminen's cubic with events in place of patients of arm b, which can move a
    limit by more than 0.01. "miettinen_nurminen" here reproduces the published table.

    NNT is 1 / difference, its limits the reciprocals of the limits of the difference (Altman, BMJ
    1998;317:1309; score limits as advised by Bender, Control Clin Trials 2001;22:102). With RD it uses the
    method asked for, with ratios Newcombe's. Raises ValueError naming the impossible argument.

    >>> compare(56, 70, 48, 80).nnt_text()
    'NNT 5 (3 to 20)'
    """
    checked_choice(measure, tuple(METHODS), "measure")
    checked_choice(better, ("higher", "lower"), "better")
    known = METHODS[measure]
    method = checked_choice(known[0] if method is None else method, known, f"method for {measure}")
    z = critical_value(level)
    a, total_a = checked_counts(events_a, n_a, arm="a")
    b, total_b = checked_counts(events_b, n_b, arm="b")
    try:
        a, total_a, b, total_b = np.broadcast_arrays(a, total_a, b, total_b)
    except ValueError:
        raise ValueError(
            f"arm a has shape {np.broadcast_shapes(a.shape, total_a.shape)} and arm b has shape "
            f"{np.broadcast_shapes(b.shape, total_b.shape)}: they do not fit together"
        ) from None

    difference = a / total_a - b / total_b
    limits = _miettinen_nurminen_limits if method == "miettinen_nurminen" else _newcombe_limits
    low, high = limits(a, total_a, b, total_b, z)
    if measure == "RD":
        shown, note = (difference, low, high), np.full(difference.shape, NO_ZERO, dtype=object)
    else:
        shown, note = _ratio(a, total_a, b, total_b, z, odds=measure == "OR")
    benefit = (difference, low, high) if better == "higher" else (-difference, -high, -low)
    needed = number_needed(*benefit)
    risks = (a / total_a, b / total_b)
    numbers = [unwrapped(part) for part in (*shown, *needed, *risks, difference, low, high, note)]
    return Comparison._make([*numbers, measure, float(level), method, better])


def _newcombe_limits(
    a: Numbers, total_a: Numbers, b: Numbers, total_b: Numbers, z: float
) -> tuple[Numbers, Numbers]:
    risk_a, risk_b = a / total_a, b / total_b
    low_a, high_a = wilson_limits(a, total_a, z)
    low_b, high_b = wilson_limits(b, total_b, z)
    low = risk_a - risk_b - np.hypot(risk_a - low_a, high_b - risk_b)
    high = risk_a - risk_b + np.hypot(high_a - risk_a, risk_b - low_b)
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def _miettinen_nurminen_limits(
    a: Numbers, total_a: Numbers, b: Numbers, total_b: Numbers, z: float
) -> tuple[Numbers, Numbers]:
    """Differences d at which (observed - d)^2 = z^2 Var(d), the variance taken at the best fit under d."""
    observed = a / total_a - b / total_b

    def too_far(d: Numbers) -> NDArray[np.bool_]:
        return (observed - d) ** 2 > z**2 * _variance_under(d, a, total_a, b, total_b)

    def edge(outside: Numbers) -> Numbers:
        inside = observed.copy()
        # 55 halvings of an interval of at most 2 end below 1e-16; every row takes the same steps at once.
        for _ in range(55):
            middle = (inside + outside) / 2
            beyond = too_far(middle)
            outside, inside = np.where(beyond, middle, outside), np.where(beyond, inside, middle)
        return (inside + outside) / 2

    return edge(np.full_like(observed, -1.0)), edge(np.full_like(observed, 1.0))


def _variance_under(d: Numbers, a: Numbers, total_a: Numbers, b: Numbers, total_b: Numbers) -> Numbers:
    """Variance of risk_a - risk_b at the likeliest risks whose difference is d (cubic, closed form)."""
    total, events = total_a + total_b, a + b
    l2 = (total_a + 2 * total_b) * d - total - events
    l1 = (total_b * d - total - 2 * b) * d + events
    l0 = b * d * (1 - d)
    third = l2 / (3 * total)
    q = third**3 - l1 * l2 / (6 * total**2) + l0 / (2 * total)
    p = np.where(q >= 0, 1.0, -1.0) * np.sqrt(np.maximum(third**2 - l1 / (3 * total), 0))
    cosine = np.divide(q, p**3, out=np.ones_like(q), where=p != 0)
    angle = (np.pi + np.arccos(np.clip(cosine, -1, 1))) / 3
    risk_b = np.clip(2 * p * np.cos(angle) - third, np.maximum(0, -d), np.minimum(1, 1 - d))
    risk_a = np.clip(risk_b + d, 0, 1)
    variance = risk_a * (1 - risk_a) / total_a + risk_b * (1 - risk_b) / total_b
    result: Numbers = variance * total / (total - 1)
    return result


def _ratio(
    a: Numbers, total_a: Numbers, b: Numbers, total_b: Numbers, z: float, *, odds: bool
) -> tuple[tuple[Numbers, Numbers, Numbers], NDArray[Any]]:
    """Risk ratio or odds ratio, with log-normal limits, and the text of the zero-cell rule."""
    c, d = total_a - a, total_b - b
    none_left = (a == 0) & (b == 0) | ((c == 0) & (d == 0) if odds else False)
    empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    a, b, c, d = (cell + np.where(empty, 0.5, 0.0) for cell in (a, b, c, d))
    if odds:
        log_ratio = np.log(a) + np.log(d) - np.log(b) - np.log(c)
        variance = 1 / a + 1 / b + 1 / c + 1 / d
    else:
        log_ratio = np.log(a / (a + c)) - np.log(b / (b + d))
        variance = 1 / a - 1 / (a + c) + 1 / b - 1 / (b + d)
    half = z * np.sqrt(variance)
    log_ratio = np.where(none_left, np.nan, log_ratio)
    # Object arrays on purpose: a fixed-width text array would cut the longer sentence.
    note = np.full(empty.shape, NO_ZERO, dtype=object)
    note[empty] = HALF_ADDED
    note[none_left] = NO_RATIO
    return (np.exp(log_ratio), np.exp(log_ratio - half), np.exp(log_ratio + half)), note
