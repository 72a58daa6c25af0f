"""The shipped data package: it is whole, its figures hold together, and the issue's counts are there."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pandas as pd
import pytest

from migraine_lab import data
from migraine_lab.data import package


def test_the_shipped_package_has_no_problem():
    assert [str(problem) for problem in data.check()] == []


def test_tables_are_those_of_the_descriptor_and_come_as_copies():
    named = [
        resource["name"]
        for resource in json.loads((package.root() / "datapackage.json").read_text())["resources"]
    ]
    assert data.tables() == named
    mine = data.table("results")
    mine.loc[0, "definition"] = "changed"
    assert data.table("results").loc[0, "definition"] != "changed"


def test_types_come_from_the_descriptor():
    results = data.table("results")
    assert results["percent"].dtype == "float64"
    assert results["countable"].dtype == bool
    assert str(results["events"].dtype) == "Int64"
    assert data.table("articles")["promotional_tone"].dtype == "int64"
    assert results["note"].notna().all(), "unknown text is empty text"


def test_every_column_is_described():
    for resource in json.loads((package.root() / "datapackage.json").read_text())["resources"]:
        for field in resource["schema"]["fields"]:
            assert len(field["description"]) > 3, f"{resource['name']}.{field['name']}"


def test_enough_comparisons_with_counts_on_both_arms():
    rows = data.comparisons()
    counted = rows[rows[["events", "n", "comparator_events", "comparator_n"]].notna().all(axis=1)]
    counted = counted[counted["is_benefit"] & counted["countable"] & (counted["comparator_kind"] != "none")]
    assert len(counted) >= 150
    assert counted["study_id"].nunique() >= 90
    assert set(counted["source_id"]) <= set(data.table("sources")["source_id"])


def test_every_treated_arm_stands_beside_its_own_study():
    rows = data.comparisons()
    results = data.table("results").set_index("result_id")
    for row in rows[rows["comparator_kind"] != "none"].itertuples():
        own, other = results.loc[row.result_id], results.loc[row.comparator_result_id]
        for column in (
            "study_id",
            "outcome_id",
            "comparison_id",
            "time_value",
            "basis",
            "pain_at_dosing",
            "unit_counted",
        ):
            same = own[column] == other[column] or (pd.isna(own[column]) and pd.isna(other[column]))
            assert same, (row.result_id, column)
    assert not rows["result_id"].duplicated().any()


def test_placebo_and_no_treatment_are_never_treated_arms():
    arms = data.table("arms").set_index(["study_id", "arm_id"])["role"]
    roles = {arms[row.study_id, row.arm_id] for row in data.comparisons().itertuples()}
    assert roles == {"active", "active_control", "single_arm"}


def test_percent_is_filled_from_counts_only_where_none_is_printed():
    rows = data.comparisons().set_index("result_id")
    filled = rows.loc["cady1991_suma_sc_6_pain_relief_1h"]
    assert filled["percent"] == pytest.approx(100 * 515 / 734)
    printed = rows.loc["schwenk2018_ketamine_iv_fall_2_points_5d"]
    assert printed["percent"] == 77, "the printed figure stays although 48 of 61 is 78.7 %"
    assert "48 of 61" in printed["mismatch_note"]


def test_filters_and_their_sentences():
    assert set(data.comparisons(scope="ketamine")["scope"]) == {"ketamine"}
    assert set(data.comparisons(outcome="pain_free")["outcome_id"]) == {"pain_free"}
    with pytest.raises(ValueError, match=r"no scope 'chronic'.*acute, ketamine, preventive"):
        data.comparisons(scope="chronic")
    with pytest.raises(ValueError, match="no outcome_id 'cured'"):
        data.comparisons(outcome="cured")


def test_pain_freedom_and_pain_relief_are_apart_and_scopes_do_not_mix():
    outcomes = data.table("outcomes").set_index("outcome_id")
    assert {"pain_free", "pain_relief"} <= set(outcomes.index)
    results = data.table("results").merge(data.table("studies")[["study_id", "scope"]], on="study_id")
    assert (results["outcome_id"].map(outcomes["scope"]) == results["scope"]).all()
    assert not results["definition"].str.contains("moderate or severe pain at dosing").any(), (
        "a standing phrase"
    )


def test_endpoints_tell_time_and_basis():
    rows = data.comparisons().set_index("result_id")
    assert rows.loc["jones1989_prochlorperazine_10_pain_free_60min", "endpoint"] == "Pain freedom, 1 h"
    assert rows.loc["goadsby2000_ele_80_pain_free_2h", "endpoint"] == "Pain freedom, 2 h"
    assert (
        rows.loc["powers2017_topiramate_responder_50_24wk", "endpoint"] == "50 % responders (headache days)"
    )
    assert rows.loc["goadsby2017_erenumab_70_responder_50_6mo", "time_days"] == pytest.approx(182.6, abs=0.1)


def test_audited_faults_are_mended():
    studies, results = data.table("studies"), data.table("results")
    contrasts = data.table("contrasts").set_index("contrast_id")
    assert not results["arm_id"].str.startswith("contrast").any()
    zitek = contrasts[(contrasts["study_id"] == "zitek2018") & (contrasts["time_value"] == 60)].iloc[0]
    assert (zitek["arm_a"], zitek["arm_b"], zitek["estimate"]) == ("prochlorperazine", "ketamine_03", 20.0)
    assert "better on prochlorperazine" in zitek["direction"]
    assert set(results[results["study_id"] == "realize_zolmi_ns"]["pain_at_dosing"]) == {"any"}
    assert set(results[results["study_id"] == "lipton2009_s1"]["pain_at_dosing"]) == {"mild"}
    baseline = results[(results["study_id"] == "moisset2020") & (results["value"] == 4.3)].iloc[0]
    assert (baseline["stat"], baseline["outcome_id"]) == ("rate", "cluster_attacks_per_day")
    kaube = results[(results["study_id"] == "kaube2000") & (results["n"] == 25)].iloc[0]
    assert (kaube["outcome_id"], kaube["unit_counted"]) == ("aura_improved", "attacks")
    zhao = results[(results["study_id"] == "zhao2017") & (results["value"] == -1.4)].iloc[0]
    assert (zhao["outcome_id"], zhao["basis"]) == ("attack_change", "attacks")
    model = results[(results["study_id"] == "skljarevski2018") & (results["events"] == 27)]
    assert set(model["derived"]) == {"model"}
    topchrome = results[results["study_id"] == "topchrome2006"]
    assert set(topchrome["provenance"]) == {"secondary"}
    returned = results[results["outcome_id"] == "returned"]["study_id"]
    assert {"benish2019", "ray2022"} <= set(returned)
    assert not studies["study_id"].str.endswith("_web").any()


def test_no_patient_is_counted_twice_for_an_outcome():
    """Of studies marked as sharing patients, at most one is countable for an outcome."""
    studies = data.table("studies").set_index("study_id")
    results = data.table("results")
    counted = results[results["countable"]].groupby("study_id")["outcome_id"].agg(set)
    pooled = studies[~studies["countable"]]
    for name, row in pooled.iterrows():
        for other in row["overlaps"].split(";"):
            if other and studies.loc[other, "countable"]:
                both = counted.get(name, set()) & counted.get(other, set())
                assert not both, (name, other, both)


def test_overlaps_are_marked_both_ways():
    studies = data.table("studies").set_index("study_id")["overlaps"]
    for name, others in studies.items():
        for other in filter(None, others.split(";")):
            assert name in studies[other].split(";"), (name, other)


def test_claims_state_a_response_rate_only_where_they_do():
    claims = data.table("claims").set_index("claim_id")
    assert claims["figure_percent"].dropna().to_dict() == {"c095": 77.0, "c123": 75.0}
    assert (claims[claims["evidence_source_ids"] == ""]["verdict"] == "not_checkable").all()


def test_sources_are_there_once():
    sources = data.table("sources")
    for column in ("doi", "pmid"):
        known = sources[sources[column] != ""][column].str.lower()
        assert not known.duplicated().any(), known[known.duplicated()].tolist()


def test_cite_names_the_paper_and_where_to_find_it():
    said = data.cite("schwenk2018")
    assert said.startswith("Schwenk ES et al (2018). Ketamine for Refractory Headache")
    assert "https://doi.org/10.1097/AAP.0000000000000827" in said
    with pytest.raises(KeyError, match="no source 'nobody1900'"):
        data.cite("nobody1900")
    for source_id in data.table("sources")["source_id"]:
        assert re.search(r"https?://|PubMed \d|NCT\d", data.cite(source_id)), source_id


def test_result_finds_one_row_or_says_what_there_is():
    row = data.result("imdsg1991", "suma_100", "pain_relief", "4 h")
    assert (row["events"], row["n"]) == (81, 108)
    assert data.result("imdsg1991", "suma_100", "pain_relief", 4)["result_id"] == row["result_id"]
    with pytest.raises(KeyError, match=r"2 results fit.*2 h.*4 h"):
        data.result("imdsg1991", "suma_100", "pain_relief")
    with pytest.raises(KeyError, match=r"no result of .* at 3 h; there is: 2 h, 4 h"):
        data.result("imdsg1991", "suma_100", "pain_relief", "3 h")
    with pytest.raises(KeyError, match=r"no result with arm_id 'suma'; there is: placebo, suma_100"):
        data.result("imdsg1991", "suma", "pain_relief")
    with pytest.raises(KeyError, match="no table 'patients'; the tables are sources"):
        data.table("patients")


def test_importing_the_room_does_not_load_frictionless():
    code = (
        "import sys; from migraine_lab import data; data.table('results'); data.comparisons(); "
        "print('frictionless' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_nothing_of_a_machine_is_in_the_package():
    for path in sorted(package.root().glob("*.*")):
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text, path.name
        for word in ("/work/", "/tmp/", "localhost"):
            assert word not in text, (path.name, word)


def test_the_dictionary_names_every_column():
    text = (package.root() / "README.md").read_text(encoding="utf-8")
    for name in data.tables():
        assert f"## {name}\n" in text
        for column in data.table(name).columns:
            assert f"| `{column}` |" in text
