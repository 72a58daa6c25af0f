"""What do you believe now? Ten sentences, asked at the start and the end of the course; nothing is marked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import ipywidgets as widgets

from . import answers, beliefs_picture, look
from .questions import QuizError, folder

SCALE = ("strongly disagree", "disagree", "cannot say", "agree", "strongly agree")
UNASKED = "choose"
DASH = "\u2013"
WHEN = ("before", "after")


def statements() -> list[dict[str, str]]:
    """Return the ten sentences: belief_id, sentence, lesson. QuizError when the file cannot be read."""
    try:
        found: list[dict[str, str]] = json.loads((folder() / "beliefs.json").read_text(encoding="utf-8"))[
            "beliefs"
        ]
    except (OSError, ValueError, KeyError) as error:
        raise QuizError(f"beliefs.json: {error}") from error
    return found


class Beliefs(look.Box):
    """Ten sentences, five steps each. ``when`` is "before" (lesson 00) or "after" (lesson 11, shows both)."""

    def __init__(self, when: str = "before") -> None:
        if when not in WHEN:
            raise ValueError(f"when is {when!r}; it can be {' or '.join(WHEN)}")
        self.when, self.title = when, f"What do you believe? ({when} the course)"
        self.items = statements()
        self.choices = [self._row(number, item) for number, item in enumerate(self.items, start=1)]
        self.save = look.button("Keep my answers")
        self.save.on_click(lambda _: self._keep())
        self.back = look.button("Change my answers")
        self.back.on_click(lambda _: self._ask())
        self.asking = widgets.VBox(self.choices)
        self.answer = look.text(spoken=True)
        super().__init__([self.asking, widgets.HBox([self.save, self.back]), self.answer])
        self._ask()

    @staticmethod
    def _row(number: int, item: dict[str, str]) -> widgets.Dropdown:
        row = widgets.Dropdown(options=[UNASKED, *SCALE], description=f"{number}. {item['sentence']}")
        row.add_class("mlp-row")
        row.layout = widgets.Layout(width="100%", height="auto", margin="2px 0")
        return row

    def _ask(self) -> None:
        """Show the sentences; what was shown about earlier answers goes, so that it does not speak along."""
        self.asking.layout.display = self.save.layout.display = ""
        self.back.layout.display = "none"
        look.show(self.answer, "")

    def _keep(self) -> None:
        open_items = [str(place) for place, row in enumerate(self.choices, start=1) if row.value == UNASKED]
        given = {
            item["belief_id"]: row.value
            for item, row in zip(self.items, self.choices, strict=True)
            if row.value != UNASKED
        }
        if not given:
            look.show(self.answer, "<p>Choose an answer to at least one sentence first.</p>")
            return

        def change(old: answers.Entry | None) -> answers.Entry:
            now = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "answers": given}
            first = (old or {}).get("first", now)
            # a sentence left open at first keeps the first answer that it gets
            return {"first": {**first, "answers": {**given, **_answers(first)}}, "last": now}

        answers.keep("beliefs", self.when, change)
        parts = [f"Kept: {len(given)} of {len(self.items)}."]
        if open_items:
            parts.append(f"Still open: {', '.join(open_items)}.")
        parts.append(answers.notice() or ("The last lesson asks again." if self.when == "before" else ""))
        shown = self._both(given) if self.when == "after" else ""
        if shown:  # in place of the sentences, so that it fits a slide as well
            self.asking.layout.display = self.save.layout.display = "none"
            self.back.layout.display = ""
        look.show(self.answer, f"<p>{look.escape(' '.join(parts))}</p>{shown}")

    def _both(self, now: dict[str, str]) -> str:
        """Before and after as one figure, and as a table; a dash where nothing was said."""
        before = _answers((answers.entry("beliefs", "before") or {}).get("first"))
        rows = ""
        for item in self.items:
            named = (item["sentence"], before.get(item["belief_id"], DASH), now.get(item["belief_id"], DASH))
            cells = "".join(f"<td>{look.escape(text)}</td>" for text in (*named, f"lesson {item['lesson']}"))
            rows += f"<tr>{cells}</tr>"
        head = "<tr><th>sentence</th><th>before</th><th>now</th><th>where it was met</th></tr>"
        said = beliefs_picture.moved(self.items, SCALE, before, now)
        figure = beliefs_picture.picture(self.items, SCALE, before, now)
        key = "\u25c7 before the course, \u25cf now" if before else "\u25cf now"
        return (
            f"<p>{look.escape(said)} {key}</p>{figure}"
            f"<details><summary>The same as a table</summary><table>{head}{rows}</table></details>"
        )


def _answers(kept: Any) -> dict[str, str]:
    """Answers by belief of a kept round; what is no step of the scale is left out, for the file is the student's to edit."""
    given = kept.get("answers") if isinstance(kept, dict) else None
    given = given if isinstance(given, dict) else {}
    return {str(key): step for key, step in given.items() if step in SCALE}
