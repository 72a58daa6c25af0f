"""The sources as a bibliography: BibTeX for LaTeX, CSL-JSON for reference managers, or plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from migraine_lab.data.package import NotInPackage
from migraine_lab.data.sources import READ_IN, cite
from migraine_lab.data.tables import table

FORMATS = ("bibtex", "csl", "text")

_PERSON = re.compile(r"(?P<family>[^\W\d].*) (?P<initials>[A-Z]{1,3}(?:-[A-Z])?)")
_ET_AL = re.compile(r"(?:^|,? )et al\.?$")
_ASIDE = re.compile(r"\s*\([^()]*\)")
NO_TITLE = "[Title not seen]"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces behind a backslash too
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# DOI and address are taken letter by letter; only what would unbalance an entry is written as in an address
_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"}


@dataclass(frozen=True)
class Authors:
    """Authors as listed: people as family name and initials, or one body; ``more`` where the list ends in "et al."."""

    people: tuple[tuple[str, str], ...]
    body: str
    more: bool


def bibliography(source_ids: str | Iterable[str] | None = None, fmt: str = "bibtex") -> str:
    """Some sources, or all, as one text, each once and in the order given.

    ``fmt`` is "bibtex" (an entry a source; its key is the source_id), "csl" (CSL-JSON, ids likewise) or "text"
    (one line a source, as ``data.cite``). What was not seen (title, authors, year) is left out or said to be
    missing, never made up.

    Raises ``KeyError`` for an unknown source and ``ValueError`` for an unknown format.
    """
    if fmt not in FORMATS:
        raise ValueError(f"there is no format {fmt!r}; there is: {', '.join(FORMATS)}")
    rows = {row["source_id"]: row for row in table("sources").to_dict("records")}
    wanted = [source_ids] if isinstance(source_ids, str) else list(rows if source_ids is None else source_ids)
    unknown = [one for one in wanted if one not in rows]
    if unknown:
        raise NotInPackage(f"there is no source {', '.join(map(repr, unknown))}")
    chosen = [rows[one] for one in dict.fromkeys(wanted)]
    if fmt == "text":
        return "".join(f"{cite(row['source_id'])}\n" for row in chosen)
    if fmt == "csl":
        return json.dumps([csl_item(row) for row in chosen], ensure_ascii=False, indent=1) + "\n"
    return "\n".join(bibtex_entry(row) for row in chosen)


def authors(listed: str) -> Authors:
    """Take a list such as "Afridi SK, Giffin NJ" apart; a body ("World Health Organization") stays whole."""
    names = _ASIDE.sub("", listed).split(";")[0].strip()
    more = bool(_ET_AL.search(names))
    names = _ET_AL.sub("", names).strip(" ,.")
    parts = [part.strip() for part in names.split(",") if part.strip()]
    found = [_PERSON.fullmatch(part) for part in parts]
    people = tuple((match["family"], match["initials"]) for match in found if match)
    if people and len(people) == len(parts):
        return Authors(people, "", more)
    if more and len(parts) == 1 and " " not in parts[0]:
        # "Bates et al.": a family name without initials
        return Authors(((parts[0], ""),), "", more)
    return Authors((), names.strip(), more)


def _initials(letters: str) -> str:
    return " ".join(f"{letter}." for letter in letters.replace("-", ""))


def _is_article(row: dict[str, Any], listed: Authors) -> bool:
    """Whether a source is a journal article; the journal of a web page is the name of its site."""
    return bool(row["journal"] and _year(row) and (row["doi"] or row["pmid"] or listed.people))


def _note(row: dict[str, Any]) -> str:
    described = row["title"] and "title" in row["not_seen"].split(";")
    says = [
        "title in brackets: our description" if described else "",
        f"registered as {row['registry_id']}" if row["registry_id"] else "",
        READ_IN.get(row["provenance"], "").lower(),
    ]
    return "; ".join(filter(None, says))


def _year(row: dict[str, Any]) -> int | None:
    year = row["year"]
    return int(year) if isinstance(year, int) else None


def bibtex_entry(row: dict[str, Any]) -> str:
    """One row of ``sources`` as a BibTeX entry, which ends with a line break."""
    listed = authors(row["authors"])
    if listed.people:
        names = [
            f"{_escape(family)}, {_initials(given)}" if given else _escape(family)
            for family, given in listed.people
        ]
    else:
        names = [f"{{{_escape(listed.body)}}}"] if listed.body else []
    if listed.more and names:
        names.append("others")
    year, article = _year(row), _is_article(row, listed)
    fields = {
        "author": " and ".join(names),
        # a second pair of braces keeps capital letters as they are printed
        "title": f"{{{_escape(row['title'] or NO_TITLE)}}}",
        "journal" if article else "howpublished": _escape(row["journal"]),
        "year": "" if year is None else str(year),
        "doi": _verbatim(row["doi"]),
        "eprint": str(row["pmid"]),
        "eprinttype": "pubmed" if row["pmid"] else "",
        "url": _verbatim(row["url"]),
        "note": _escape(_note(row)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'article' if article else 'misc'}{{{row['source_id']},", *lines, "}\n"])


def _escape(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _verbatim(text: str) -> str:
    return "".join(_IN_ADDRESS.get(letter, letter) for letter in text)


def csl_item(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``sources`` as a CSL-JSON item."""
    listed = authors(row["authors"])
    names: list[dict[str, str]] = [
        {"family": family, "given": _initials(given)} if given else {"family": family}
        for family, given in listed.people
    ]
    if listed.body:
        names = [{"literal": listed.body}]
    note = "; ".join(filter(None, (_note(row), "further authors not listed here" if listed.more else "")))
    year = _year(row)
    item = {
        "id": row["source_id"],
        "type": "article-journal" if _is_article(row, listed) else "webpage" if row["url"] else "document",
        "author": names,
        "title": row["title"] or NO_TITLE,
        "container-title": row["journal"],
        "issued": {"date-parts": [[year]]} if year is not None else None,
        "DOI": row["doi"],
        "PMID": str(row["pmid"]),
        "URL": row["url"],
        "note": note,
    }
    return {name: value for name, value in item.items() if value}
