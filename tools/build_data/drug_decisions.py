"""Readings that the sheets on ketamine leave to us: units, routes, spreads and wording. Plain tables."""

from __future__ import annotations

import re

from tools.build_data.claim_tables import ARTICLE

# fmt: off

ROUTE = {"IV": "iv", "IM": "im", "SC": "sc"}
KINETIC_UNITS = {"L/h at 70 kg": "L/h per 70 kg", "multiplier": "factor", "ratio to ketamine": "ratio"}
RECEPTOR_UNITS = {"fraction of membrane field": "electrical distance, 0 to 1"}
SPREADING_UNITS = {"deg eccentricity": "deg"}
# (source, quantity) -> spread and its kind; with kind "not stated" low and high of the sheet are value minus and plus it
SPREADING_SPREAD = {
    ("hadjikhani2001", "velocity_human_aura"): ("1.1", "not stated"),
    ("santos2019", "s_ketamine_dose_SD_human"): ("1.4", "SD"),
}
FORMULA_SYSTEM = {
    "model_equation_threshold": "threshold model of ion release",
    "model_equation_fhn": "FitzHugh-Nagumo model",
    "scotoma_growth_law": "visual cortex, constant speed and magnification factor",
}
NOTES = {
    "share of one 28 mg device absorbed through the nasal mucosa; the rest is swallowed. Recommended model for all notebooks: one fit covers IV, nasal and oral":
        "share of one 28 mg device absorbed through the nasal mucosa; the rest is swallowed. One fit covers intravenous, nasal and oral use",
    "applies to the second and later 28 mg devices: FRn_eff = 0.54*(1+(N-1)*0.62)/N":
        "applies to the second and later 28 mg devices: with N devices, FRn = 54 % * (1 + (N-1) * 0.62) / N",
    "derived here: E = Vh*(kel+kmet)/(Qh+Vh*(kel+kmet))": "derived here: E = Vh*(kel+kmet) / (Qh+Vh*(kel+kmet)), as a percentage",
    "derived here: kmet/(kel+kmet)": "derived here: kmet/(kel+kmet), as a percentage",
    "abstract, share of a swallowed dose reaching the circulation; coded constants give 0.178": "abstract: share of a swallowed dose that reaches the circulation; the coded constants give 17.8 %",
    "56 mg dose; model formula gives 0.62 for 28 mg": "56 mg dose; the model formula gives 62 % for 28 mg",
    "abstract; the coded constants give 109 (derived Qh*E)": "abstract; the coded constants give 109 (worked out as Qh*E)",
    "published model exposure after 28 mg: use as a unit test": "model exposure as published, after 28 mg",
    "published model exposure after 56 mg: use as a unit test": "model exposure as published, after 56 mg",
    "published model exposure after 84 mg: use as a unit test": "model exposure as published, after 84 mg",
    "10 mg racemic; far below the often-quoted 45 %": "10 mg racemic; far below the often quoted 45 % (three people)",
    "free fraction about 0.56": "so about 56 % is free",
    "CSD frequency fell 32 %: good unit test for the threshold model": "frequency of the waves fell 32 %",
    "activator diffuses only; beta sets excitability. Numerical eps and beta are missing from every stored copy, so project values are a choice":
        "only the activator diffuses; beta sets excitability. Numbers for eps and beta were missing from the pages read, so any values are a choice",
    "secondary only: primary paper not reachable here; teach as quoted, not verified": "secondary only: the primary paper was not read",
    "after 28 mg; the coded model overshoots this by about 1.4 (known open issue noted by its curators), so do not teach metabolite AUC from it": "after 28 mg; the model as coded gives about 1.4 times this (its curators note it), so the metabolite's exposure is not to be taken from the code",
    "after 56 mg; the coded model overshoots this by about 1.4 (known open issue noted by its curators), so do not teach metabolite AUC from it": "after 56 mg; the model as coded gives about 1.4 times this (its curators note it), so the metabolite's exposure is not to be taken from the code",
    "after 84 mg; the coded model overshoots this by about 1.4 (known open issue noted by its curators), so do not teach metabolite AUC from it": "after 84 mg; the model as coded gives about 1.4 times this (its curators note it), so the metabolite's exposure is not to be taken from the code",
    "SEM 0.03. Recommended value for the model": "SEM 0.03",
    "cited to jahr1990; constants read from public model code, not from the abstract": "cited to Jahr and Stevens 1990; constants read from public model code, not from the abstract",
    'use +1: delta above is reported for a monovalent blocker (modelling convention, not a measured row)': "",
    "about twice the IC50, so do not mix the two in one figure without saying so": "about twice the IC50: the two do not belong in one figure without a word on it",
    "Original AMPA-blocker paper (2008) not reachable; reviews used": "The first AMPA-blocker paper (2008) was not read; reviews were",
    "No such study found; one search made": "No such study was found",
}


def article(number: str) -> str:
    """Name in the articles table of the article that the sheets number so."""
    return next(ours for raw, ours in ARTICLE.items() if raw.startswith(number))


def in_words(text: str) -> str:
    """Numbers of articles become the names that the articles table uses."""

    def name(found: re.Match[str]) -> str:
        said = (article(number) for number in re.findall(r"\d{3}", found.group(0)))
        return f"{found.group(1)} {' and '.join(said)}"

    return re.sub(r"\b([Aa]rticles?) 00\d(?: and 00\d)*", name, text)
