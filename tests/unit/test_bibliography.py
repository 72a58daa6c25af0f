"""The bibliography: what we write, other programs read, and it says what the table says."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from migraine_lab import data
from migraine_lab.data.bibliography import authors, bibtex_entry, csl_item


def entry(row: dict[str, object]):
    """One source through our BibTeX and Pybtex's strict parser."""
    held = parse_string(bibtex_entry(row), "bibtex").entries
    assert list(held) == [row["source_id"]]
    return held[row["source_id"]]


def source(**cells: object) -> dict[str, object]:
    plain = dict.fromkeys(
        ("authors", "title", "journal", "doi", "pmid", "registry_id", "url", "not_seen"), ""
    )
    return {"source_id": "made_up2020", "year": 2020, "provenance": "primary", **plain, **cells}


def test_every_source_is_one_entry_with_its_own_key():
    sources = data.table("sources").set_index("source_id")
    held = parse_string(data.bibliography(), "bibtex").entries
    assert list(held) == list(sources.index)
    for key, one in held.items():
        row = sources.loc[key]
        assert (
            one.fields["title"] == "{" + (row["title"] or "[Title not seen]") + "}"
            or "\\" in one.fields["title"]
        )
        assert one.fields.get("doi", "") == row["doi"]
        assert one.fields.get("eprint", "") == row["pmid"]
        assert one.fields.get("url", "") == row["url"]
        assert one.fields.get("year", "") == ("" if pd.isna(row["year"]) else str(row["year"]))
        if one.type == "article":
            assert one.fields["journal"]
            assert one.fields["year"]


def test_csl_json_says_the_same():
    sources = data.table("sources").set_index("source_id")
    items = json.loads(data.bibliography(fmt="csl"))
    assert [item["id"] for item in items] == list(sources.index)
    for item in items:
        row = sources.loc[item["id"]]
        assert item["type"] in {"article-journal", "webpage", "document"}
        assert item["title"] == (row["title"] or "[Title not seen]")
        assert item.get("DOI", "") == row["doi"]
        assert item.get("PMID", "") == row["pmid"]
        assert bool(item.get("author")) == bool(row["authors"])
        assert ("issued" in item) == pd.notna(row["year"])
        if "issued" in item:
            assert item["issued"]["date-parts"] == [[int(row["year"])]]
        for name in item.get("author", []):
            assert set(name) in ({"family", "given"}, {"family"}, {"literal"})


def test_text_is_a_citation_a_line():
    assert data.bibliography(["powers2017", "schwenk2018"], fmt="text").splitlines() == [
        data.cite("powers2017"),
        data.cite("schwenk2018"),
    ]
    says = {
        "registry": "Read in a trial registry.",
        "label": "Read on a drug label.",
        "secondary": "Read in a text about it.",
        "copy": "Read in a copy of it.",
    }
    for row in data.table("sources").itertuples():
        said = data.cite(row.source_id)
        assert "\n" not in said
        assert [words for words in says.values() if words in said] == [
            says[row.provenance] for _ in [0] if row.provenance != "primary"
        ]
        assert said.endswith(says.get(row.provenance, "."))


def test_the_order_given_is_kept_and_each_comes_once():
    text = data.bibliography(iter(["powers2017", "afridi2013", "powers2017"]))
    assert re.findall(r"^@article\{(.+),$", text, re.MULTILINE) == ["powers2017", "afridi2013"]
    assert data.bibliography("afridi2013") == data.bibliography(["afridi2013"])
    assert data.bibliography([]) == ""
    assert json.loads(data.bibliography([], fmt="csl")) == []


def test_an_entry_in_full():
    assert data.bibliography("afridi2013") == (
        "@article{afridi2013,\n"
        "  author = {Afridi, S. K. and Giffin, N. J. and Kaube, H. and Goadsby, P. J.},\n"
        "  title = {{A randomized controlled trial of intranasal ketamine in migraine with prolonged aura}},\n"
        "  journal = {Neurology},\n"
        "  year = {2013},\n"
        "  doi = {10.1212/WNL.0b013e3182824e66},\n"
        "  eprint = {23365053},\n"
        "  eprinttype = {pubmed},\n"
        f"  url = {{{data.table('sources').set_index('source_id').at['afridi2013', 'url']}}},\n"
        "}\n"
    )


