"""The build script's own functions, on rows made for the purpose: the raw sheets are not in the repository."""

# ruff: noqa: E501  rows of small sheets read best one a line

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.build_data import (
    additions,
    claim_tables,
    new_trials,
    outcome_table,
    overlap_rules,
    schema,
    source_table,
    trial_tables,
    wording,
)
from tools.build_data.__main__ import build, write
from tools.build_data.sheets import Book, Row

RESULT = [
    "study_id",
    "arm_id",
    "arm",
    "treatment",
    "drug_class",
    "role",
    "dose",
    "route",
    "outcome",
    "outcome_detail",
    "timepoint",
    "timepoint_unit",
    "n",
    "events",
    "percent",
    "mean",
    "sd",
    "stat",
    "unit",
    "ci_low",
    "ci_high",
    "p_value",
    "derived",
    "checked_where",
    "note",
]
STUDY = [
    "study_id",
    "authors",
    "year",
    "title",
    "journal",
    "doi",
    "pmid",
    "registry_id",
    "design",
    "blinding",
    "setting",
    "population",
    "n_enrolled",
    "funding",
    "checked_url",
    "checked_where",
    "note",
]


def row(**cells: str) -> Row:
    start = {
        "study_id": "doe2001",
        "arm_id": "drug",
        "arm": "Drug",
        "treatment": "drug",
        "drug_class": "triptan",
        "role": "active",
    }
    return Row(
        "acute_results",
        2,
        {**dict.fromkeys(RESULT, ""), **start, "route": "oral", "stat": "proportion", **cells},
    )


