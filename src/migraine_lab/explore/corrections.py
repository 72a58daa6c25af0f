"""What the articles say about ketamine, what is so, and where that was read: guess first, then see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore import articles
from migraine_lab.explore.articles import EVERY
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.parts import brief
from migraine_lab.figures.rungs import DISPUTED, FIRM, SOME, WEAK, Rung, Rungs, RungsView
from migraine_lab.figures.style import Look

RIGHT, IN_PART, WRONG, NO_SUPPORT, NOT_YET = "right", "in part", "wrong", "no support", "not yet"
VERDICTS = {RIGHT: FIRM, IN_PART: SOME, WRONG: DISPUTED, NO_SUPPORT: WEAK}
"""Columns from left to right, and their marks."""
SAYS = {
    RIGHT: "The sources agree", IN_PART: "In part", WRONG: "The sources say otherwise", NO_SUPPORT: "No support found",
}  # fmt: skip
JUDGED = {
    "correct": RIGHT, "supported": RIGHT, "correct but understated": IN_PART, "overstated": IN_PART,
    "misleading": IN_PART, "oversimplified": IN_PART, "imprecise": IN_PART, "true but out of context": IN_PART,
    "partly wrong": IN_PART, "mismatch": IN_PART, "outdated": IN_PART, "contradicted": WRONG, "garbled": WRONG,
    "wrong word": WRONG, "unsupported": NO_SUPPORT, "not verified": NO_SUPPORT, "metaphor": NO_SUPPORT,
}  # fmt: skip
"""Column of each judgement that the tables ``mechanisms`` and ``claims`` use here."""
CLAIM_TOPICS, SAME_AS_ANOTHER = ["history", "mechanism"], "c081"
"""Supported claims of these topics stand here too, save one that a row of ``mechanisms`` repeats."""
BESIDE = {
    "claim_reduce_the_pain_no_side_effects": (
        "yuan2023_ketamine_in_ketamine_adverse_any", "krusz2010_ketamine_iv_dissociation",
        "benish2019_ketamine_in_ketamine_adverse_any", "benish2019_metoclopramide_ketamine_adverse_any",
    ),
    "claim_destin_clinic_fewer_side_effects": (
        "benish2019_ketamine_in_ketamine_adverse_any", "benish2019_metoclopramide_ketamine_adverse_any",
    ),
}  # fmt: skip
"""Rows of ``results`` that measured what a statement is about."""
MODES = [("shown", "open"), ("hidden until I judge", "guess")]
LINES, SLIDE_LINES = 12, 6


class Corrections(Explorer):
    """Statements of the articles with a verdict each; in guess mode a verdict shows once the student has given hers."""

    title: ClassVar[str] = "What the articles say, and what is so"
    columns: ClassVar[Mapping[str, str]] = {
        "statement": "what is said (in our words)", "verdict_words": "verdict", "judgement": "judged", "is_so": "what is so",
        "yours": "you said", "events": "events", "n": "n", "percent": "%", "low": "low", "high": "high",
        "source_id": "source",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"articles": "articles", "verdict": "verdict"}
    recipe_key: ClassVar[str] = "key"
    view_only: ClassVar[tuple[str, ...]] = ("choose",)

    def __init__(self, **state: Any) -> None:
        self._card = widgets.HTML()
        self._votes: dict[str, str] = {}
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: article, verdicts shown or not, the open statement, the student's own verdict."""
        return {
            "article": dropdown("Said by", [("any article", EVERY), *articles.options()[1:]]),
            "mode": dropdown("Verdicts", MODES),
            "choose": dropdown("Open", _options(_all())),
            "vote": dropdown("I say", [NOT_YET, *VERDICTS], value=NOT_YET),
        }

    def adapt(self, name: str) -> None:
        """Offer the article's statements; keep each verdict that was given with its statement."""
        if name == "article":
            control, kept, fitting = self.controls["choose"], self.value("choose"), _options(self._fitting())
            control.options = fitting
            control.value = kept if kept in [one for _, one in fitting] else fitting[0][1]
        if name == "vote":
            self._votes[self.value("choose")] = self.value("vote")
        else:
            self.controls["vote"].value = self._votes.get(self.value("choose"), NOT_YET)

    def visible(self, name: str) -> bool:
        """Ask for a verdict only while verdicts are hidden."""
        return name != "vote" or self.value("mode") == "guess"

    def reset(self) -> None:
        """Forget the verdicts given and bring every control back."""
        self._votes.clear()
        self._frame = None
        super().reset()

    def beside(self) -> list[widgets.Widget]:
        """Return the card of the open statement."""
        return [self._card]

    def make_evidence(self) -> pd.DataFrame:
        """Return a row for each statement and source, then what was measured; what is still hidden is left empty."""
        rows = self._fitting().assign(source_id=lambda frame: frame["source_ids"].str.split(";"))
        rows = rows.assign(yours=[self._vote(one) for one in rows["id"]])
        for column in ("verdict", "verdict_words", "judgement", "is_so", "counter_evidence", "note"):
            hidden = ~rows["id"].map(self._seen).astype(bool)
            rows[column] = rows[column].mask(hidden, np.nan if column == "verdict" else "")
        rows = rows.explode("source_id", ignore_index=True)
        rows = rows.assign(key=rows["id"] + " " + rows["source_id"])
        seen = [one for one in rows["id"].unique() if self._seen(one)]
        beside = pd.DataFrame(measured for one in seen for measured in _measured(one))
        rows = rows.reindex(columns=[*rows.columns, "events", "n", "percent", "low", "high"])
        numbers = ["events", "n", "percent", "low", "high"]
        rows[numbers] = rows[numbers].astype(float)
        return pd.concat([rows, beside.drop_duplicates()], ignore_index=True) if len(beside) else rows

    def make_drawing(self, look: Look) -> Rungs:
        """Return the list, on a slide a part of it around the open statement."""
        return Rungs(look, SLIDE_LINES if look.presenting else LINES, len(VERDICTS))

    def view(self) -> RungsView:
        """Return the statements with the verdicts that may be seen, and fill the card."""
        rows, places = _records(self.value("article")), list(VERDICTS)
        rungs = []
        for row in rows:
            seen, yours = self._seen(row.id), self._vote(row.id)
            guess = places.index(yours) if yours in places and self.value("mode") == "guess" else None
            column = places.index(row.verdict_words) if seen else None
            word = row.judgement if seen else "?"
            rungs.append(Rung(row.statement, column, VERDICTS[row.verdict_words], word, guess))
        chosen = [row.id for row in rows].index(self.value("choose"))
        self._card.value = "" if self.live.drawing.look.presenting else self._words(rows[chosen])
        last = "judged" if self.value("mode") == "open" else "△ = yours"
        return RungsView(tuple(places), rungs, chosen, last)

    def say(self) -> str:
        """Count verdicts, or agreement while guessing; then say the open statement and, when it may be seen, what is so."""
        rows, row = _records(self.value("article")), self._open()
        said = f"{articles.said_by(row.article_ids)}: {row.statement}."
        said = said[0].upper() + said[1:]
        if self.value("mode") == "open":
            counts = Counter(one.verdict_words for one in rows)
            head = ", ".join(f"{counts[one]} {one}" for one in VERDICTS if counts[one])
            return f"{len(rows)} {_statements(len(rows))}: {head}.\n{said} {self._is_so(row)}"
        given = [one for one in rows if self._seen(one.id)]
        agree = sum(self._vote(one.id) == one.verdict_words for one in given)
        head = f"You have judged {len(given)} of {len(rows)} {_statements(len(rows))}, {agree} of them as the sources do."
        if not self._seen(row.id):
            return f"{head}\n{said} Is it right, right in part, wrong, or is there no support for it? Judge it to see."
        return f"{head}\n{said} You said: {self._vote(row.id)}. {self._is_so(row)}"

    def about(self) -> str:
        """Say what the verdicts are about."""
        return (
            "Verdicts are about sentences, not about the people who wrote them, who mostly retold what they had read. “No"
            " support” means that no source read shows it, not that it is false. Statements stand in our words."
        )

    def recipe(self) -> str:
        """Return the same statements and verdicts, a row a source, in pandas."""
        article = self.value("article")
        narrowed = (
            ""
            if article == EVERY
            else f"said = said[said.article_ids.str.split(';').map(lambda ids: {article!r} in ids)]\n"
        )
        numbers = {judgement: list(VERDICTS).index(verdict) for judgement, verdict in JUDGED.items()}
        return (
            "import pandas as pd\nfrom migraine_lab import data\n\n"
            f"# {', '.join(f'{place}: {words}' for place, words in enumerate(VERDICTS))}\n"
            f"verdicts = {numbers}\n"
            "put_right = data.table('mechanisms').query(\"kind != 'hypothesis'\").rename(columns={'mechanism_id': 'id'})\n"
            "claims = data.table('claims').rename(columns={'claim_id': 'id', 'article_id': 'article_ids',\n"
            "    'verdict': 'judgement', 'evidence_source_ids': 'source_ids'})\n"
            f"claims = claims.query(\"topic in {CLAIM_TOPICS} and judgement == 'supported' and id != {SAME_AS_ANOTHER!r}\")\n"
            "said = pd.concat([put_right, claims])\n"
            f"{narrowed}"
            "rows = said.assign(verdict=said.judgement.map(verdicts),\n"
            "    articles=said.article_ids.str.count(';') + 1, source_id=said.source_ids.str.split(';')).explode('source_id')\n"
            "rows['key'] = rows.id + ' ' + rows.source_id\n"
            "print(said.judgement.map(verdicts).value_counts())\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _fitting(self) -> pd.DataFrame:
        return _said_by(self.value("article"))

    def _open(self) -> Any:
        """The open statement, a named row."""
        return next(one for one in _records(self.value("article")) if one.id == self.value("choose"))

    def _vote(self, one: str) -> str:
        return self._votes.get(one, NOT_YET)

    def _seen(self, one: str) -> bool:
        return bool(self.value("mode") == "open" or self._vote(one) != NOT_YET)

    def _is_so(self, row: Any) -> str:
        """The verdict in words, what is so instead, and the first measured rate where there is one."""
        measured = _measured(row.id)
        why = row.is_so or row.note or row.counter_evidence
        if measured and self.live.drawing.look.presenting:
            why = why.split(";")[0]  # the card on the page has the rest
        words = f"{SAYS[row.verdict_words]} ({row.judgement}){f': {why}' if why else ''}".rstrip(".") + "."
        return f"{words} Measured: {_reads(measured[0])}." if measured else words

    def _words(self, row: Any) -> str:
        facts = {"Said by": articles.said_by(row.article_ids)}
        if not self._seen(row.id):
            return articles.card(row.statement, facts | {"What is so": "judge it first"}, [])
        facts |= {
            "Verdict": f"{row.verdict_words} ({row.judgement})",
            "What is so": row.is_so,
            "To be fair": row.counter_evidence,
            "Measured": "; ".join(_reads(one) for one in _measured(row.id)),
            "Note": row.note,
        }
        sources = [*row.source_ids.split(";"), *(one["source_id"] for one in _measured(row.id))]
        return articles.card(row.statement, facts, sources)


@lru_cache(maxsize=8)
def _said_by(article: str) -> pd.DataFrame:
    rows = _all()
    if article == EVERY:
        return rows
    return rows[rows["article_ids"].str.split(";").map(lambda ids: article in ids)].reset_index(drop=True)


@lru_cache(maxsize=8)
def _records(article: str) -> tuple[Any, ...]:
    """The same rows as named tuples: quicker to walk through at every step of a control."""
    return tuple(_said_by(article).itertuples())


@lru_cache(maxsize=1)
def _all() -> pd.DataFrame:
    """Every statement with its verdict: corrections and confirmed rows, then supported claims of the same subjects."""
    table = data.table("mechanisms").query("kind != 'hypothesis'")
    put_right = table.rename(columns={"mechanism_id": "id", "correction": "is_so"})
    claims = data.table("claims").rename(
        columns={
            "claim_id": "id", "article_id": "article_ids", "claim": "statement", "verdict": "judgement", "why": "is_so",
            "evidence_source_ids": "source_ids",
        }
    )  # fmt: skip
    holds = claims["topic"].isin(CLAIM_TOPICS) & (claims["judgement"] == "supported")
    claims = claims[holds & (claims["id"] != SAME_AS_ANOTHER)].assign(note="", counter_evidence="")
    names = ["id", "article_ids", "statement", "is_so", "judgement", "counter_evidence", "source_ids", "note"]
    rows = pd.concat([put_right[names], claims[names]], ignore_index=True)
    rows["statement"] = rows["statement"].str.rstrip(".")
    rows["verdict_words"] = rows["judgement"].map(JUDGED)
    rows["verdict"] = rows["verdict_words"].map(list(VERDICTS).index).astype(float)
    return rows.assign(articles=rows["article_ids"].str.count(";") + 1.0)


def _options(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return [(brief(words, 60), one) for words, one in zip(rows["statement"], rows["id"], strict=True)]


@lru_cache(maxsize=8)
def _measured(statement_id: str) -> tuple[dict[str, Any], ...]:
    """What studies counted of a statement's subject, with a 95 % interval each."""
    table = data.table("results").set_index("result_id")
    studies = data.table("studies").set_index("study_id")["short"]
    arms = data.table("arms").set_index(["study_id", "arm_id"])["label"]
    rows = []
    for result_id in BESIDE.get(statement_id, ()):
        row = table.loc[result_id]
        share = stats.proportion(float(row["events"]), float(row["n"]))
        what = f"{studies[row['study_id']]}, {arms[row['study_id'], row['arm_id']]}: {row['definition']}"
        rows.append(
            {
                "key": result_id, "statement": f"measured: {what}", "events": float(row["events"]), "n": float(row["n"]),
                "unit": row["unit_counted"], "percent": 100 * float(share[0]), "low": 100 * float(share[1]),
                "high": 100 * float(share[2]), "source_id": row["source_id"],
            }
        )  # fmt: skip
    return tuple(rows)


def _reads(row: Mapping[str, Any]) -> str:
    return (
        f"{row['statement'].removeprefix('measured: ')}, {row['events']:.0f} of {row['n']:.0f} {row['unit']}"
        f" ({row['percent']:.0f} %, 95 % interval {row['low']:.0f} to {row['high']:.0f})"
    )


def _statements(count: int) -> str:
    return "statement" if count == 1 else "statements"
