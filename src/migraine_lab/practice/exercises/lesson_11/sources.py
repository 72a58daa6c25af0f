"""Sources of a comparison that no reference manager finds by number."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names


def listed() -> pd.DataFrame:
    """Return the sources behind sumatriptan, pain freedom at 2 h, by source_id."""
    rows = data.comparisons()
    rows = rows[(rows["treatment_id"] == "sumatriptan") & (rows["endpoint"] == "Pain freedom, 2 h")]
    return data.table("sources").set_index("source_id").loc[rows["source_id"].unique()]


def _hard() -> frozenset[str]:
    sources = listed()
    return frozenset(sources.index[(sources["doi"] == "") & (sources["pmid"] == "")])


def _mistakes() -> list[Mistake]:
    sources = listed()
    no_doi, no_pmid = sources["doi"] == "", sources["pmid"] == ""
    return [
        Mistake(
            "DOI alone",
            frozenset(sources.index[no_doi]),
            "None of these has a DOI. But PubMed knows some of them: keep those whose pmid is empty too.",
        ),
        Mistake(
            "PubMed alone",
            frozenset(sources.index[no_pmid]),
            "None of these has a number in PubMed. But some have a DOI: keep those whose doi is empty too.",
        ),
        Mistake(
            "either",
            frozenset(sources.index[no_doi | no_pmid]),
            "Each of these lacks one of the two. Asked are those that lack both: & in place of |.",
        ),
        Mistake(
            "turned round",
            frozenset(sources.index[~(no_doi & no_pmid)]),
            "These can be found by a number. Asked are those that cannot.",
        ),
        Mistake("all", frozenset(sources.index), "These are all the sources. Keep those without DOI and without pmid."),
        Mistake(
            "addresses",
            frozenset(sources.loc[sorted(_hard()), "url"]),
            "These are the right ones, by their addresses. Give their source_id: the index.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "11-sources",
    Names("source_ids"),
    _hard,
    _mistakes,
    "Not those. Keep the sources whose doi and whose pmid are both empty, and give the index.",
    lambda truth: (
        f"{len(truth)} of {len(listed())}. A reader finds them by the address that your page prints, as long as that page "
        "is there; so a brief also says on which day it was made."
    ),
)
