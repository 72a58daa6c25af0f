"""The tables on migraine, ketamine, claims and words: enough of them, their units, sources and known places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migraine_lab import data
from migraine_lab.data import package, rules_facts

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTOR = json.loads((package.root() / "datapackage.json").read_text(encoding="utf-8"))
FACTS = (
    "symptoms",
    "criteria",
    "epidemiology",
    "timing",
    "kinetics",
    "receptor",
    "spreading_depression",
    "safety",
    "visit_steps",
)


@pytest.mark.parametrize(
    ("table", "least"),
    [("claims", 140), ("symptoms", 200), ("criteria", 110), ("sources", 300), ("glossary", 150), ("epidemiology", 140),
     ("timing", 150), ("kinetics", 110), ("mechanisms", 50), ("claim_conflicts", 30), ("topics", 69), ("phases", 5)],
)  # fmt: skip
def test_there_is_enough(table, least):
    assert len(data.table(table)) >= least


def test_there_are_24_tables():
    assert len(data.tables()) >= 24


def test_every_number_has_a_unit_and_percentages_run_to_100():
    for resource in DESCRIPTOR["resources"]:
        for field in resource["schema"]["fields"]:
            if field["type"] in ("number", "integer"):
                assert field.get("unit"), (resource["name"], field["name"])
            if field.get("unit") == "%":
                rules = field["constraints"]
                assert (rules["minimum"], rules["maximum"]) == (0, 100), (resource["name"], field["name"])
    for name in ("timing", "kinetics", "receptor", "spreading_depression", "epidemiology"):
        frame = data.table(name)
        assert not frame["unit"].str.contains("fraction|proportion").any(), name
        shares = frame[frame["unit"].str.startswith("%")]["value"].dropna()
        assert (shares.abs() <= 100).all(), name
    shares = data.table("kinetics").query("parameter == 'F'")["value"]
    assert shares.between(5, 100).all(), "bioavailability is kept in per cent, not as a fraction"


def test_every_fact_has_a_source_that_can_be_found():
    sources = data.table("sources").set_index("source_id")
    for name in FACTS:
        frame = data.table(name)
        assert (frame["source_id"] != "").all(), name
        assert frame["source_id"].isin(sources.index).all(), name
        assert frame["provenance"].isin(["primary", "registry", "label", "secondary", "copy"]).all()
        assert (frame["read_where"] != "").all(), name


def test_a_paper_is_one_source_and_its_copies_are_readings():
    sources = data.table("sources").set_index("source_id")
    readings = ("buse2013_copy", "smitherman2013_copy", "giffin2003_review", "kelman2006post_wha", "stovner2022_news",
                "do2019_preprint", "lampl2015_ichd", "ichd3_mo", "ichd3_cm", "riza_early2004", "nasal2022")  # fmt: skip
    assert not set(readings) & set(sources.index)
    copied = data.table("epidemiology").query("source_id == 'buse2013' and provenance == 'copy'")
    assert len(copied) >= 5
    assert copied["read_url"].str.startswith("http").all()
    assert set(data.table("criteria")["source_id"]) == {"ichd3", "do2019"}
    assert (data.table("criteria").query("source_id == 'ichd3'")["read_url"] != "").all()


def test_what_was_not_seen_is_said_and_not_made_up():
    sources = data.table("sources").set_index("source_id")
    assert sources.loc["gilling2009", "not_seen"] == "authors;title", "a name that was remembered is no name"
    unseen = sources[sources["not_seen"].str.contains("title")]
    assert ((unseen["title"] == "") | unseen["title"].str.startswith("[")).all()
    assert sources.loc["cameo_i_2023", "authors"].startswith("Lipton RB")


def test_outcomes_name_the_source_of_their_definition():
    outcomes = data.table("outcomes").set_index("outcome_id")
    assert outcomes.loc["pain_free", "source_id"] == "ihs_acute2019"
    assert outcomes.loc["responder_50", "reference"] == "Reuter 2018"
    without = outcomes[outcomes["source_id"] == ""]["reference"]
    assert set(without) == {"definition by convention", "the studies' own definitions"}
    assert outcomes["reference"].str.len().max() < 80


def test_phases_follow_one_another():
    phases = data.table("phases").sort_values("order")
    assert list(phases["phase_id"]) == ["interictal", "prodrome", "aura", "headache", "postdrome"]
    starts = phases["start_h"].dropna().tolist()
    assert starts == sorted(starts)
    assert not phases["duration_text"].str.contains(r"\[\w+_\w+\]", regex=True).any(), "names stand in words"


def test_criteria_that_the_audit_missed_are_there():
    criteria = data.table("criteria").set_index("criterion_id")
    together = criteria.loc["8_2_b_drug_8_2_3_non_opioid_analgesics_together"]
    assert (together["at_least"], together["unit"]) == (15, "intake days/month")
    assert criteria.loc["2_2_a_months_at_this_frequency", "threshold"] == ">3"
    assert criteria.loc["2_2_a_months_at_this_frequency", "strict"]
    assert criteria.loc["3_1_2_b_duration_without_remission", "at_least"] == 1
    assert set(criteria.query("code == '1.2.1'")["edition"]) == {"ICHD-3"}
    assert criteria.loc["1_1_c_unilateral", "group_size"] == 4


@pytest.mark.parametrize(
    ("said", "means"),
    [("5", ("5", "", False)), ("4-72", ("4", "72", False)), (">72", ("72", "", True)), ("<1", ("", "1", True)),
     ("", ("", "", False))],
)  # fmt: skip
def test_thresholds_are_read(said, means):
    assert rules_facts.threshold(said) == means


def test_counts_of_symptoms_fit_their_percentages_or_say_why_not():
    symptoms = data.table("symptoms")
    counted = symptoms[symptoms["events"].notna()]
    assert len(counted) >= 15
    off = counted[(100 * counted["events"] / counted["n"] - counted["percent"]).abs() > 0.5]
    assert list(off["mismatch_note"]) == ["printed 90.1 %, but 1293 of 1422 is 90.9 %"]


def test_every_topic_of_the_articles_finds_a_home():
    topics = data.table("topics")
    assert (topics["lesson"] != "").all()
    assert data.topics_without_home().empty
    lessons = {path.name[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}
    from migraine_lab import explore

    for topic in topics.itertuples():
        assert topic.lesson in lessons, topic.topic_id
        assert topic.explorer in explore.__all__, topic.topic_id


def test_the_glossary_is_short_and_leads_somewhere():
    glossary = data.table("glossary")
    assert (glossary["definition"].str.split().str.len() <= 40).all()
    terms = set(glossary["term"])
    for row in glossary.itertuples():
        assert set(filter(None, row.related.split(";"))) <= terms - {row.term}, row.term
    assert (glossary[glossary["source_id"] == ""]["basis"] == "definition by convention").all()


def test_known_contradictions_give_both_readings():
    page = (package.root() / "CONTRADICTIONS.md").read_text(encoding="utf-8")
    for words in ("48 of 61", "77 %", "15 of 77", "27.3 %", "HER-MES", "p = .026", "0.049", "56 % against 19 %",
                  "59 % against 15 %", "the editorial", "89 L/h", "under 1 month"):  # fmt: skip
        assert words in page, words
    results = data.table("results")
    for name in results[results["mismatch_note"] != ""]["result_id"]:
        assert f"`{name}`" in page


def test_articles_are_named_and_not_numbered():
    for name in ("mechanisms", "topics", "claim_conflicts"):
        frame = data.table(name)
        for column in frame.columns:
            assert not frame[column].astype(str).str.contains(r"\b00[0-4]\b|_00[0-4]_", regex=True).any(), (
                name,
                column,
            )


def test_no_table_speaks_of_how_it_was_made():
    for name in data.tables():
        frame = data.table(name)
        for column in frame.select_dtypes("str").columns:
            if column in ("url", "read_url"):
                continue
            found = frame[
                frame[column].str.contains(
                    r"stored (?:page|copy|text)|notebooks can|unit test|name recalled|this project",
                    regex=True,
                )
            ]
            assert found.empty, (name, column, found[column].iloc[0])


def test_bad_facts_are_refused():
    """One made-up fault a rule: the rule finds it and nothing else does."""
    held = package.load()

    def said(table: str, line: int, column: str, value: str) -> list[str]:
        changed = held[table]
        rows = [list(row) for row in changed.rows]
        rows[line][changed.position(column)] = value
        fresh = package.Table(changed.name, changed.fields, changed.key, changed.links, rows, changed.lines)
        found = [rule({**held, table: fresh}) for _, rule in rules_facts.rules()]
        return [str(problem) for problems in found for problem in problems]

    def line_of(table: str, column: str, value: str) -> int:
        return next(
            place for place, row in enumerate(held[table].rows) if row[held[table].position(column)] == value
        )

    headache = line_of("phases", "phase_id", "headache")
    assert "must be 0" in " ".join(said("phases", headache, "start_h", "1"))
    assert "must not be below start_h" in said("phases", headache, "end_h", "-3")[0]
    group = line_of("criteria", "criterion_id", "1_1_c_pulsating")
    assert "cannot ask for more than the 4 conditions" in " ".join(said("criteria", group, "at_least", "7"))
    assert "threshold '2' means 2 here" in " ".join(said("criteria", group, "at_least", "7"))
    assert "criterion C of 1.1 has 3 rows" in " ".join(said("criteria", group, "group_size", "5"))
    counted = line_of("symptoms", "events", "212")
    assert "events must not exceed n, which is 216" in said("symptoms", counted, "events", "300")[0]
    assert "mismatch_note says nothing" in said("symptoms", counted, "events", "100")[0]
    assert "a judgement of strong needs a source" in said("mechanisms", 0, "source_ids", "")[0]
    assert "not found in table sources" in said("mechanisms", 0, "source_ids", "nobody1900")[0]
    assert "a conflict needs two claims" in said("claim_conflicts", 0, "claim_b", "c001")[0]
    assert "has 41 words" in " ".join(said("glossary", 0, "definition", "word " * 41))
    assert (
        "must be authors" in said("sources", line_of("sources", "source_id", "aacn2018"), "not_seen", "")[0]
    )
    assert (
        "must say what low and high are"
        in said("kinetics", line_of("kinetics", "interval_kind", "90 % CI"), "interval_kind", "")[0]
    )
    pooled = next(place for place, row in enumerate(held["results"].rows)
                  if row[held["results"].position("result_id")] == "hutchinson2021_ubrogepant_50_pain_free_2h")  # fmt: skip
    assert "counts patients of" in said("results", pooled, "countable", "true")[0]


def test_every_study_of_ketamine_is_on_the_list_or_left_out_by_name():
    from migraine_lab.explore import ketamine_rows

    studies = data.table("studies").query("scope == 'ketamine'")["study_id"]
    assert set(ketamine_rows.every()["study_id"]) == set(studies)
    page = (package.root() / "LEFT_OUT.md").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in page.splitlines() if line.startswith("| ketamine_studies |")]
    left = {line[2]: line[4].rstrip(" |") for line in lines}
    assert len(studies) + len(left) == 47, "rows of the sheet of ketamine studies"
    assert not set(studies) & set(left)
    assert all(left.values())
    assert set(left) <= set(data.table("sources")["source_id"])


def test_a_retold_figure_is_a_claim_that_leads_to_a_published_one():
    told, links = data.table("retellings"), data.table("retelling_links")
    assert set(links["retelling_id"]) == set(told["retelling_id"])
    assert ((told["source_id"] == "") == (told["claim_id"] != "")).all(), "a page, or a claim of an article"
    known, sources = set(data.table("claims")["claim_id"]), set(data.table("sources")["source_id"])
    assert set(told["claim_id"]) - {""} <= known and set(told["source_id"]) - {""} <= sources
    assert set(told["article_id"]) - {""} <= set(data.table("articles")["article_id"])
    results = data.table("results").set_index("result_id")["percent"]
    shares = links["result_id"].map(results).fillna(100 * 13 / 17)
    gap = (links["retelling_id"].map(told.set_index("retelling_id")["percent"]) - shares).abs()
    assert (gap <= 4).all(), "a figure far off is no candidate"
    unnamed = links[links["retelling_id"] == "article_infusion_clinic"]
    assert len(unnamed) == 5 and set(unnamed["link_basis"]) == {"inference"}


def test_awaited_trials_are_the_studies_without_a_result():
    from migraine_lab.explore import ketamine_rows

    assert set(data.table("awaited_trials")["study_id"]) == set(
        ketamine_rows.every().query("kind == 'awaited'")["study_id"]
    )
