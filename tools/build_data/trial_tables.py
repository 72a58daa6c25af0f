"""Studies, arms and results from the trial sheets."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.build_data import (
    additions,
    decisions,
    new_trials,
    outcome_table,
    overlap_rules,
    treatment_table,
    wording,
)
from tools.build_data.sheets import SCOPES, Book, Row


@dataclass
class Trials:
    """The trial tables while they are built, and the raw rows that belong elsewhere."""

    studies: list[dict[str, str]] = field(default_factory=list)
    arms: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    results: list[dict[str, str]] = field(default_factory=list)
    contrast_rows: list[tuple[str, Row]] = field(default_factory=list)
    classes: dict[str, tuple[str, str]] = field(default_factory=dict)
    unused: list[dict[str, str]] = field(default_factory=list)


def study_name(scope: str, raw: str) -> str:
    return decisions.RENAMED_STUDIES.get((scope, raw), raw)


def build(book: Book, source_of: dict[str, str]) -> Trials:
    """Read all three scopes. `source_of` maps a study to the source that reports it."""
    trials = Trials()
    found = additions.read("additions.csv")
    for scope in SCOPES:
        known = {study_name(scope, row["study_id"]): row for row in book.read(f"{scope}_studies")}
        rows = [_corrected(row, scope) for row in book.read(f"{scope}_results")]
        facts = [fact for fact in found if fact["sheet"].startswith(scope)]
        added = new_trials.results(scope, facts)
        trials.unused += additions.apply_to_rows(
            rows, [fact for fact in facts if fact["study_id"] not in new_trials.names()], scope
        )
        rows += added
        known |= {row["study_id"]: row for row in new_trials.studies(scope)}
        for row in rows:
            _fill_events(row)
        for row in rows:
            _sort_row(book, trials, scope, row, source_of)
        with_rows = {row["study_id"] for row in rows}
        for study, row in known.items():
            if row["design"] in ("web_article", "guideline", "review") and (
                study not in with_rows or row["design"] == "web_article"
            ):
                book.leave_out(
                    row, f"study: {row['title'] or row['population']}", decisions.NO_STUDY[row["design"]]
                )
                continue
            trials.studies.append(_study(scope, study, row, source_of))
    _finish(trials)
    return trials


def _corrected(row: Row, scope: str) -> Row:
    row["study_id"] = study_name(scope, row["study_id"])
    for (study, outcome, words), cells in decisions.CORRECTED_ROWS.items():
        if row["study_id"] == study and row["outcome"] == outcome and words in row["outcome_detail"]:
            row["raw_detail"] = row["outcome_detail"]
            for column, value in cells.items():
                row[column] = value
    return row


def _sort_row(book: Book, trials: Trials, scope: str, row: Row, source_of: dict[str, str]) -> None:
    trials.classes.setdefault(
        treatment_table.treatment_id(row["treatment"]), (row["treatment"], row["drug_class"])
    )
    study, what = row["study_id"], f"{row['outcome']}: {row['outcome_detail']}"
    if row["note"].startswith("CLAIM ROW"):
        book.leave_out(row, what, "a web page's claim, not a result; the claims table carries such claims")
    elif (study, row["arm_id"]) in decisions.LEFT_OUT_STUDIES_ROWS:
        book.leave_out(row, what, decisions.LEFT_OUT_STUDIES_ROWS[study, row["arm_id"]])
    elif _is_contrast(row):
        trials.contrast_rows.append((scope, row))
    elif not (row["events"] or row["percent"] or row["mean"]):
        _add_arm(trials, row)
        if row["p_value"] and study in ("sarvari2022", "etchison2018"):
            trials.contrast_rows.append((scope, row))
        else:
            book.leave_out(
                row,
                what,
                "the source prints no figure for it"
                + (f" (only p {row['p_value']}, and not of which comparison)" if row["p_value"] else ""),
            )
    else:
        _add_arm(trials, row)
        trials.results.append(_result(scope, row, source_of))


def _fill_events(row: Row) -> None:
    """Work a count out of a printed percentage and n, where only one whole number fits the percentage."""
    if (
        row["stat"] != "proportion"
        or row["events"]
        or not (row["n"] and row["percent"])
        or "almost" in row["note"]
    ):
        return
    n = int(row["n"])
    near = round(n * float(row["percent"]) / 100)
    fits = [
        count
        for count in range(max(near - 3, 0), min(near + 3, n) + 1)
        if not wording.mismatch(str(count), row["n"], row["percent"])
    ]
    if len(fits) == 1:
        row["events"], row["derived"] = str(fits[0]), "yes"


def _is_contrast(row: Row) -> bool:
    unit = row["unit"]
    return (
        row["arm_id"].startswith("contrast_")
        or " vs " in unit
        or " v placebo" in unit
        or "above placebo" in unit
    )


def _add_arm(trials: Trials, row: Row) -> None:
    role = "no_treatment" if row["drug_class"] == "no treatment" else row["role"]
    trials.arms.setdefault(
        (row["study_id"], row["arm_id"]),
        {
            "study_id": row["study_id"],
            "arm_id": row["arm_id"],
            "label": row["arm"],
            "treatment_id": treatment_table.treatment_id(row["treatment"]),
            "role": role,
            "dose": ""
            if row["dose"] in ("matching", "any", "various") and role == "placebo"
            else row["dose"],
            "route": row["route"],
        },
    )


def _result(scope: str, row: Row, source_of: dict[str, str]) -> dict[str, str]:
    study = row["study_id"]
    outcome = outcome_table.outcome_of(
        scope,
        Row(row.sheet, row.line, {**row.cells, "outcome_detail": row["raw_detail"] or row["outcome_detail"]}),
    )
    stratum = decisions.STRATA.get(study, {}).get(row["arm_id"], "")
    time = wording.time_text(row["timepoint"], row["timepoint_unit"])
    where = wording.read_where(row["checked_where"])
    spread, spread_kind = _spread(row)
    low, high, interval = row["ci_low"], row["ci_high"], "95 % CI" if row["ci_low"] else ""
    if "IQR" in row["note"] and low:
        interval = "IQR"
        # one sheet prints a fall as negative and the ends of its interval as they came
        low, high = sorted((low, high), key=float)
    value, said = row["mean"], wording.note(row["note"])
    if outcome in decisions.FALLS and value.startswith("-"):
        value, low, high = value[1:], _turned(high), _turned(low)
        said = "; ".join(filter(None, [said, "sign turned so that a fall is positive"]))
    return {
        "study_id": study,
        "arm_id": row["arm_id"],
        "outcome_id": outcome,
        "stratum": stratum,
        "basis": outcome_table.basis_of(row) if scope == "preventive" else "",
        "definition": wording.definition(row["outcome_detail"], time),
        "pain_at_dosing": _pain(scope, study, stratum, row),
        "unit_counted": _unit_counted(row),
        "time_value": row["timepoint"],
        "time_unit": row["timepoint_unit"],
        "n": row["n"],
        "events": row["events"],
        "percent": row["percent"] if row["stat"] in ("proportion", "rate") else "",
        "derived": _derived(row),
        "value": value,
        "spread": spread,
        "spread_kind": spread_kind,
        "stat": "proportion" if row["percent"] or row["events"] else row["stat"],
        "unit": "" if row["unit"] == "%" else decisions.UNITS.get(row["unit"], row["unit"]),
        "low": low,
        "high": high,
        "interval_kind": interval,
        "p_value": row["p_value"],
        "source_id": source_of[study],
        "read_where": where,
        "provenance": wording.provenance(where),
        "mismatch_note": wording.mismatch(row["events"], row["n"], row["percent"]),
        "note": "; ".join(filter(None, [said, additions.said(row)])),
    }


def _pain(scope: str, study: str, stratum: str, row: Row) -> str:
    if scope != "acute":
        return ""
    if study == "zolmitriptan_second_dose":
        return "moderate_severe" if row["outcome"] == "pain_relief" else "any"
    return (
        decisions.PAIN_OF_STRATUM.get(stratum)
        or row["pain_at_dosing"]
        or decisions.PAIN_AT_DOSING.get(study, "unknown")
    )


def _unit_counted(row: Row) -> str:
    for (study, words), unit in decisions.UNIT_OF_ROW.items():
        if row["study_id"] == study and words in (row["raw_detail"] or row["outcome_detail"]):
            return unit
    if "unit_counted" in row.cells:
        return row["unit_counted"]
    return decisions.UNIT_COUNTED.get(row["study_id"], "patients")


def _derived(row: Row) -> str:
    if row["study_id"] in decisions.MODEL_STUDIES or any(
        words in row["note"] for words in decisions.MODEL_NOTE
    ):
        return "model"
    if any(words in row["note"] for words in decisions.SUM_NOTE):
        return "sum"
    if row["derived"] == "yes":
        return "percent" if row["events"] else "sum"
    return "printed"


def _turned(number: str) -> str:
    return number[1:] if number.startswith("-") else f"-{number}" if number else ""


def _spread(row: Row) -> tuple[str, str]:
    if row["sd"]:
        return row["sd"], "not stated" if row["study_id"] == "meidany_nd" else "SD"
    if "SE 0" in row["note"]:
        return row["note"].split("SE ")[1].split(";")[0].split(" ")[0], "SE"
    return "", ""


def _study(scope: str, study: str, row: Row, source_of: dict[str, str]) -> dict[str, str]:
    design, other = row["design"], row["note"] + row["population"]
    randomised = design.startswith("rct") or (
        design in ("meta_analysis", "systematic_review", "review") and study not in decisions.NOT_RANDOMISED
    )
    if design == "other":
        # the sheets say "other" where a review calls the trial randomised without saying how it was laid out
        controlled = "randomised" in other or study in ("pini1995", "suma_recurrence_trial")
        design, randomised = ("controlled_trial", True) if controlled else ("meeting_release", False)
    name = wording.trial_name(study)
    short = (
        row["short"]
        or wording.short_name(study)
        or wording.citation(row["authors"], row["year"], row["title"], row["journal"])
    )
    return {
        "study_id": study,
        "source_id": source_of[study],
        "scope": scope,
        "short": f"{short} ({name})" if name else short,
        "year": row["year"],
        "design": design,
        "randomised": "true" if randomised else "false",
        "blinding": row["blinding"],
        "setting": row["setting"] or "na",
        "population": _mended(study, wording.note(row["population"])),
        "n_enrolled": row["n_enrolled"],
        "funding": row["funding"],
        "overlaps": "",
        "countable": "true",
        "note": _mended(study, wording.note(row["note"])),
    }


def _mended(study: str, text: str) -> str:
    wrong, right = decisions.STUDY_NOTES.get(study, ("", ""))
    return text.replace(wrong, right, 1) if wrong else text


def _finish(trials: Trials) -> None:
    """Overlaps, names of results and of comparisons, and the order of rows."""
    shared, pooled = overlap_rules.overlaps(), {study for study, _ in overlap_rules.NOT_COUNTED}
    known = {study["study_id"] for study in trials.studies}
    for study in trials.studies:
        study["overlaps"] = ";".join(other for other in shared.get(study["study_id"], []) if other in known)
        study["countable"] = "false" if study["study_id"] in pooled else "true"
    trials.studies.sort(key=lambda study: (SCOPES.index(study["scope"]), study["study_id"]))
    _name_comparisons(trials.results)
    overlap_rules.countable_results(trials.results)
    taken: set[str] = set()
    for row in trials.results:
        time = (
            f"_{float(row['time_value']):g}{row['time_unit']}".replace(".", "p") if row["time_value"] else ""
        )
        row["result_id"] = _free(f"{row['study_id']}_{row['arm_id']}_{row['outcome_id']}{time}", taken)


def _name_comparisons(results: list[dict[str, str]]) -> None:
    """Rows measured alike share a comparison; the second comparison of an outcome and time gets a number."""
    names: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for row in results:
        alike = tuple(
            row[column]
            for column in (
                "study_id",
                "outcome_id",
                "stratum",
                "definition",
                "basis",
                "pain_at_dosing",
                "unit_counted",
                "time_value",
                "time_unit",
            )
        )
        if alike not in names:
            time = (
                f"_{float(row['time_value']):g}{row['time_unit']}".replace(".", "p")
                if row["time_value"]
                else ""
            )
            stratum = f"_{row['stratum']}" if row["stratum"] else ""
            names[alike] = _free(f"{row['study_id']}_{row['outcome_id']}{time}{stratum}", taken)
        row["comparison_id"] = names[alike]


def _free(name: str, taken: set[str]) -> str:
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    taken.add(unique)
    return unique
