"""Advice of the articles as hypotheses, read from data/advice/: what one would write down and compare.

What an article says, the verdict on it and its sources stand in the table of claims; the files here add only how a
diary could test it. They hold no figure of a study.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migraine_lab import data
from migraine_lab.data import package

PARTS = ("hypothesis", "compare", "instead", "change")
COLUMN = re.compile(r"[a-z][a-z_]*")


class AdviceError(ValueError):
    """A file of advice that cannot be used; the text names the file and the place."""


@dataclass(frozen=True)
class Advice:
    """One piece of advice and its test.

    claim : the row of the claims table (claim, verdict, why, evidence_source_ids, ...).
    short : its name in the list.
    hypothesis : the sentence that could turn out wrong.
    write : column of the diary -> what to write in it.
    compare : which two groups of days, attacks or months.
    instead : what else would make the same picture.
    change : what would make one change one's mind.
    """

    claim: pd.Series
    short: str
    hypothesis: str
    write: Mapping[str, str]
    compare: str
    instead: str
    change: str


def load(lesson: str) -> tuple[str, tuple[Advice, ...]]:
    """(title, pieces of advice) of a lesson. AdviceError names the file and what is wrong in it."""
    path = Path(package.root()) / "advice" / f"{lesson}.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        title, items = str(raw["title"]), list(raw["advice"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AdviceError(f"advice/{path.name} cannot be read: {error}") from error
    claims = data.table("claims").set_index("claim_id", drop=False)
    found = tuple(_advice(item, claims, f"advice/{path.name}, entry {n}") for n, item in enumerate(items, 1))
    ids = [one.claim["claim_id"] for one in found]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if not found or twice:
        raise AdviceError(
            f"advice/{path.name}: {'claim ' + twice[0] + ' stands there twice' if twice else 'no advice'}"
        )
    return title, found


def _advice(item: Any, claims: pd.DataFrame, where: str) -> Advice:
    if not isinstance(item, dict):
        raise AdviceError(f"{where}: it should be an object with claim_id, short, write and more")
    for name in ("claim_id", "short", *PARTS):
        if not isinstance(item.get(name), str) or not item[name].strip():
            raise AdviceError(f"{where}: {name} is missing or empty")
    if item["claim_id"] not in claims.index:
        raise AdviceError(f"{where}: the claims table has no {item['claim_id']!r}")
    write = item.get("write")
    if not isinstance(write, dict) or not write or not all(isinstance(text, str) for text in write.values()):
        raise AdviceError(f"{where}: write should name columns of the diary and what to write in each")
    for column in write:
        if not COLUMN.fullmatch(column):
            raise AdviceError(f"{where}: {column!r} cannot be the name of a column; use small letters and _")
    texts = {name: item[name] for name in PARTS}
    return Advice(claim=claims.loc[item["claim_id"]], short=item["short"], write=dict(write), **texts)
