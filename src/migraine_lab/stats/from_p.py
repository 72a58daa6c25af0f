"""A confidence interval worked out from a printed p value, where a source prints a difference and nothing about its spread."""

from statistics import NormalDist

from migraine_lab.stats.counts import critical_value


def interval_from_p(estimate: float, p: float, *, level: float = 0.95) -> tuple[float, float]:
    """Return the limits around ``estimate`` that belong to the two-sided p value ``p`` of its being zero.

    Standard error = |estimate| / z(p), limits = estimate +- z * standard error (Altman and Bland, BMJ 2011;343:d2090; they
    approximate z(p), here it is exact). Right only where p comes from a normal test of this very difference: where it was
    adjusted for something, or rounded, the limits are rough; with "p < 0.001" use 0.001 and call them the widest possible.
    Raises ValueError for p outside 0 to 1 or 1 itself, and for an estimate of 0, which has no such interval.

    >>> [round(limit, 2) for limit in interval_from_p(-1.4, 0.006)]
    [-2.4, -0.4]
    """
    if not 0 < p < 1:
        raise ValueError(f"p is {p:g}: it must lie between 0 and 1, neither end included.")
    if estimate == 0:
        raise ValueError("A difference of 0 has a p value of 1, which tells nothing about its spread.")
    half = critical_value(level) * abs(estimate) / -NormalDist().inv_cdf(p / 2)
    return estimate - half, estimate + half
