"""The published figures from which attacks are drawn, each with the row and the source it came from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import TypeVar

import pandas as pd

from migraine_lab import data


@dataclass(frozen=True)
class Figure:
    """One figure as a table prints it; ``low`` and ``high`` (hours) bound the band of which ``value`` is the share.

    ``table`` and ``row_id`` say where it stands; both and ``source_id`` are "" where the figure is our own choice.
    """

    words: str
    value: float
    unit: str
    table: str = ""
    row_id: str = ""
    source_id: str = ""
    low: float = float("nan")
    high: float = float("nan")


Bands = tuple[Figure, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Parameters:
    """What ``attack.draw`` draws from. Shares and medians as printed; bands carry their ends in hours.

    Shares of people stand in for shares of attacks, because hardly any source counts attacks: every simulated attack
    is the one attack of one person.
    """

    prodrome_share: Figure
    prodrome_bands: Bands
    aura_share: Figure
    aura_median: Figure
    aura_over_an_hour: Figure
    aura_relations: Bands
    aura_gap_under_30_min: Figure
    aura_gap_longest: Figure
    headache_with_aura: Figure
    headache_bands: Bands
    headache_peak_median: Figure
    postdrome_share: Figure
    postdrome_bands: Bands

    def table(self) -> pd.DataFrame:
        """Return one row a figure: phase, quantity, value, unit, table, row_id, source_id, low_h, high_h."""
        named = [
            (field.name.split("_")[0], one)
            for field in fields(self)
            for one in _listed(getattr(self, field.name))
        ]
        rows = pd.DataFrame([{"phase": phase} | asdict(one) for phase, one in named])
        return rows.rename(columns={"words": "quantity", "low": "low_h", "high": "high_h"})


_BAND = "duration_share_of_patients_in_the"
PRODROME_BANDS = {
    "kelman2004": [f"kelman2004_prodrome_{_BAND}_band{end}" for end in ("", "_2", "_3", "_4", "_5")],
    "ehf2018_p65": [f"ehf2018_p65_prodrome_{_BAND}_band{end}" for end in ("", "_2", "_3")],
}
PRODROME_SHARES = {
    "kelman2004": "prodrome_kelman2004_any_premonitory_symptom",
    "ehf2018_p65": "prodrome_ehf2018_p65_experiences_a_premonitory_phase",
    "reform_pre2024_with_a_list": "prodrome_reform_pre2024_any_premonitory_symptom_asked_with",
    "reform_pre2024_without_a_list": "prodrome_reform_pre2024_any_premonitory_symptom_asked_with_2",
    "eigenbrodt2022_population": "prodrome_eigenbrodt2022_any_premonitory_symptom",
    "eigenbrodt2022_clinics": "prodrome_eigenbrodt2022_any_premonitory_symptom_2",
}
AURA_SHARES = {
    "launer1999": "launer1999_share_of_people_with_migraine_who_ever_have_aura",
    "kossowsky2021": "kossowsky2021_share_of_people_with_migraine_who_ever_have",
}
AURA_SYMPTOMS = ("visual", "sensory", "dysphasic")
RELATIONS = {
    "before": "viana2016_headache_starts_before_the_aura",
    "with": "viana2016_headache_starts_together_with_aura_onset",
    "during": "viana2016_headache_starts_during_the_aura",
    "at the end": "viana2016_headache_starts_at_the_end_of_the_aura",
    "after": "viana2016_headache_starts_after_the_end_of_the_aura",
}
"""When the headache starts, seen from the aura."""
POSTDROME_BANDS = {
    "kelman2006post": [
        "kelman2006post_postdrome_lasting_12_h_or_less_0_12",
        "",
        "kelman2006post_postdrome_lasting_more_than_24_h_24",
    ],
    "ehf2018_p65": [f"ehf2018_p65_postdrome_{_BAND}{end}" for end in ("", "_2", "_3")],
}
POSTDROME_SHARES = {
    "kelman2006post": "postdrome_kelman2006post_any_postdrome",
    "ehf2018_p65": "postdrome_ehf2018_p65_experiences_a_postdromal_phase",
    "reform_post2024_with_a_list": "postdrome_reform_post2024_any_postdromal_symptom_asked_with",
    "reform_post2024_without_a_list": "postdrome_reform_post2024_any_postdromal_symptom_asked_with_2",
    "cameo_i_2023": "postdrome_cameo_i_2023_any_post_headache_symptom",
}
LONGEST_POSTDROME = 48.0
"""Hours at which the open band of postdromes is cut. Our choice: no source of the tables prints a longest one."""


@lru_cache(maxsize=32)
def parameters(
    prodrome: str = "kelman2004",
    postdrome: str = "kelman2006post",
    aura: str = "launer1999",
    *,
    aura_symptom: str = "visual",
    prodrome_share: str | None = None,
    postdrome_share: str | None = None,
) -> Parameters:
    """Return the figures of the sources named.

    prodrome, postdrome: source of the duration bands and, unless another is named, of the share that has the phase.
    aura: source of the share with aura. aura_symptom: "visual", "sensory" or "dysphasic".
    The sources to choose from are the keys of PRODROME_BANDS, PRODROME_SHARES, AURA_SHARES, POSTDROME_BANDS,
    POSTDROME_SHARES. Bands without an upper end are cut at the longest lead that a review prints (prodrome), at the
    72 h of ICHD-3 (headache) and at LONGEST_POSTDROME. Raises ValueError for a name that does not exist.
    """
    longest_lead = float(data.fact("timing", "gagoveiga2021_premonitory_phase_longest_lead")["value"])
    longest_pain = float(
        data.fact("timing", "ichd3_headache_duration_diagnostic_range_adults_untreated")["high"]
    )
    leads = _chosen(PRODROME_BANDS, prodrome, "prodrome")
    after = _bands(_chosen(POSTDROME_BANDS, postdrome, "postdrome"), LONGEST_POSTDROME)
    symptom = _chosen({name: name for name in AURA_SYMPTOMS}, aura_symptom, "aura_symptom")
    return Parameters(
        prodrome_share=_share(_chosen(PRODROME_SHARES, prodrome_share or prodrome, "prodrome_share")),
        prodrome_bands=_bands(leads, longest_lead),
        aura_share=_figure("epidemiology", _chosen(AURA_SHARES, aura, "aura")),
        aura_median=_figure("timing", f"viana2016_aura_symptom_duration_median_{symptom}"),
        aura_over_an_hour=_figure("timing", f"viana2016_aura_symptom_longer_than_1_h_{symptom}"),
        aura_relations=tuple(_figure("timing", row_id) for row_id in RELATIONS.values()),
        aura_gap_under_30_min=_figure("timing", "queiroz1997_free_interval_between_end_of_aura_and_headache"),
        aura_gap_longest=_figure("timing", "ichd3_headache_follows_aura_within_criterion"),
        headache_with_aura=_share("headache_reform_aura2024_headache_in_relation_to_aura"),
        headache_bands=_bands(
            [f"ehf2018_p65_headache_{_BAND}_band{end}" for end in ("", "_2", "_3")], longest_pain
        ),
        headache_peak_median=_figure("timing", "dodick_neurotorium_time_to_peak_headache_median"),
        postdrome_share=_share(_chosen(POSTDROME_SHARES, postdrome_share or postdrome, "postdrome_share")),
        postdrome_bands=after,
    )


def _listed(found: Figure | Bands) -> Bands:
    return found if isinstance(found, tuple) else (found,)


def _chosen(there: dict[str, T], name: str, what: str) -> T:
    if name not in there:
        raise ValueError(f"{what} has no choice {name!r}; there are: {', '.join(there)}")
    return there[name]


def _figure(table: str, row_id: str) -> Figure:
    row = data.fact(table, row_id)
    words = row["quantity"] if table == "timing" else row["measure"]
    return Figure(str(words), float(row["value"]), str(row["unit"]), table, row_id, str(row["source_id"]))


def _share(row_id: str) -> Figure:
    """A row of symptoms; its percentage from its counts where both are printed."""
    row = data.fact("symptoms", row_id)
    counted = pd.notna(row["events"]) and pd.notna(row["n"])
    percent = 100 * float(row["events"]) / float(row["n"]) if counted else float(row["percent"])
    return Figure(str(row["symptom"]), percent, "%", "symptoms", row_id, str(row["source_id"]))


def _bands(row_ids: list[str], longest: float) -> Bands:
    """Bands in order. An empty id is the band that the printed ones leave over; an open end becomes ``longest``."""
    rows = [data.fact("timing", row_id) if row_id else None for row_id in row_ids]
    printed = [row for row in rows if row is not None]
    made = []
    for place, row in enumerate(rows):
        if row is None:
            before, later = rows[place - 1], rows[place + 1]
            assert before is not None and later is not None
            made.append(
                Figure(
                    "what the printed bands leave over (worked out)",
                    100 - sum(float(one["value"]) for one in printed),
                    "%",
                    source_id=str(before["source_id"]),
                    low=float(before["band_high"]),
                    high=float(later["band_low"]),
                )
            )
            continue
        high = float(row["band_high"]) if pd.notna(row["band_high"]) else longest
        made.append(
            Figure(
                str(row["quantity"]),
                float(row["value"]),
                "%",
                "timing",
                str(row["timing_id"]),
                str(row["source_id"]),
                float(row["band_low"]),
                high,
            )
        )
    return tuple(made)
