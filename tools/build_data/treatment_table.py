"""Treatments: one row each over both treatment sheets and all arms, with one spelling of every class."""

from __future__ import annotations

import re

from tools.build_data import treatment_cards
from tools.build_data.sheets import Book, Row

# raw names that mean the same treatment
SAME = {
    "ly334370": "LY334370",
    "sham device": "sham stimulation",
    "sham": "sham",
    "saline": "placebo",
    "bupivacaine occipital nerve block": "greater occipital nerve block",
    "supraorbital nerve stimulation": "external trigeminal nerve stimulation",
    "lidocaine (intranasal)": "lidocaine nose drops",
    "CBT + amitriptyline": "cognitive behavioural therapy + amitriptyline",
}
CLASSES = {
    "gepant (CGRP receptor antagonist)": "gepant",
    "CGRP mAb": "CGRP antibody",
    "CGRP monoclonal antibody": "CGRP antibody",
    "ditan (5-HT1F agonist)": "ditan",
    "5-HT1F agonist (never marketed)": "ditan",
    "NSAID (COX-2 selective)": "NSAID",
    "NSAID + triptan": "triptan + NSAID",
    "antiemetic (dopamine antagonist)": "dopamine antagonist",
    "neuroleptic (dopamine antagonist)": "dopamine antagonist",
    "neuromodulation device": "neuromodulation",
    "local anaesthetic procedure": "nerve block",
    "antiseizure": "antiepileptic",
    "mineral": "supplement",
    "vitamin": "supplement",
    "hormone supplement": "supplement",
    "combination": "combination analgesic",
    "education": "behavioural",
    "lifestyle": "behavioural",
    "education + tricyclic": "behavioural + tricyclic",
    "pooled": "mixed preventives",
    "oral preventives (mixed)": "mixed preventives",
}
CLASS_OF = {
    "greater occipital nerve block": "nerve block",
    "sphenopalatine ganglion block": "nerve block",
    "lidocaine": "local anaesthetic",
    "placebo": "placebo",
    "sham": "placebo",
    "sham stimulation": "placebo",
    "ketamine + several": "NMDA antagonist combination",
    "ketamine + magnesium": "NMDA antagonist combination",
    "magnesium": "supplement",
}


def canonical(raw: str) -> str:
    return SAME.get(raw, raw)


def treatment_id(raw: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", canonical(raw).lower()).strip("_")


def build(
    book: Book,
    arms: list[dict[str, str]],
    classes: dict[str, tuple[str, str]],
    source_by_doi: dict[str, str],
    sources: list[dict[str, str]],
    results: list[dict[str, str]],
) -> list[dict[str, str]]:
    """The treatments table: sheet rows, treatments that only arms name, and those that no trial tests.

    `classes` maps a treatment to (raw name, raw class) as the arms give them; `sources` grows by new ones.
    """
    table: dict[str, dict[str, str]] = {}
    by_url = {source["url"]: source["source_id"] for source in sources if source["url"]}
    for scope in ("acute", "preventive"):
        for row in book.read(f"{scope}_treatments"):
            _merge(table, scope, row, _source(row, source_by_doi, by_url, sources))
    routes: dict[str, list[str]] = {}
    for arm in arms:
        routes.setdefault(arm["treatment_id"], []).append(arm["route"])
    for arm in arms:
        if arm["treatment_id"] not in table:
            name, drug_class = classes.get(arm["treatment_id"], ("placebo", "placebo"))
            table[arm["treatment_id"]] = _blank(
                name, drug_class, "; ".join(dict.fromkeys(routes[arm["treatment_id"]]))
            )
    treatment_cards.complete(table, arms, results, {source["source_id"] for source in sources})
    return [table[name] for name in sorted(table)]


def _blank(name: str, raw_class: str, routes: str) -> dict[str, str]:
    name = canonical(name)
    drug_class = CLASS_OF.get(name, CLASSES.get(raw_class, raw_class))
    return {
        "treatment_id": treatment_id(name),
        "name": name[:1].upper() + name[1:],
        "drug_class": drug_class,
        "category": "comparator" if drug_class in ("placebo", "no treatment") else "",
        "target": "",
        "mechanism": "",
        "routes": routes,
        "approved_us": "",
        "typical_dose": "",
        "adverse_effects": "",
        "cautions": "",
        "guideline": "",
        "source_id": "",
        "read_where": "",
    }


def _merge(table: dict[str, dict[str, str]], scope: str, row: Row, source_id: str) -> None:
    fresh = _blank(row["treatment"], row["drug_class"], row["routes"])
    fresh |= {
        "mechanism": row["mechanism"],
        "target": row["molecular_target"],
        "approved_us": row["year_first_approved_us"],
        "typical_dose": row["typical_dose"],
        "adverse_effects": row["common_adverse_effects"],
        "cautions": row["key_cautions"],
        "guideline": row["guideline_status"],
        "source_id": source_id,
        "read_where": f"the row as a whole: {row['checked_url']}",
    }
    old = table.get(fresh["treatment_id"])
    if old is None:
        table[fresh["treatment_id"]] = fresh
        return
    for column, value in fresh.items():
        if column in ("typical_dose", "guideline", "routes", "read_where") and value and value != old[column]:
            lead = "prevention: " if column in ("typical_dose", "guideline") else ""
            old[column] = f"{old[column]}; {lead}{value}".strip("; ")
        old[column] = old[column] or value


def _source(row: Row, by_doi: dict[str, str], by_url: dict[str, str], sources: list[dict[str, str]]) -> str:
    doi, url = row["source_doi"].lower(), row["checked_url"]
    if doi in by_doi:
        return by_doi[doi]
    if url in by_url:
        return by_url[url]
    source_id = f"page_{treatment_id(row['treatment'])}"
    site = re.sub(r"^https?://(www\.)?", "", url).split("/")[0]
    sources.append(
        {
            "source_id": source_id,
            "short": f"{row['treatment'].capitalize()}: page on {site}",
            "authors": "",
            "year": "",
            "title": f"[Page on {row['treatment']}]",
            "journal": site,
            "doi": doi,
            "pmid": "",
            "registry_id": "",
            "url": url,
            "read_where": "page",
            "provenance": "secondary",
            "note": "",
        }
    )
    by_url[url] = source_id
    return source_id
