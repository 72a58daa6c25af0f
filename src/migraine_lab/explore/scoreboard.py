"""How the claims came out, counted by article, topic or kind of claim: counts, shares with intervals, and a warning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore import articles
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.verdicts import IMPRESSIONS, VERDICTS
from migraine_lab.figures.scoreboard import (
    BAD,
    GOOD,
    NOTHING,
    OPEN,
    PART,
    ScoreRow,
    ScoreView,
)
from migraine_lab.figures.scoreboard import (
    Scoreboard as Board,
)
from migraine_lab.figures.style import Look

ACCURACY, IMPRESSION = "verdict", "impression"
COLUMNS = {"accuracy": ACCURACY, "impression": IMPRESSION}
GROUPS = {"article": "article_id", "topic": "topic", "kind of claim": "kind"}
WORDS = {ACCURACY: VERDICTS, IMPRESSION: {name: name for name in IMPRESSIONS}}
FILLINGS = {
    "supported": GOOD, "partly_supported": PART, "contradicted": BAD, "unsupported": NOTHING, "not_checkable": OPEN,
    "fair": GOOD, "incomplete": PART, "misleading": BAD,
}  # fmt: skip
BRIEF = {"partly_supported": "in part", "unsupported": "nothing found", "not_checkable": "not checkable"}
"""Words of the picture, where those of WORDS are too long."""
FIRST = {ACCURACY: "supported", IMPRESSION: "misleading"}
"""Verdict whose share is looked at first."""
SORTS = {"most claims first": "n", "largest share first": "percent"}
ROWS = {False: 15, True: 5}
"""Rows that a page and a slide can hold."""
WARNING = "Five chosen articles are no sample: the intervals say nothing of articles at large."


class Scoreboard(Explorer):
    """Verdicts on all claims counted by group; ``Scoreboard(verdict="impression", by="topic")`` sets the view."""

    title: ClassVar[str] = "Scoreboard: how the claims came out"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "group", "said": "verdict", "events": "claims", "n": "of", "percent": "%", "low": "low", "high": "high",
        "promotional_tone": "tone (1 to 5)", "sells_treatment": "sells the treatment", "tone_reason": "reason for the tone",
        "claim": "claim behind the counts",
    }  # fmt: skip
    more = ("sort",)
    view_only = ("share", "sort", "page")
    on_slide = ("verdict", "by", "share", "page")
    recipe_columns: ClassVar[Mapping[str, str]] = {
        "events": "events", "n": "n", "percent": "percent", "low": "low", "high": "high",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "key"

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return which verdict is counted, by what, whose share is looked at, the order, and the part of a long list."""
        return {
            "verdict": dropdown("Verdict on", list(COLUMNS.items())),
            "by": dropdown("Count by", list(GROUPS.items())),
            "share": dropdown("Share of", self._shares(ACCURACY), value=FIRST[ACCURACY]),
            "sort": dropdown("Order", list(SORTS.items())),
            "page": dropdown("Part", [("1 of 1", 0)]),
        }

    @staticmethod
    def _shares(column: str) -> list[tuple[str, str]]:
        return [(words, name) for name, words in WORDS[column].items()]

    def adapt(self, name: str) -> None:
        """Offer the verdicts of the column, and as many parts as the list has."""
        if name == "verdict":
            self.controls["share"].options = self._shares(self.value("verdict"))
            self.controls["share"].value = FIRST[self.value("verdict")]
        if name == "by":
            self._offer_parts()
            self.redraw()

    def look_changed(self) -> None:
        """Cut the list anew: a slide holds fewer rows."""
        self._offer_parts()

    def _offer_parts(self) -> None:
        parts, control = -(-len(self._groups()) // ROWS[self.screen.look().presenting]), self.controls["page"]
        if len(control.options) != parts:
            control.options = [(f"{one + 1} of {parts}", one) for one in range(parts)]
        control.value = 0

    def visible(self, name: str) -> bool:
        """Return whether a control has a meaning: a part only where there are several."""
        return name != "page" or len(self.controls["page"].options) > 1

    # -- rows ------------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the counts, a row for each group and verdict, then the claims behind them with their sources.

        Counts are of our own verdicts, so that they have no source; the verdicts stand on those of the claims.
        """
        column, by = self.value("verdict"), self.value("by")
        return pd.concat([_counted(column, by), _claims(column, by)], ignore_index=True)

    def _groups(self) -> pd.DataFrame:
        """Return the rows of the verdict looked at, in the order chosen."""
        return _ordered(*(self.value(name) for name in ("verdict", "by", "share", "sort")))

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> Board:
        """Return the board with as many rows as the groups need."""
        by = self.value("by")
        rows = _counted(self.value("verdict"), by)
        room = min(rows["label"].nunique(), ROWS[look.presenting])
        return Board(look, room, int(rows["n"].max()), by == "article_id")

    def view(self) -> ScoreView:
        """Return the part in view."""
        column, presenting = self.value("verdict"), self.live.drawing.look.presenting
        first = self.value("page") * ROWS[presenting]
        groups = self._groups().iloc[first : first + ROWS[presenting]]
        counts = _table(column, self.value("by"))
        of_all, n, *_ = _overall(column, self.value("share"))
        return ScoreView(
            [
                ScoreRow(
                    row.label,
                    counts[row.group],
                    row.percent,
                    row.low,
                    row.high,
                    int(row.promotional_tone) if row.promotional_tone == row.promotional_tone else 0,
                    row.sells_treatment,
                )
                for row in groups.itertuples()
            ],
            tuple((BRIEF.get(name, words), FILLINGS[name]) for name, words in WORDS[column].items()),
            list(WORDS[column]).index(self.value("share")),
            100 * of_all / n,
            WARNING,
        )

    def about(self) -> str:
        """Say which of the two verdicts is counted, and what interval and dashed line mean."""
        asked = {
            ACCURACY: "Accuracy: does the sentence match its source, or the evidence?",
            IMPRESSION: "Impression: what does a reader carry away, accurate or not?",
        }
        return f"{asked[self.value('verdict')]} Dashed line: the share over all claims."

    def say(self) -> str:
        """Read the share over all and its ends among the groups; say what the counts cannot show."""
        column, share = self.value("verdict"), self.value("share")
        words = WORDS[column][share]
        hits, n, low, high = _overall(column, share)
        groups = self._groups()
        least, most = _ends(column, self.value("by"), share)
        first = (
            f"{COLUMNS_SAID[column]}: {hits} of {n} claims ({100 * hits / n:.0f} %, 95 % interval {low:.0f} to {high:.0f}) "
            f"are {words}."
        )
        if share == "unsupported":
            first = first.replace("are nothing", "have nothing")
        first = first.replace("are cannot", "cannot")
        apart = "do not overlap" if most["low"] > least["high"] else "overlap"
        spread = (
            f"Least in {_told(least)}, most in {_told(most)}. Their intervals {apart}; they are the ends of {len(groups)} "
            "groups, and the ends always differ most."
        )
        lines = [f"{first} {spread}"]
        presenting = self.live.drawing.look.presenting  # a slide has less room, and the picture says the rest
        if self.value("by") == "article_id":
            lines.append(_sellers(groups, presenting))
        ours = "The verdicts are ours."
        if presenting:
            lines[-1] += f" {ours}"
        else:
            lines.append(f"{WARNING} {ours}")
        return "\n".join(lines)

    def recipe(self) -> str:
        """Return the counts, shares and Wilson intervals in pandas and statsmodels."""
        column, by = self.value("verdict"), self.value("by")
        return (
            "import pandas as pd\n"
            "from migraine_lab import data\n"
            "from statsmodels.stats.proportion import proportion_confint\n\n"
            "claims = data.table('claims')\n"
            f"counts = pd.crosstab(claims[{by!r}], claims[{column!r}])\n"
            "rows = counts.stack().rename('events').reset_index()\n"
            f"rows['n'] = rows[{by!r}].map(counts.sum(axis=1))\n"
            f"rows['key'] = rows[{by!r}] + ' ' + rows[{column!r}]\n"
            "low, high = proportion_confint(rows.events, rows.n, method='wilson')\n"
            "rows['percent'], rows['low'], rows['high'] = 100 * rows.events / rows.n, 100 * low, 100 * high\n"
        )


COLUMNS_SAID = {ACCURACY: "Accuracy", IMPRESSION: "Impression"}


def _told(row: pd.Series) -> str:
    name = row["label"] if row["label"].startswith(articles.UNTITLED) else f"“{row['label']}”"
    return f"{name} ({row['events']:.0f} of {row['n']:.0f}, interval {row['low']:.0f} to {row['high']:.0f} %)"


def _sellers(groups: pd.DataFrame, brief: bool) -> str:
    """Set those that sell the treatment beside the others, and say that so few show no cause."""
    sells = groups["sells_treatment"] == "yes"
    parts = []
    for words, rows in (
        ("that sell the treatment", groups[sells]),
        ("of which that is not known", groups[~sells]),
    ):
        parts.append(
            f"{rows['events'].sum():.0f} of {rows['n'].sum():.0f} in the {len(rows)} articles {words}"
        )
    if brief:
        return f"{parts[0]}, {parts[1]}; so few cannot show a cause."
    low, high = groups["promotional_tone"].min(), groups["promotional_tone"].max()
    return (
        f"{parts[0]}, {parts[1]}. Promotional tone runs from {low:.0f} to {high:.0f} of 5. So few articles cannot show "
        "whether selling or tone changes what is written."
    )


@lru_cache(maxsize=2)
def _ledger() -> pd.DataFrame:
    """Return claims with the title, tone and sale of their article."""
    claims = data.table("claims")
    pages = data.table("articles").set_index("article_id")
    joined = claims.join(pages[["promotional_tone", "sells_treatment", "tone_reason"]], on="article_id")
    return joined.assign(title=joined["article_id"].map(articles.names()))


def _label(by: str, group: str) -> str:
    return articles.names()[group] if by == "article_id" else group.replace("_", " ")


@lru_cache(maxsize=8)
def _table(column: str, by: str) -> dict[str, tuple[int, ...]]:
    """Return group -> number of claims by verdict, in the order of WORDS."""
    counts = pd.crosstab(_ledger()[by], _ledger()[column]).reindex(columns=list(WORDS[column]), fill_value=0)
    return {str(group): tuple(map(int, row)) for group, *row in counts.itertuples()}


@lru_cache(maxsize=8)
def _counted(column: str, by: str) -> pd.DataFrame:
    """Return a row for each group and verdict: count, of how many, percent and Wilson's interval."""
    rows = pd.DataFrame(
        {"group": group, "name": name, "said": WORDS[column][name], "events": float(count), "n": float(sum(counts))}
        for group, counts in _table(column, by).items()
        for name, count in zip(WORDS[column], counts, strict=True)
    )  # fmt: skip
    share, low, high = stats.proportion(rows["events"], rows["n"])
    pages = data.table("articles").set_index("article_id")
    known = rows["group"].isin(pages.index)
    return rows.assign(
        key=rows["group"] + " " + rows["name"],
        label=[_label(by, group) for group in rows["group"]],
        percent=100 * share,
        low=100 * low,
        high=100 * high,
        promotional_tone=rows["group"].map(pages["promotional_tone"]).astype(float),
        sells_treatment=rows["group"].map(pages["sells_treatment"]).where(known, ""),
        tone_reason=rows["group"].map(pages["tone_reason"]).where(known, ""),
        claim="",
        source_id="",
    )


@lru_cache(maxsize=32)
def _ordered(column: str, by: str, share: str, sort: str) -> pd.DataFrame:
    """Return a verdict's row of each group, the largest first."""
    rows = _counted(column, by)
    return rows[rows["name"] == share].sort_values([sort, "n", "label"], ascending=[False, False, True])


@lru_cache(maxsize=32)
def _ends(column: str, by: str, share: str) -> tuple[pd.Series, pd.Series]:
    """Return the groups with the smallest and the largest share; of equal shares the one with more claims."""
    rows = _ordered(column, by, share, "n")
    return rows.loc[rows["percent"].idxmin()], rows.loc[rows["percent"].idxmax()]


@lru_cache(maxsize=8)
def _claims(column: str, by: str) -> pd.DataFrame:
    """Return the claims behind the counts, a row for each source (one without where a claim has none)."""
    rows = _ledger()
    rows = pd.DataFrame(
        {
            "group": rows[by], "name": rows[column], "said": rows[column].map(WORDS[column]),
            "key": rows["claim_id"], "label": [_label(by, group) for group in rows[by]], "claim": rows["claim"],
            "sells_treatment": "", "tone_reason": "", "source_id": rows["evidence_source_ids"].str.split(";"),
        }
    )  # fmt: skip
    return rows.sort_values("key").explode("source_id", ignore_index=True)


@lru_cache(maxsize=16)
def _overall(column: str, share: str) -> tuple[int, int, float, float]:
    """Return claims with a verdict, all claims, and the interval of the share in percent."""
    hits, n = int((_ledger()[column] == share).sum()), len(_ledger())
    _, low, high = stats.proportion(hits, n)
    return hits, n, 100 * low, 100 * high
