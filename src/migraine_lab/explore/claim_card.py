"""One claim on trial in HTML: the sentence, then two verdicts side by side, what to learn from it, and the sources."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from migraine_lab import data
from migraine_lab.explore import articles
from migraine_lab.explore.claim_votes import Vote
from migraine_lab.explore.parts import source_card
from migraine_lab.explore.verdicts import VERDICTS

UNCHECKED = "No study was found that could settle it, so there is no source to name."
_short = lru_cache(maxsize=256)(data.short_citation)


def escape(words: object) -> str:
    """Return words made safe for HTML; a percent sign stays with its number."""
    return html.escape(str(words)).replace(" %", "&nbsp;%")


def source_ids(claim: Mapping[str, Any]) -> list[str]:
    """Return the sources of a claim's verdict (none where it cannot be checked)."""
    return [one for one in str(claim["evidence_source_ids"]).split(";") if one]


def asked(claim: Mapping[str, Any], heading: str) -> str:
    """Return the sentence on trial, and who says it."""
    said = articles.said_by(claim["article_id"])
    if not said.startswith(articles.UNTITLED):  # that already says what kind of page it is
        said += f" ({articles.publishers()[claim['article_id']]})"
    about = f"{heading}, from {said}; {str(claim['topic']).replace('_', ' ')}, {claim['kind']}"
    figure = f"; figure: {claim['quoted_figure']}" if claim["quoted_figure"] else ""
    return (
        f'<p class="ml-quiet">{escape(about + figure)}. In our words:</p>'
        f"<p><b>“{escape(claim['claim'])}”</b></p>"
    )


def judged(claim: Mapping[str, Any], vote: Vote | None, slide: bool) -> str:
    """Return both verdicts, each beside the vote on it, the lesson, the key concept and the sources."""
    yours = (f"You: {vote.accuracy}, {vote.sure} % sure. ", f"You: {vote.impression}. ") if vote else ("", "")
    verdicts = (
        ("Accuracy", VERDICTS[claim["verdict"]], yours[0], claim["why"]),
        ("Impression", claim["impression"], yours[1], claim["impression_reason"]),
    )
    boxes = "".join(
        f"<div><b>{name}: {escape(verdict)}.</b> {escape(mine)}{escape(reason)}</div>"
        for name, verdict, mine, reason in verdicts
    )
    sides = f'<div class="ml-sides" style="grid-template-columns:11fr 9fr">{boxes}</div>'
    return f"{sides}{_lesson(claim, slide)}{sources(source_ids(claim), slide)}"


def _lesson(claim: Mapping[str, Any], slide: bool) -> str:
    where = f" (lesson {claim['lesson']})" if claim["lesson"] else ""
    learned = f"<p><b>To learn from it:</b> {escape(claim['lesson_point'])}{where}.</p>"
    if not claim["key_concept"]:
        return learned
    concept = _concepts()[claim["key_concept"]]
    words = f"<p><b>Key concept:</b> {escape(concept['name'])}. {escape(concept['in_our_words'])}"
    behind = (
        ""
        if slide
        else f' <span class="ml-quiet">({escape(_short(concept["source_id"]))}, group {concept["number"]},'
        f" there called “{escape(concept['published_as'])}”)</span>"
    )
    return f"{learned}{words}{behind}</p>"


@lru_cache(maxsize=1)
def _concepts() -> dict[str, dict[str, Any]]:
    table = data.table("key_concepts")
    return {
        row["concept_id"]: {str(name): value for name, value in row.items()}
        for row in table.to_dict("records")
    }


def sources(ids: Iterable[str], slide: bool) -> str:
    """Return the sources by their short names, with their cards folded below on a page."""
    known = list(dict.fromkeys(ids))
    if not known:
        return f"<p>{UNCHECKED}</p>"
    short = escape("; ".join(map(_short, known)))
    if slide:
        return f'<p class="ml-quiet">Sources: {short}</p>'
    cards = "".join(map(source_card, known))
    return f"<details><summary>Sources: {short}</summary>{cards}</details>"
