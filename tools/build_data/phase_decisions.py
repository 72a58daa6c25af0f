"""Readings that the sheets on phases leave to us: what low and high mean, counts, wording. Plain tables."""

from __future__ import annotations

# fmt: off

# Words of a quantity -> unit of the band that its low and high bound (the value is the share in the band).
BANDS = [
    ("share of patients in the band", "h"),
    ("monthly headache days, share", "days/month"),
    ("monthly headache days, mean within", "days/month"),
    ("neck pain starts", "h"),
    ("visual aura lasting", "min"),
    ("free interval between", "min"),
    ("full migraine headache within", "min"),
    ("attacks a month", "attacks/month"),
    ("postdrome lasting", "h"),
    ("back to normal within", "h"),
]
# Words of a quantity -> kind of interval; everything else is a range as worded.
INTERVALS = [
    ("low-high = IQR", "IQR"),
    ("95 % prediction interval", "95 % prediction interval"),
    ("interval between attacks, mean", "not stated"),
    ("next-day headache forecast", "95 % CI"),
    ("perimenstrual window", "not stated"),
]
PHASE_OF_QUANTITY = [
    ("prodrome", "prodrome"), ("premonitory", "prodrome"), ("prediction", "prodrome"), ("migraine attack within 24 h", "prodrome"),
    ("rise before attack", "prodrome"), ("lower positive mood", "prodrome"), ("hypothalamic activity", "prodrome"),
    ("neck pain starts", "prodrome"), ("postdrome", "postdrome"), ("back to normal", "postdrome"), ("aura", "aura"),
    ("cortical", "aura"), ("full migraine headache", "aura"), ("headache duration", "headache"), ("attack duration", "headache"),
    ("peak headache", "headache"), ("headache onset", "headache"), ("headache not experienced", "headache"), ("attack onsets", "headache"),
    ("status migrainosus", "headache"), ("early recurrence", "headache"), ("pain-free", "headache"), ("rescue medicine", "headache"),
    ("interval between attacks", "interictal"),
]
QUANTITIES = {
    "attack duration, median (low-high = IQR)": "attack duration, median",
    "headache days per month, median (low-high = IQR)": "headache days per month, median",
    "prodrome duration, share of patients in the band low-high hours": "prodrome duration, share of patients in the band",
    "headache duration, share of patients in the band low-high hours": "headache duration, share of patients in the band",
    "postdrome duration, share of patients in the band low-high hours": "postdrome duration, share of patients in the band",
    "monthly headache days, share of people with migraine in the band low-high": "monthly headache days, share of people with migraine in the band",
    "monthly headache days, share of people with migraine in the band low-high (derived from counts)": "monthly headache days, share of people with migraine in the band (worked out from counts)",
    "monthly headache days, mean within the band low-high": "monthly headache days, mean within the band",
    **{
        f"hidden-Markov state {state}: mean monthly headache days (low-high = 95 % prediction interval)": f"hidden-Markov state {state}: mean monthly headache days"
        for state in (1, 2, 3, 4)
    },
}
TIMING_NOTES = {
    ("hadjikhani2001", "speed of the cortical wave during visual aura"): "printed 3.5 +/- 1.1 mm/min without saying what the 1.1 is",
    ("mmv_clip", "pain severity in the past month, mean"): "scale from 0 to 10",
    ("schulte_may2016", "hypothalamic activity change before pain"): "one person: a case, not a rate",
    ("hansen2012", "full migraine headache within 15 min of aura onset"): "the abstract prints patients although it counts attacks",
}

# Symptom rows whose n is people although the percentage is of attacks: n is emptied, the note names the people.
N_IS_OTHER = {"giffin2003"}
# Counts that a note prints in other words: (source, symptom or measure, n of the sheet) -> (events, n).
COUNT_OF = {
    ("wghs_tab2", "nausea and vomiting (as labelled)", "1422"): ("1293", "1422"),
    ("seferoglu2012", "conversion to chronic daily headache in 1 year (clinic)", ""): ("32", "180"),
    ("seferoglu2012", "conversion to definite chronic migraine in 1 year (clinic)", ""): ("4", "180"),
    ("buse2013", "1-year prevalence of severe headache", ""): ("28261", "162756"),
}
NOTES = {
    "share of attacks that had warning features; n is patients with usable diary data; sample enriched for prodrome, so not a general-population rate":
        "share of attacks that had warning features; the number of attacks is not printed, 97 patients had usable diaries; people chosen for their warning symptoms, so no general rate",
    "printed as 311 (75.6 %) although 438 kept a diary, so the base must be smaller; treat as approximate":
        "printed as 311 (75.6 %) although 438 kept a diary and 311 of 438 is 71.0 %, so the base must be smaller; treat as approximate",
    "use for an age plot: both sexes, migraine OR severe headache; read on a third-party copy": "both sexes, migraine or severe headache; read on a third-party copy",
    "range quoted in the background, various definitions": "range quoted as background, various definitions",
    "confidence interval cut off in the stored page": "the confidence interval is cut off on the page read",
}
LEFT_OUT_EPIDEMIOLOGY = {
    ("nhws2016", "24499.9"): "the page read does not say which period the cost covers",
}
PHASE_WORDS: dict[str, str] = {}