def test_unknown_sources_and_formats():
    with pytest.raises(KeyError, match="no source 'nobody1900'"):
        data.bibliography(["afridi2013", "nobody1900"])
    with pytest.raises(ValueError, match="no format 'ris'; there is: bibtex, csl, text"):
        data.bibliography(fmt="ris")


@pytest.mark.parametrize(
    ("listed", "people", "body", "more"),
    [
        ("Afridi SK, Giffin NJ", [("Afridi", "SK"), ("Giffin", "NJ")], "", False),
        ("van der Kuy PH, Lohman JJ", [("van der Kuy", "PH"), ("Lohman", "JJ")], "", False),
        ("Yu S, Kim BK, Wang H, et al.", [("Yu", "S"), ("Kim", "BK"), ("Wang", "H")], "", True),
        ("Bates et al.", [("Bates", "")], "", True),
        ("Schwenk ES (speaker) et al.", [("Schwenk", "ES")], "", True),
        ("Stovner LJ et al. (news report)", [("Stovner", "LJ")], "", True),
        ("Diener HC (ASASUMAMIG Study Group)", [("Diener", "HC")], "", False),
        ("Sandrini G, Haughie S; Eletriptan Steering Committee", [("Sandrini", "G"), ("Haughie", "S")], "", False),
        ("World Health Organization", [], "World Health Organization", False),
        ("Washington State Department of Health, relaying FDA", [], "Washington State Department of Health, relaying FDA", False),
        ("GBD 2016 Headache Collaborators", [], "GBD 2016 Headache Collaborators", False),
        ("", [], "", False),
    ],
)  # fmt: skip
def test_people_and_bodies_are_told_apart(listed, people, body, more):
    found = authors(listed)
    assert (list(found.people), found.body, found.more) == (people, body, more)


def test_lists_that_end_in_et_al_say_that_there_are_others():
    one = entry(source(authors="Bates et al.", title="T"))
    assert [str(person) for person in one.persons["author"]] == ["Bates", "others"]
    assert "further authors" in csl_item(source(authors="Bates et al.", title="T"))["note"]


def test_a_body_is_not_cut_into_names():
    (body,) = entry(source(authors="World Health Organization", title="T")).persons["author"]
    assert body.last_names == ["{World Health Organization}"]


def test_what_was_not_seen_is_said_and_a_site_is_no_journal():
    bare = entry(source(journal="web page", url="https://example.org/a_b"))
    assert bare.type == "misc"
    assert bare.fields["title"] == "{[Title not seen]}"
    assert bare.fields["howpublished"] == "web page"
    assert "author" not in bare.persons
    assert entry(source(journal="Headache", doi="10.1/x", year=pd.NA)).type == "misc"
    described = entry(source(title="[An abstract]", registry_id="NCT01", not_seen="title", provenance="copy"))
    assert (
        described.fields["note"]
        == "title in brackets: our description; registered as NCT01; read in a copy of it"
    )


UNESCAPE = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{f"\\{letter}": letter for letter in "&%$#_"},
}


@given(title=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30))
def test_special_letters_come_back_as_they_were(title):
    """Every text survives the parser, balanced, and LaTeX would print the same letters."""
    written = entry(source(title=f"x{title}", journal=title)).fields["title"]
    inside = written[1:-1]
    parts = re.split("(" + "|".join(map(re.escape, UNESCAPE)) + ")", inside)
    assert not any(re.search(r"[\\{}&%$#_~^]", part) for part in parts[::2]), (
        "a letter that LaTeX would take for a command"
    )
    assert "".join(UNESCAPE.get(part, part) for part in parts) == f"x{title}"


@given(end=st.text(st.characters(codec="ascii", exclude_categories=("C",)), max_size=20))
def test_an_address_is_taken_letter_by_letter(end):
    url = entry(source(title="T", url=f"https://example.org/{end}")).fields["url"]
    for letter, code in {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"}.items():
        end = end.replace(letter, code)
    assert url == f"https://example.org/{end}"
