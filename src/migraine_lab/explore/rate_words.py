"""The sentences of ResponseRates and its recipe; every number comes from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab.explore.claim_line import Arms
from migraine_lab.explore.rate_rows import FILTER_COLUMNS


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: '1 study', '3 studies'."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def inside(name: object) -> str:
    """Write a treatment's name as it stands inside a sentence: 'Placebo' becomes 'placebo', 'CBT' stays."""
    words = str(name)
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def spread(rates: np.ndarray) -> str:
    """Say from where to where rates run, as natural frequencies; with five or more, also the middle half."""
    if not len(rates):
        return "no rates"
    low, high = rates.min(), rates.max()
    if round(low) == round(high):
        return f"{high:.0f} of 100"
    quarter, three_quarters = np.quantile(rates, [0.25, 0.75])
    middle = f" (the middle half {quarter:.0f} to {three_quarters:.0f})" if len(rates) >= 5 else ""
    return f"{low:.0f} to {high:.0f} of 100{middle}"


def overview(rows: pd.DataFrame, arms: Arms, endpoint: str, scale: str, level: int) -> str:
    """Read the whole list: arms as natural frequencies, or the differences and how many intervals include none."""
    if rows.empty:
        return f"{endpoint}: no comparison fits these filters."
    controlled = rows["controlled"].to_numpy()
    count, alone = int(controlled.sum()), int((~controlled).sum())
    counted = f"{plural(count, 'comparison')} from {plural(arms.studies, 'study', 'studies')}"
    parts = [f"{endpoint}: {counted if count else 'no comparison'}{_times(rows)}."]
    if count == 1 and scale == "percent":
        parts.append(single(rows[controlled].iloc[0], level))
    elif count and scale == "percent":
        told = f"Treated arms: {spread(arms.treated)}"
        parts.append(
            f"{told}; their own control arms: {spread(arms.control)}." if len(arms.control) else f"{told}."
        )
    elif count:
        parts.append(_effects(rows[controlled], scale, level))
    if alone:
        lonely = f"{plural(alone, 'rate')} without any comparator"
        parts.append(
            f"{lonely} ({spread(arms.alone)}) cannot be set beside them."
            if count
            else f"{lonely}: {spread(arms.alone)}; nobody knows how many would have improved anyway."
        )
    bare = int((rows["percent"].notna() & rows["n"].isna()).sum())
    if bare:
        parts.append(
            f"{plural(bare, 'rate is', 'rates are')} printed without a denominator and so shown without an interval."
        )
    return " ".join(parts)


def _times(rows: pd.DataFrame) -> str:
    """Say over which times the rates were measured, where they differ: later rates are other rates."""
    days = rows["time_days"].to_numpy()
    known = np.flatnonzero(~np.isnan(days))
    if len(set(days[known])) < 2:
        return ""
    first, last = known[days[known].argmin()], known[days[known].argmax()]
    return f", measured at {rows['time'].iloc[first]} to {rows['time'].iloc[last]}"


def single(row: pd.Series, level: int) -> str:
    """Read one comparison in natural frequencies with the interval of its difference."""
    if pd.isna(row["comparator_percent"]):
        return f"{row['study']}: {row['percent']:.0f} of 100 with {inside(row['treatment'])}."
    treated = f"{row['percent']:.0f} of 100 with {inside(row['treatment'])}"
    compared = f"{row['comparator_percent']:.0f} of 100 with {inside(row['comparator_treatment'])}"
    words = f"{row['study']}: {treated}, {compared}"
    if row["measure"] == "RD" and pd.notna(row["effect"]):
        interval = f"{level} % interval {row['effect_low']:.0f} to {row['effect_high']:.0f}"
        words += f"; the difference is {row['effect']:.0f} in 100 ({interval})"
    return words + "."


def _effects(rows: pd.DataFrame, scale: str, level: int) -> str:
    known = rows[rows["effect"].notna()]
    if known.empty:
        return "No row has counts in both arms, so no difference or ratio can be computed."
    none = 0.0 if scale == "RD" else 1.0
    crossing = int(((known["effect_low"] <= none) & (known["effect_high"] >= none)).sum())
    what = {
        "RD": "Differences run from {} to {} points",
        "RR": "Risk ratios run from {} to {}",
        "OR": "Odds ratios run from {} to {}",
    }
    places = 0 if scale == "RD" else 2
    ends = (f"{known['effect'].min():.{places}f}", f"{known['effect'].max():.{places}f}")
    return f"{what[scale].format(*ends)}; in {crossing} of {len(known)} the {level} % interval includes no difference."


def guess_against(arms: Arms, guess: float) -> str:
    """Set the student's guess beside the control arms as they were."""
    if not len(arms.control):
        return f"You guessed {guess:.0f} of 100; these studies have no control arm to compare it with."
    above = int((arms.control > guess).sum())
    return (
        f"You guessed {guess:.0f} of 100 in the control arms; the middle one had {np.median(arms.control):.0f}, "
        f"and {above} of {len(arms.control)} lay above your guess."
    )


def recipe(filters: Mapping[str, Any], scale: str, level: int) -> str:
    """Write the selection and its intervals as plain pandas and statsmodels; the code ends with a frame ``rows``."""
    needed = "proportion_confint" if scale == "percent" else "confint_proportions_2indep"
    lines = [
        f"from statsmodels.stats.proportion import {needed}",
        "from migraine_lab import data",
        "",
        f"rows = data.comparisons(scope={filters['scope']!r})",
        f"rows = rows[rows.endpoint == {filters['endpoint']!r}]",
    ]
    for name, column in FILTER_COLUMNS.items():
        if filters.get(name, "all") != "all":
            lines.append(f"rows = rows[rows.{column} == {filters[name]!r}]")
    if filters["reports"] == "once" and filters["study"] == "all":
        lines.append("rows = rows[rows.countable]  # every patient once")
    first, last = filters["years"]
    lines.append(f"rows = rows[rows.year.isna() | rows.year.between({first}, {last})]")
    if filters["min_n"]:
        lines.append(
            f"rows = rows[rows.n.ge({filters['min_n']}) & ~rows.comparator_n.lt({filters['min_n']})]"
        )
    alpha = f"{1 - level / 100:.2f}"
    if scale == "percent":
        lines += [
            "rows = rows.dropna(subset=['events', 'n'])  # an interval needs counts",
            f"low, high = proportion_confint(rows.events, rows.n, alpha={alpha}, method='wilson')",
            "rows = rows.assign(low=100 * low, high=100 * high)",
        ]
    else:
        compare, method = {"RD": ("diff", "newcomb"), "RR": ("ratio", "log"), "OR": ("odds-ratio", "logit")}[
            scale
        ]
        if scale != "RD":
            lines.append(
                "rows = rows[(rows.events > 0) & (rows.comparator_events > 0)]  # ratios need events in both arms"
            )
        times = "100 * " if scale == "RD" else ""
        lines += [
            "rows = rows.dropna(subset=['events', 'n', 'comparator_events', 'comparator_n'])",
            "ends = [confint_proportions_2indep(a, m, b, n, "
            f"compare={compare!r}, method={method!r}, alpha={alpha})",
            "        for a, m, b, n in zip(rows.events, rows.n, rows.comparator_events, rows.comparator_n)]",
            f"rows = rows.assign(low=[{times}low for low, high in ends], high=[{times}high for low, high in ends])",
        ]
    return "\n".join(lines) + "\n"
