"""How ketamine is said to work: each idea on the rung of the evidence it rests on, with what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import articles
from migraine_lab.explore.articles import EVERY, NOBODY
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.rungs import DISPUTED, FIRM, SOME, WEAK, Rung, Rungs, RungsView
from migraine_lab.figures.style import Look

RUNGS = {
    "speculative": "idea",
    "established in vitro": "dish",
    "animal": "animals",
    "human experimental": "people",
    "human clinical": "patients",
}
"""Evidence levels of the table ``mechanisms``, from the farthest from a patient to the nearest, and their headings."""
TESTED = {
    "speculative": "nowhere yet", "established in vitro": "in a dish", "animal": "in animals",
    "human experimental": "in people", "human clinical": "in patients",
}  # fmt: skip
FIRMNESS = {
    "strong": FIRM, "strong in rats": FIRM, "moderate": SOME, "weak": WEAK, "very weak": WEAK,
    "contested": DISPUTED, "disputed": DISPUTED,
}  # fmt: skip
"""Mark of each judgement of the table."""
NAMES = {
    "nmda_open_channel_block": "blocks the open NMDA channel",
    "nmda_block_slows_csd": "slows the aura's wave",
    "ketamine_suppresses_sd_in_injured_cortex": "calms waves in injured brain",
    "ketamine_reduces_aura": "makes aura milder",
    "central_sensitisation": "damps amplified pain",
    "glutamate_surge_disinhibition": "raises glutamate",
    "ampa_activation": "drives AMPA receptors",
    "bdnf_translation": "releases growth factor BDNF",
    "mtor_synaptogenesis": "builds synapses (mTOR)",
    "hydroxynorketamine": "its metabolite does it",
    "neuroplasticity_explains_lasting_migraine_benefit": "rewires, so relief lasts",
    "anti_inflammatory": "calms inflammation",
    "opioid_system": "works through opioids",
    "monoamine_effects": "raises dopamine, serotonin",
    "gaba_a_extrasynaptic": "strengthens GABA-A current",
    "other_targets": "touches other targets",
}
"""Short names in our words of the hypotheses, so that a list can be read from the back row."""
LINES, SLIDE_LINES = 16, 7


class Hypotheses(Explorer):
    """A ladder of evidence: the mechanisms in a list, a mark on the kind of evidence each rests on, one of them open."""

    title: ClassVar[str] = "How is ketamine said to work, and on what does it rest?"
    columns: ClassVar[Mapping[str, str]] = {
        "name": "idea", "evidence_level": "evidence", "judgement": "judged", "articles": "articles that claim it",
        "statement": "statement", "counter_evidence": "what speaks against it", "note": "note", "source_id": "source",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"rung": "rung", "articles": "articles"}
    recipe_key: ClassVar[str] = "key"
    view_only: ClassVar[tuple[str, ...]] = ("choose",)

    def __init__(self, **state: object) -> None:
        self._card = widgets.HTML()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: claimed by which article, kind of evidence, the idea that is open."""
        levels = [("any evidence", EVERY), *[(f"{level} ({words})", level) for level, words in RUNGS.items()]]
        return {
            "article": dropdown("Claimed by", [*articles.options(), ("none of the five", NOBODY)]),
            "level": dropdown("Evidence", levels),
            "choose": dropdown("Open", _options(_all())),
        }

    def adapt(self, name: str) -> None:
        """Offer the ideas that fit article and evidence; keep the open one where it still fits."""
        if name == "choose":
            return
        control, kept = self.controls["choose"], self.value("choose")
        fitting = _options(self._fitting()) or [("no idea fits", "")]
        control.options = fitting
        control.value = kept if kept in [one for _, one in fitting] else fitting[0][1]

    def beside(self) -> list[widgets.Widget]:
        """Return the card of the open idea."""
        return [self._card]

    def make_evidence(self) -> pd.DataFrame:
        """Return the ideas that fit, a row for each source that an idea rests on."""
        rows = self._fitting().assign(source_id=lambda frame: frame["source_ids"].str.split(";"))
        rows = rows.explode("source_id", ignore_index=True)
        return rows.assign(key=rows["mechanism_id"] + " " + rows["source_id"])

    def make_drawing(self, look: Look) -> Rungs:
        """Return the ladder, on a slide a part of it around the open idea."""
        return Rungs(look, SLIDE_LINES if look.presenting else LINES, len(RUNGS))

    def view(self) -> RungsView:
        """Return the ideas from the nearest to a patient to the farthest, and fill the card."""
        rows = self._fitting()
        if rows.empty:
            raise CannotShow(
                "No idea is claimed there with that evidence; choose another article or evidence."
            )
        rungs = [
            Rung(row.name_, int(row.rung) - 1, FIRMNESS[row.judgement], row.judgement)
            for row in rows.rename(columns={"name": "name_"}).itertuples()
        ]
        chosen = list(rows["mechanism_id"]).index(self.value("choose"))
        self._card.value = "" if self.live.drawing.look.presenting else self._words(rows.iloc[chosen])
        return RungsView(tuple(RUNGS.values()), rungs, chosen, "judged")

    def say(self) -> str:
        """Count the ideas by evidence, then say the open one with what speaks against it."""
        rows = self._fitting()
        if rows.empty:
            return "No idea in the table is claimed there with that kind of evidence."
        counts = rows["evidence_level"].value_counts()
        near = ", ".join(f"{TESTED[level]} {counts[level]}" for level in reversed(RUNGS) if level in counts)
        row = rows[rows["mechanism_id"] == self.value("choose")].iloc[0]
        against = f" Against it: {row['counter_evidence']}." if row["counter_evidence"] else ""
        return (
            f"{len(rows)} {'idea' if len(rows) == 1 else 'ideas'}, tested {near}.\n"
            f"{row['statement']}: {row['evidence_level']}, judged {row['judgement']}.{against}"
        )

    def about(self) -> str:
        """Say what the rungs mean and what they do not."""
        return (
            "A rung says in whom or what something was shown, not that it explains a benefit. “People” are experiments in"
            " volunteers or in other illnesses; only “patients” means people treated for what the idea is about. No trial"
            " here shows that a mechanism is why a headache got better."
        )

    def recipe(self) -> str:
        """Return the same ideas, a row a source, in pandas."""
        article, level = self.value("article"), self.value("level")
        narrowed = ""
        if article == NOBODY:
            narrowed += "ideas = ideas[ideas.article_ids == '']\n"
        elif article != EVERY:
            narrowed += (
                f"ideas = ideas[ideas.article_ids.str.split(';').map(lambda ids: {article!r} in ids)]\n"
            )
        if level != EVERY:
            narrowed += f"ideas = ideas[ideas.evidence_level == {level!r}]\n"
        return (
            "from migraine_lab import data\n\n"
            f"rungs = {list(RUNGS)}  # farthest from a patient first\n"
            "ideas = data.table('mechanisms').query(\"kind == 'hypothesis'\")\n"
            f"{narrowed}"
            "rows = ideas.assign(\n"
            "    rung=ideas.evidence_level.map(rungs.index) + 1,\n"
            "    articles=ideas.article_ids.str.split(';').map(lambda ids: sum(id != '' for id in ids)),\n"
            "    source_id=ideas.source_ids.str.split(';'),\n"
            ").explode('source_id')\n"
            "rows['key'] = rows.mechanism_id + ' ' + rows.source_id\n"
            "print(ideas.evidence_level.value_counts())\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _fitting(self) -> pd.DataFrame:
        return _claimed(self.value("article"), self.value("level"))

    @staticmethod
    def _words(row: pd.Series) -> str:
        facts = {
            "The idea": row["statement"],
            "Claimed by": articles.said_by(row["article_ids"]),
            "Evidence": f"{row['evidence_level']}, judged {row['judgement']}",
            "Against it": row["counter_evidence"],
            "Note": row["note"],
        }
        return articles.card(row["name"].capitalize(), facts, row["source_ids"].split(";"))


@lru_cache(maxsize=64)
def _claimed(article: str, level: str) -> pd.DataFrame:
    """The hypotheses that an article claims (or nobody) with one kind of evidence (or any)."""
    rows = _all()
    if article == NOBODY:
        rows = rows[rows["articles"] == 0]
    elif article != EVERY:
        rows = rows[rows["article_ids"].str.split(";").map(lambda ids: article in ids)]
    return rows if level == EVERY else rows[rows["evidence_level"] == level]


@lru_cache(maxsize=1)
def _all() -> pd.DataFrame:
    """Every hypothesis with its short name and rung, the nearest to a patient first."""
    rows = data.table("mechanisms").query("kind == 'hypothesis'")
    rows = rows.assign(
        name=rows["mechanism_id"].map(NAMES),
        rung=rows["evidence_level"].map(list(RUNGS).index) + 1,
        articles=rows["article_ids"].map(lambda ids: len([one for one in ids.split(";") if one])),
    )
    return rows.sort_values("rung", ascending=False, kind="stable").reset_index(drop=True)


def _options(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(rows["name"], rows["mechanism_id"], strict=True))