def sheet(folder: Path, name: str, columns: list[str], rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of small sheets: one trial, one web page that repeats it, one claim."""
    folder = tmp_path / "raw"
    folder.mkdir()
    common = {
        "doi": "10.1000/one",
        "design": "rct_parallel",
        "blinding": "double",
        "setting": "ed",
        "funding": "unknown",
        "checked_url": "https://example.org/one",
        "checked_where": "abstract",
    }
    study = {**common, "study_id": "doe2001", "authors": "Doe J et al.", "year": "2001", "title": "One trial"}
    page = {
        **common,
        "study_id": "clinic_web",
        "doi": "",
        "design": "web_article",
        "checked_url": "https://example.org/clinic",
        "title": "Clinic page",
    }
    sheet(folder, "ketamine_studies", STUDY, [study, page])
    arm = {
        "study_id": "doe2001",
        "route": "iv",
        "stat": "proportion",
        "outcome": "pain_reduction_50",
        "outcome_detail": "at least half lower",
        "timepoint": "1",
        "timepoint_unit": "h",
        "checked_where": "abstract",
    }
    active = {
        **arm,
        "arm_id": "ketamine",
        "arm": "Ketamine",
        "treatment": "ketamine",
        "drug_class": "NMDA antagonist",
        "role": "active",
        "n": "20",
        "events": "5",
        "percent": "25",
        "derived": "no",
    }
    control = {
        **arm,
        "arm_id": "placebo",
        "arm": "Saline",
        "treatment": "saline",
        "drug_class": "placebo",
        "role": "placebo",
        "n": "21",
        "percent": "19.0",
    }
    difference = {**active, "arm_id": "contrast_x", "n": "", "events": "", "percent": ""}
    claim = {**active, "study_id": "clinic_web", "note": "CLAIM ROW restating doe2001"}
    sheet(
        folder,
        "ketamine_results",
        RESULT,
        [
            active,
            control,
            claim,
            {**difference, "arm_id": "ketamine", "outcome": "pain_score", "stat": "mean"},
        ],
    )
    sheet(
        folder,
        "claims_sources",
        [
            "source_id",
            "authors",
            "year",
            "title",
            "journal",
            "doi",
            "pmid",
            "design",
            "n",
            "checked_url",
            "checked_where",
        ],
        [
            {
                "source_id": "doe_again",
                "authors": "Doe J",
                "doi": "10.1000/ONE",
                "pmid": "123",
                "checked_url": "https://example.org/copy",
                "checked_where": "abstract",
            },
        ],
    )
    sheet(
        folder,
        "articles",
        [
            "article",
            "title",
            "publisher_type",
            "sells_treatment",
            "sources_listed",
            "promotional_tone",
            "reading_note",
        ],
        [
            {
                "article": "004_b42a1752dc44c9cd.txt",
                "title": "(no title in the stored text; about infusions)",
                "publisher_type": "clinic",
                "sells_treatment": "yes",
                "sources_listed": "0",
                "promotional_tone": "5 - sells",
            },
        ],
    )
    sheet(
        folder,
        "claims",
        [
            "claim_id",
            "article",
            "topic",
            "claim",
            "quoted_figure",
            "kind",
            "verdict",
            "why",
            "evidence_source_ids",
            "lesson",
            "difficulty",
        ],
        [
            {
                "claim_id": "c123",
                "article": "004_b42a1752dc44c9cd.txt",
                "topic": "efficacy",
                "claim": "It works.",
                "quoted_figure": "75%",
                "kind": "promise",
                "verdict": "unsupported",
                "why": "No.",
                "evidence_source_ids": "doe_again",
                "difficulty": "1",
            },
        ],
    )
    return folder


def test_a_whole_build_from_small_sheets(raw, tmp_path, monkeypatch):
    monkeypatch.setattr(additions, "HERE", tmp_path)  # no additions
    monkeypatch.setattr(new_trials, "names", dict)
    monkeypatch.setattr(additions, "read", lambda name, folder=None: _own(name))
    tables, book = build(raw)
    results = {result["arm_id"]: result for result in tables["results"]}
    assert (results["placebo"]["events"], results["placebo"]["derived"]) == ("4", "percent"), (
        "19.0 % of 21 is 4 and nothing else"
    )
    assert (
        results["ketamine"]["comparison_id"]
        == results["placebo"]["comparison_id"]
        == "doe2001_pain_reduction_50_1h"
    )
    assert [source["source_id"] for source in tables["sources"]] == ["clinic_web", "doe2001"]
    assert tables["sources"][1]["pmid"] == "123", "the second mention of the paper adds its number"
    assert tables["claims"][0]["evidence_source_ids"] == "doe2001"
    assert tables["claims"][0]["figure_percent"] == "75"
    assert [study["study_id"] for study in tables["studies"]] == ["doe2001"]
    assert [(sheet, line, study) for sheet, line, study, *_ in book.left_out] == [
        ("ketamine_results", 4, "clinic_web"),
        ("ketamine_results", 5, "doe2001"),
        ("ketamine_studies", 3, "clinic_web"),
    ]
    first, second = tmp_path / "first", tmp_path / "second"
    write(tables, book, first)
    write(*build(raw), second)
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name
    assert b"\r" not in b"".join(path.read_bytes() for path in first.iterdir())
    assert "| ketamine_results | 4 | clinic_web |" in (first / "LEFT_OUT.md").read_text()


def _own(name: str) -> list[dict[str, str]]:
    """The vocabularies of the build script, but none of the facts found later."""
    path = Path(additions.__file__).parent / name
    if name not in ("outcomes.csv", "outcome_match.csv"):
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("events", "n", "percent", "said"),
    [
        ("44", "118", "37", ""), ("44", "118", "37.3", ""), ("44", "118", "38", "printed 38 %, but 44 of 118 is 37.3 %"),
        ("48", "61", "77", "printed 77 %, but 48 of 61 is 78.7 %"), ("", "61", "77", ""), ("1", "8", "12.5", ""),
    ],
)  # fmt: skip
def test_mismatch_is_said_in_words(events, n, percent, said):
    assert wording.mismatch(events, n, percent) == said


def test_a_count_is_worked_out_only_where_one_fits():
    one, several, none, almost = (row(n=n, percent=percent, note=note) for n, percent, note in (
        ("61", "75", ""), ("400", "61", ""), ("120", "12.7", ""), ("61", "75", "Source says almost 75")))  # fmt: skip
    for candidate in (one, several, none, almost):
        trial_tables._fill_events(candidate)
    assert (one["events"], one["derived"]) == ("46", "yes")
    assert (several["events"], none["events"], almost["events"]) == ("", "", "")


@pytest.mark.parametrize(
    ("scope", "outcome", "detail", "unit", "chosen"),
    [
        (
            "acute",
            "pain_free",
            "moderate or severe pain at dosing gone completely, before any rescue",
            "",
            "pain_free",
        ),
        ("acute", "responder_other", "relief at 2 h kept to 48 h", "", "sustained_pain_relief"),
        ("acute", "responder_other", "pain freedom at 2 h kept to 48 h", "", "sustained_pain_free"),
        ("acute", "rescue_use", "took the second dose", "", "second_dose"),
        (
            "acute",
            "pain_score_change",
            "median fall",
            "% fall from start (median)",
            "acute_pain_fall_percent",
        ),
        (
            "preventive",
            "mmd_change",
            "[basis: attacks] change in monthly attacks",
            "attacks/month",
            "attack_change",
        ),
        ("preventive", "mmd_change", "[basis: migraine days] change", "days/month", "mmd_change"),
        (
            "preventive",
            "mmd_change",
            "[basis: moderate or severe headache days] change",
            "days/month",
            "mhd_change",
        ),
        ("ketamine", "rescue_use", "came back to the ED for headache", "", "returned"),
        ("ketamine", "rescue_use", "admitted for headache control", "", "admitted"),
        ("ketamine", "responder_other", "attacks per day before", "attacks/day", "cluster_attacks_per_day"),
    ],
)
def test_raw_rows_find_their_outcome(scope, outcome, detail, unit, chosen):
    assert outcome_table.outcome_of(scope, row(outcome=outcome, outcome_detail=detail, unit=unit)) == chosen


def test_an_outcome_that_fits_nothing_is_refused():
    with pytest.raises(ValueError, match=r"line 2: no outcome for responder_other \(felt nice\)"):
        outcome_table.outcome_of("acute", row(outcome="responder_other", outcome_detail="felt nice"))


def test_every_rule_leads_to_an_outcome_of_its_scope():
    scope = {outcome["outcome_id"]: outcome["scope"] for outcome in outcome_table.rows()}
    for rule in additions.read("outcome_match.csv"):
        assert scope[rule["outcome_id"]] == rule["scope"], rule


def test_basis_is_taken_from_the_tag_and_leaves_the_definition():
    raw = row(outcome_detail="[basis: moderate or severe headache days] at least 50 % fewer")
    assert outcome_table.basis_of(raw) == "moderate_severe_headache_days"
    assert wording.definition(raw["outcome_detail"], "3 mo") == "at least 50 % fewer"


def test_standing_phrases_become_plain_definitions():
    assert (
        wording.definition("moderate or severe pain at dosing gone completely, before any rescue", "2 h")
        == "no pain at 2 h"
    )
    assert (
        wording.definition("moderate or severe pain at dosing down to mild or none", "")
        == "pain mild or none"
    )


def test_differences_are_never_results():
    assert trial_tables._is_contrast(row(arm_id="contrast_a_minus_b"))
    assert trial_tables._is_contrast(row(unit="odds ratio vs placebo", stat="rate"))
    assert not trial_tables._is_contrast(row(unit="attacks/day", stat="rate"))


def test_pooled_reports_are_not_counted_where_their_trials_are():
    rows = [
        {"study_id": "dodick2019", "arm_id": "a", "outcome_id": "pain_free", "definition": ""},
        {"study_id": "hutchinson2021", "arm_id": "a", "outcome_id": "pain_free", "definition": ""},
        {"study_id": "krege2019", "arm_id": "a", "outcome_id": "acute_adverse_any", "definition": ""},
        {"study_id": "brandes2005", "arm_id": "ele_40_mild", "outcome_id": "pain_free", "definition": ""},
    ]
    overlap_rules.countable_results(rows)
    assert [entry["countable"] for entry in rows] == ["true", "false", "true", "false"]


def test_added_figures_keep_their_address():
    raw = row(outcome="pain_free", timepoint="2", percent="30", role="active")
    facts = [
        {"study_id": "doe2001", "arm_id": "drug", "outcome": "pain_free", "outcome_detail": "", "timepoint": "2", "field": "n", "value": "50", "url": "https://example.org/n", "read_where": "table 2", "note": ""},
        {"study_id": "doe2001", "arm_id": "other", "outcome": "pain_free", "outcome_detail": "", "timepoint": "2", "field": "n", "value": "50", "url": "https://example.org/n", "read_where": "table 2", "note": ""},
    ]  # fmt: skip
    rows = [raw]
    assert additions.apply_to_rows(rows, facts, "acute") == facts[1:], "an arm that the sheets do not know"
    assert raw["n"] == "50"
    assert additions.said(raw) == "n read at https://example.org/n (table 2)"


def test_added_figures_make_a_row_for_a_known_arm():
    rows = [
        row(outcome="pain_free", timepoint="2", percent="30"),
        row(arm_id="high", arm="High dose", outcome="pain_relief", timepoint="2", percent="60"),
    ]
    fact = {
        "study_id": "doe2001",
        "arm_id": "high",
        "outcome": "pain_free",
        "outcome_detail": "",
        "timepoint": "2",
        "field": "percent",
        "value": "40",
        "url": "https://example.org",
        "read_where": "abstract",
        "note": "",
    }
    assert additions.apply_to_rows(rows, [fact], "acute") == []
    assert (rows[2]["arm"], rows[2]["outcome"], rows[2]["percent"]) == ("High dose", "pain_free", "40")


@pytest.mark.parametrize(
    ("authors", "title", "journal", "said"),
    [
        ("Goadsby PJ et al.", "T", "J", "Goadsby 2001"), ("Deng C, Li Y", "T", "J", "Deng and Li 2001"),
        ("van der Kuy PH, Lohman JJ", "T", "J", "van der Kuy and Lohman 2001"), ("", "A short title", "J", "A short title 2001"),
        ("", "", "J", "J 2001"), ("", "A title of far more than sixty letters that nobody would want to read in a list", "J", "J 2001"),
    ],
)  # fmt: skip
def test_short_citations(authors, title, journal, said):
    assert wording.citation(authors, "2001", title, journal) == said


@pytest.mark.parametrize(
    ("where", "kind"),
    [("abstract", "primary"), ("table 1", "primary"), ("label table 4 (reprinted)", "label"), ("registry", "registry"), ("secondary:news report", "secondary"), ("secondary:copy of the abstract", "copy")],
)  # fmt: skip
def test_provenance_follows_where_it_was_read(where, kind):
    assert wording.provenance(wording.read_where(where)) == kind


def test_papers_are_merged_by_number_and_twins_share_a_source(tmp_path):
    sheet(tmp_path, "acute_studies", STUDY, [
        {"study_id": "cady2006_tame1", "authors": "Cady R et al.", "year": "2006", "doi": "10.1/x"},
        {"study_id": "cady2006_tame2", "authors": "Cady R et al.", "year": "2006", "doi": "10.1/x"},
        {"study_id": "diener2002", "authors": "Diener HC et al.", "year": "2002", "doi": "10.1/eletriptan"},
    ])  # fmt: skip
    sheet(
        tmp_path,
        "preventive_studies",
        STUDY,
        [
            {
                "study_id": "diener2002",
                "authors": "Diener HC et al.",
                "year": "2002",
                "doi": "10.1/flunarizine",
            }
        ],
    )
    sources = source_table.Sources()
    sources.read(Book(tmp_path))
    assert sources.of_study["cady2006_tame1"] == sources.of_study["cady2006_tame2"] == "cady2006"
    assert (sources.of_study["diener2002_eletriptan"], sources.of_study["diener2002_flunarizine"]) == (
        "diener2002_eletriptan",
        "diener2002_flunarizine",
    )
    assert len(sources.finish()) == 3


def test_an_untitled_article_is_named_by_what_it_is_about(raw):
    assert claim_tables.articles(Book(raw))[0]["title"] == "[Untitled: about infusions]"


def test_the_descriptor_keys_and_links_exist():
    tables = {table["name"]: {field["name"] for field in table["fields"]} for table in schema.TABLES}
    for table in schema.TABLES:
        keys = [table["key"]] if isinstance(table["key"], str) else table["key"]
        assert set(keys) <= tables[table["name"]]
        for link in table.get("links", []):
            assert set(link["fields"]) <= tables[table["name"]]
            assert set(link["reference"]["fields"]) <= tables[link["reference"]["resource"]]


def test_the_shipped_descriptor_is_the_one_of_the_build():
    import json

    from migraine_lab.data import package

    assert (
        json.loads((package.root() / "datapackage.json").read_text(encoding="utf-8")) == schema.descriptor()
    )
