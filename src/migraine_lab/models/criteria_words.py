"""Short words for the conditions of the criteria; every number in them comes from the table."""

from __future__ import annotations

import math

from migraine_lab.models.criteria import Condition, Criterion

LABELS = {
    "attacks_meeting_B_to_D": "{limit} like this",
    "episodes_meeting_B_to_D": "{limit} like this",
    "attacks_meeting_B_and_C": "{limit} with such an aura",
    "headache_duration_untreated": "lasts {limit} untreated",
    "headache_duration_untreated_under_18": "lasts {limit} untreated (young people)",
    "headache_duration": "lasts {limit}",
    "unilateral": "one side",
    "bilateral": "both sides",
    "pulsating": "throbbing",
    "pressing_or_tightening": "pressing, not throbbing",
    "moderate_or_severe": "moderate or severe",
    "mild_or_moderate": "mild or moderate",
    "severe_or_very_severe": "severe or very severe",
    "aggravated_by_activity": "worse with movement",
    "not_aggravated_by_activity": "not worse with movement",
    "orbital_supraorbital_or_temporal": "around the eye or at the temple",
    "nausea_or_vomiting": "nausea or vomiting",
    "no_nausea_or_vomiting": "no nausea, no vomiting",
    "photophobia_and_phonophobia": "light and sound both hurt",
    "at_most_one_of_photophobia_phonophobia": "light or sound hurts, not both",
    "better_explained_by_other_diagnosis": "nothing else explains it better",
    "all_but_one_of_1.1_A_to_D_or_1.2_A_to_C": "all but one criterion of migraine",
    "fulfils_another_headache_disorder": "no other headache disorder fits",
    "visual": "seeing",
    "sensory": "feeling",
    "speech_or_language": "speech",
    "motor": "weakness",
    "brainstem": "brainstem",
    "retinal": "one eye only",
    "gradual_spread_5_min": "spreads slowly",
    "symptoms_in_succession": "one after another",
    "each_symptom_5_to_60_min": "each lasts long enough, not too long",
    "at_least_one_unilateral": "on one side",
    "at_least_one_positive": "something added",
    "headache_with_or_within_60_min": "headache with it or soon after",
    "no_headache_with_or_within_60_min": "no headache with it or soon after",
    "meets_1.2": "migraine with aura is met",
    "meets_1.2.1": "typical aura is met",
    "headache_days_per_month": "headache on {limit}",
    "months_at_this_frequency": "for {limit}",
    "attacks_meeting_1.1_B_to_D_or_1.2_B_and_C": "{limit} of true migraine",
    "migraine_days_per_month": "migraine on {limit}",
    "day_meets_1.1_C_and_D": "pain and symptoms of migraine",
    "day_meets_1.2_B_and_C": "aura",
    "believed_migraine_and_relieved_by_triptan_or_ergot": "a triptan or ergot helps",
    "has_1.1_or_1.2": "has migraine",
    "typical_except_duration_and_severity": "like the usual attacks otherwise",
    "attack_duration": "this attack lasts {limit}",
    "debilitating": "disabling",
    "attack_frequency": "attacks {limit}",
    "conjunctival_injection_or_lacrimation": "red or tearing eye",
    "nasal_congestion_or_rhinorrhoea": "blocked or runny nose",
    "eyelid_oedema": "swollen lid",
    "forehead_or_facial_sweating": "sweating face",
    "miosis_or_ptosis": "small pupil or drooping lid",
    "restlessness_or_agitation": "restless",
    "attacks_meeting_3.1_in_bouts": "cluster attacks in bouts",
    "bouts": "{limit}",
    "bout_duration": "bouts of {limit}",
    "remission_between_bouts": "{limit} free of pain between",
    "attacks_meeting_3.1": "cluster headache is met",
    "remission_max": "{limit} free of pain",
    "duration_without_remission": "for {limit}",
    "pre_existing_headache_disorder": "a headache disorder before",
    "months_of_overuse": "such intake for {limit}",
    "8.2.1_ergotamine": "ergotamine: {limit}",
    "8.2.2_triptan": "triptans: {limit}",
    "8.2.3_non_opioid_analgesics_together": "simple painkillers: {limit}",
    "8.2.3.1_paracetamol": "paracetamol: {limit}",
    "8.2.3.2.1_aspirin": "aspirin: {limit}",
    "8.2.3.2_nsaid": "other NSAIDs: {limit}",
    "8.2.4_opioid": "opioids: {limit}",
    "8.2.5_combination_analgesic": "combined tablets: {limit}",
    "8.2.6_several_classes_none_alone": "classes together: {limit}",
    "8.2.7_several_classes_unverified": "intake unclear: {limit}",
    "systemic_symptoms_incl_fever": "fever or illness of the whole body",
    "neoplasm_history": "cancer, now or before",
    "neurologic_deficit_or_reduced_consciousness": "a lasting loss or drowsiness",
    "sudden_onset": "sudden onset",
    "older_age_at_onset": "began at an age of {limit}",
    "older_age_at_onset_earlier_version": "began at an age of {limit}, by the earlier list",
    "pattern_change_or_recent_new_headache": "new or suddenly changed",
    "positional": "depends on position",
    "precipitated_by_sneeze_cough_exercise": "brought on by coughing or exertion",
    "papilloedema": "swollen optic discs",
    "progressive_or_atypical": "steadily worse, or odd",
    "pregnancy_or_puerperium": "pregnancy or the weeks after birth",
    "painful_eye_with_autonomic_features": "painful eye, not yet examined",
    "post_traumatic_onset": "began after a head injury",
    "pathology_of_immune_system": "weak immune system",
    "painkiller_overuse_or_new_drug": "began with a new medicine",
}
SHUT_OUT = {"motor": "no weakness", "brainstem": "no brainstem signs", "retinal": "not in one eye only"}
"""What 1.2.1 shuts out although 1.2 asks for it under the same name."""
PLAIN = ("features", "ways")
"""Units that count the conditions of a group, not something of the person's."""


def limits(one: Condition) -> str:
    """Say a threshold with its unit ("at least 5 attacks", "4 to 72 h"); empty where the condition is a plain yes or no."""
    if one.unit in ("", *PLAIN):
        return ""
    low, high = one.low, one.high
    unit = (
        one.unit.replace("intake ", "").replace("days/month", "days a month").replace("attacks/day", "a day")
    )
    if math.isfinite(low) and math.isfinite(high):
        return f"{low:g} to {high:g} {unit}"
    words = ("more than", "fewer than") if one.strict else ("at least", "at most")
    end = low if math.isfinite(low) else high
    if end == 1:
        first, _, rest = unit.partition(" ")
        unit = f"{first.removesuffix('s')} {rest}".strip()
    return f"{words[0] if math.isfinite(low) else words[1]} {end:g} {unit}"


def label(one: Condition) -> str:
    """Name a condition in a few words, with its threshold."""
    said = LABELS[one.item].format(limit=limits(one))
    if one.code == "1.5.1":  # it asks for an attack, and that 1.1 lacks one line alone
        return f"{limits(one)}, and all but one of A to D of 1.1"
    return SHUT_OUT.get(one.item, said) if one.kind == "exclusion" else said


def heading(one: Criterion, rows: tuple[Condition, ...]) -> str:
    """Name a criterion by the ``rows`` that count: how many of them it takes, and those in few words."""
    parts = [label(row) for row in rows]
    if one.needed < len(parts):
        return f"{one.needed} of: {', '.join(parts)}"
    return " and ".join(parts)
