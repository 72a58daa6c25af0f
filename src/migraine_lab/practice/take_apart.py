"""Take a sentence apart: six questions to any reported response rate, the student's answers beside ours, three at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data

from . import answers, look, words

QUESTIONS = {
    "counted": "What was counted?",
    "whom": "In whom?",
    "many": "How many, out of how many?",
    "against": "Against what?",
    "when": "When?",
    "says": "Who says so?",
}
ROWS = 3  # of the comparison on screen at once
COMPARATORS = ("placebo", "active_control", "no_treatment")


class TakeApart(look.Box):
    """The six questions about one claim.

    claim_id : row of the claims table.
    result : the row of the results (or its address) that stands nearest to the claim; our answers are made
        from it, its study, its arms and the claim's article.
    retold : our own wording of the sentence, beside the student's; ``values`` fill what stands in braces.
    """

    def __init__(self, claim_id: str, result: Any, retold: str = "", **values: Any) -> None:
        self.claim = _one("claims", "claim_id", claim_id)
        self.result, self.retold = words.look_up(result), words.fill(retold, **values)
        self.title = str(self.claim["claim"])
        self.fields = {name: self._field(question) for name, question in QUESTIONS.items()}
        self.own = widgets.Textarea(description="Now write the sentence as you would tell it.", rows=2)
        self.own.add_class("mlp-ask").add_class("mlp-wide")
        self.own.layout = widgets.Layout(width="100%", height="auto")
        self.compare, self.back = look.button("Show ours beside mine"), look.button("Back to my answers")
        self.compare.on_click(lambda _: self._step())
        self.back.on_click(lambda _: self._ask())
        self.answer = look.text(spoken=True)
        columns = "repeat(auto-fit, minmax(300px, 1fr))"
        grid = widgets.GridBox(
            list(self.fields.values()),
            layout=widgets.Layout(width="100%", grid_template_columns=columns, grid_gap="4px 20px"),
        )
        quoted = look.text(f"<p>The sentence: <strong>\u201c{look.escape(self.title)}\u201d</strong></p>")
        self.asking = widgets.VBox([quoted, grid, *([self.own] if retold else [])])
        super().__init__([self.asking, self.answer, widgets.HBox([self.compare, self.back])])
        self._ask()

    @staticmethod
    def _field(question: str) -> widgets.Text:
        field = widgets.Text(description=question, placeholder="your answer")
        field.add_class("mlp-ask").add_class("mlp-wide")
        field.layout = widgets.Layout(width="100%", height="auto")
        return field

    def ours(self) -> dict[str, str]:
        """Our six answers, made from the claim, its article and the study behind it."""
        study = _one("studies", "study_id", self.result["study_id"])
        return {
            "counted": _sentence(self.result["definition"]),
            "whom": _sentence(study["population"]),
            "many": f"{words.rate(self.result)}.",
            "against": self._against(),
            "when": self._when(),
            "says": self._says(),
        }

    def _against(self) -> str:
        arms = data.table("arms")
        others = arms[(arms["study_id"] == self.result["study_id"]) & arms["role"].isin(COMPARATORS)]
        if others.empty:
            outcomes = data.table("outcomes").set_index("outcome_id")
            benefit = outcomes.at[self.result["outcome_id"], "is_benefit"]
            anyway = "improved" if benefit else "had the same"
            return f"Nothing. Nobody was left untreated, so nobody knows how many would have {anyway} anyway."
        return f"{', '.join(others['label'])}."

    def _when(self) -> str:
        rows, outcomes = data.table("results"), data.table("outcomes")
        benefits = outcomes.loc[outcomes["is_benefit"] & (outcomes["kind"] == "proportion"), "outcome_id"]
        same = rows[(rows["study_id"] == self.result["study_id"]) & (rows["arm_id"] == self.result["arm_id"])]
        later = same[same["outcome_id"].isin(benefits) & (same["time_value"] > self.result["time_value"])]
        stated = words.known(self.result["time_value"])
        said = [f"After {words.when(self.result)}: {words.rate(self.result)}." if stated else "Not stated."]
        for _, row in later.sort_values("time_value").iterrows():
            if row["time_unit"] == self.result["time_unit"]:
                said.append(f"After {words.when(row)}: {words.rate(row)}.")
        return " ".join(said)

    def _says(self) -> str:
        article = _one("articles", "article_id", self.claim["article_id"])
        sells = (
            " that sells the treatment" if str(article["sells_treatment"]).lower() in ("yes", "true") else ""
        )
        source = data.cite(self.result["source_id"])
        return f"The sentence: {article['publisher_type']}{sells}. The nearest study: {source}"

    def _ask(self) -> None:
        """Show the inputs again."""
        self.page = 0
        self.asking.layout.display = ""
        self.back.layout.display = "none"
        self.compare.disabled, self.compare.description = False, "Show ours beside mine"
        look.show(self.answer, "")

    def _step(self) -> None:
        """Show the next rows of the comparison in place of the inputs, so that it fits a slide as well."""
        mine = {name: field.value.strip() for name, field in self.fields.items()}
        mine["own"] = self.own.value.strip()
        if self.page == 0:

            def change(old: answers.Entry | None) -> answers.Entry:
                return {"first": (old or {}).get("first", mine), "last": mine}

            answers.keep("cards", str(self.claim["claim_id"]), change)
        rows = self.rows(mine)
        pages = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
        last = self.page == len(pages) - 1
        look.show(self.answer, _table(pages[self.page]) + (f"<p>{self._verdict()}</p>" if last else ""))
        self.page += 1
        self.asking.layout.display, self.back.layout.display = "none", ""
        self.compare.disabled, self.compare.description = last, "That was all" if last else "Go on"

    def rows(self, mine: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Return the comparison: question, the student's answer, ours."""
        found = [(QUESTIONS[name], mine.get(name, ""), our) for name, our in self.ours().items()]
        return [*found, ("The sentence, retold", mine.get("own", ""), self.retold)] if self.retold else found

    def _verdict(self) -> str:
        verdict = str(self.claim["verdict"]).replace("_", " ")
        why = look.escape(self.claim["why"])
        return f"Our verdict on the sentence: <strong>{look.escape(verdict)}</strong>. {why}"


def _table(rows: list[tuple[str, str, str]]) -> str:
    body = "".join(
        f"<tr><th scope='row'>{look.escape(asked)}</th><td>{look.escape(yours) or '(left open)'}</td>"
        f"<td>{look.linked(our)}</td></tr>"
        for asked, yours, our in rows
    )
    head = "<tr><th>question</th><th>yours</th><th>ours</th></tr>"
    return f"<table class='mlp-beside'>{head}{body}</table>"


def _one(table: str, key: str, value: Any) -> pd.Series:
    """Return the one row of a table with this key. KeyError when there is none."""
    rows = data.table(table)
    found = rows[rows[key] == value]
    if found.empty:
        raise KeyError(f"{table} has no row with {key} {value!r}")
    row: pd.Series = found.iloc[0]
    return row


def _sentence(text: Any) -> str:
    """Free text of the tables as a sentence."""
    words_ = str(text).strip()
    return words_[:1].upper() + words_[1:] + ("" if words_.endswith(".") else ".")
