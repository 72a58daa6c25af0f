"""The five articles as explorers name them, and a card about one of their statements."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from functools import lru_cache

from migraine_lab import data
from migraine_lab.explore.parts import source_cards

EVERY, NOBODY = "every", "nobody"
UNTITLED = "an untitled page"
_cards = lru_cache(maxsize=128)(source_cards)


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Return article_id -> its title, or what kind of page it is where it has none."""
    table = data.table("articles")
    return {
        row.article_id: row.title if not row.title.startswith("[") else f"{UNTITLED} of a {row.publisher_type}"
        for row in table.itertuples()
    }  # fmt: skip


@lru_cache(maxsize=1)
def publishers() -> dict[str, str]:
    """Return article_id -> what kind of page it stands on; what is not known of it is left to the table."""
    table = data.table("articles")
    return {row.article_id: str(row.publisher_type).split(" (")[0] for row in table.itertuples()}


def options() -> list[tuple[str, str]]:
    """Return what a drop-down list of articles offers: every one of them first."""
    return [("any article, or none", EVERY), *[(title, one) for one, title in names().items()]]


def said_by(article_ids: str) -> str:
    """Say which of the articles (ids separated by semicolons) make a statement."""
    known = [one for one in article_ids.split(";") if one]
    if len(known) == len(names()):
        return "all five articles"
    quoted = (name if name.startswith(UNTITLED) else f"“{name}”" for name in map(names().__getitem__, known))
    return " and ".join(quoted) or "none of the five articles"


def card(heading: str, facts: Mapping[str, str], source_ids: Iterable[str]) -> str:
    """HTML of one statement: what is known of it, heading by heading, then its sources."""
    lines = "".join(
        f"<li><b>{html.escape(name)}:</b> {html.escape(words)}</li>" for name, words in facts.items() if words
    )
    return f"<p><b>{html.escape(heading)}</b></p><ul>{lines}</ul>{_cards(tuple(source_ids))}"
