"""The vocabulary of outcomes, and which of its outcomes each raw row measures."""

from __future__ import annotations

from tools.build_data.sheets import Row

IHS_ACUTE = "IHS guidelines for trials of acute treatment, 4th edition, 2019, doi 10.1177/0333102419828967"
IHS_PREVENT = "IHS guidelines for trials of preventive treatment, 2020 (episodic) and 2018 (chronic), doi 10.1177/0333102420941839 and 10.1177/0333102418758283"
CONVENTION = "definition by convention"
OWN = "the studies' own definitions"

_HARM_SCORES = {"discomfort_score", "fatigue_score"}
_REFERENCE_OF = {"rescue_use": "rescue"}

# outcome_id, name, definition, kind, higher is better, reference; is_benefit follows from kind and direction
_ACUTE = [
    ("pain_free", "Pain freedom", "No headache pain at a set time, usually 2 h, before any rescue medication", "proportion", True, IHS_ACUTE),
    ("pain_relief", "Pain relief", "Pain down from moderate or severe to mild or none at a set time, usually 2 h", "proportion", True, IHS_ACUTE),
    ("mbs_free", "Freedom from the most bothersome symptom", "The symptom that the patient named as most bothersome (nausea, light or sound) absent at a set time", "proportion", True, IHS_ACUTE),
    ("sustained_pain_free", "Sustained pain freedom", "No pain at 2 h, and none since up to 24 or 48 h, without further medication in between", "proportion", True, IHS_ACUTE),
    ("sustained_pain_relief", "Sustained pain relief", "Pain mild or none within 2 h, and kept so up to 24 or 48 h", "proportion", True, IHS_ACUTE),
    ("total_freedom", "Freedom from pain and all symptoms", "No pain and none of nausea, light or sound sensitivity at a set time", "proportion", True, IHS_ACUTE),
    ("pain_halved", "Pain at least halved", "Pain score at least 50 % lower than at the start", "proportion", True, CONVENTION),
    ("clinical_success", "Enough relief, as judged", "Relief that patient or clinician judged sufficient (words differ from trial to trial)", "proportion", True, OWN),
    ("consistent_pain_free", "Pain freedom in at least two of three attacks", "No pain at 2 h in at least two of three treated attacks", "proportion", True, IHS_ACUTE),
    ("prodrome_prevention", "No headache after treatment in the prodrome", "No moderate or severe headache within 24 h of treatment taken before the headache", "proportion", True, CONVENTION),
    ("recurrent_headache_relief", "Relief of a returned headache", "Relief when a headache that came back was treated", "proportion", True, CONVENTION),
    ("nausea_free", "Freedom from nausea", "No nausea at a set time", "proportion", True, IHS_ACUTE),
    ("photophobia_free", "Freedom from light sensitivity", "Not bothered by light at a set time", "proportion", True, IHS_ACUTE),
    ("phonophobia_free", "Freedom from sound sensitivity", "Not bothered by sound at a set time", "proportion", True, IHS_ACUTE),
    ("no_rescue", "Managed without rescue", "Took no rescue medication", "proportion", True, CONVENTION),
    ("would_use_again", "Would want the same drug again", "Patient would want the same treatment next time", "proportion", True, CONVENTION),
    ("own_response", "Response by the study's own definition", "A response that fits no outcome above; see the row's definition", "proportion", True, OWN),
    ("time_to_pain_free", "Time until pain free", "Time from treatment until the pain is gone", "time", False, CONVENTION),
    ("acute_pain_score", "Pain score after treatment", "Pain on a scale at a set time", "score", False, CONVENTION),
    ("acute_pain_fall", "Fall in pain score", "Pain at the start minus pain at a set time (positive: less pain)", "change", True, CONVENTION),
    ("acute_pain_fall_percent", "Fall in pain score, percent", "Fall in pain as a percentage of the starting score (positive: less pain)", "change", True, CONVENTION),
    ("rescue", "Rescue medication", "Took further acute medication because the first did not suffice; trials allow it after the first main time point", "proportion", False, IHS_ACUTE),
    ("second_dose", "Second dose", "Took or asked for a second dose of the study treatment", "proportion", False, CONVENTION),
    ("recurrence", "Return of headache", "Headache came back after first relief (some trials count return after freedom from pain only)", "proportion", False, IHS_ACUTE),
    ("acute_adverse_any", "Any adverse event", "At least one adverse event", "proportion", False, CONVENTION),
    ("acute_adverse_related", "Treatment-related adverse event", "At least one adverse event judged to be due to the treatment", "proportion", False, CONVENTION),
    ("acute_nausea", "Nausea as an adverse event", "Nausea reported as an adverse event", "proportion", False, CONVENTION),
    ("acute_taste", "Altered taste", "Altered taste reported as an adverse event", "proportion", False, CONVENTION),
]
_PREVENTIVE = [
    ("responder_50", "50 % responders", "At least 50 % fewer days or attacks a month than before treatment; the basis says of what", "proportion", True, IHS_PREVENT),
    ("responder_75", "75 % responders", "At least 75 % fewer days or attacks a month than before treatment; the basis says of what", "proportion", True, IHS_PREVENT),
    ("responder_100", "100 % responders", "No migraine day, by the basis named", "proportion", True, IHS_PREVENT),
    ("retained_response", "Stayed on treatment and halved", "On the first assigned treatment for a year and at least 50 % fewer migraine days", "proportion", True, OWN),
    ("improved_50_score", "Headache score at least halved", "A composite headache score at least 50 % better than at the start", "proportion", True, OWN),
    ("intensity_or_duration_50", "Attacks at least half as long or as severe", "Intensity or duration of attacks at least 50 % lower; not their number", "proportion", True, OWN),
    ("global_impression", "Much improved by the patient's impression", "Global impression of change of 5 or more on a 7-point scale", "proportion", True, OWN),
    ("preventive_own_response", "Response by the study's own definition", "A response whose definition the source does not give", "proportion", True, OWN),
    ("mmd_change", "Change in monthly migraine days", "Migraine days a month during treatment minus before (negative: fewer)", "change", False, IHS_PREVENT),
    ("mhd_change", "Change in monthly headache days", "Headache days a month during treatment minus before (negative: fewer); the basis says which days", "change", False, IHS_PREVENT),
    ("attack_change", "Change in monthly attacks", "Migraine attacks or headache episodes a month during treatment minus before (negative: fewer)", "change", False, IHS_PREVENT),
    ("attack_change_percent", "Change in monthly attacks, percent", "Group change in attacks a month, as a percentage (negative: fewer); not a responder rate", "change", False, CONVENTION),
    ("migraine_days", "Migraine days during treatment", "Migraine days in a set time of treatment: a level, not a change", "score", False, CONVENTION),
    ("headache_days", "Headache days during treatment", "Headache days in a set time of treatment: a level, not a change", "score", False, CONVENTION),
    ("preventive_pain_score", "Pain score", "Headache intensity on a scale", "score", False, CONVENTION),
    ("preventive_adverse_any", "Any adverse event", "At least one adverse event", "proportion", False, CONVENTION),
    ("preventive_adverse_related", "Treatment-related adverse event", "At least one adverse event judged possibly due to the treatment", "proportion", False, CONVENTION),
    ("preventive_discontinued", "Stopped because of adverse events", "Left treatment because of an adverse event or intolerance", "proportion", False, CONVENTION),
    ("preventive_nausea", "Nausea", "Nausea reported as an adverse event", "proportion", False, CONVENTION),
    ("preventive_dizziness", "Dizziness", "Dizziness reported as an adverse event", "proportion", False, CONVENTION),
    ("preventive_constipation", "Constipation", "Constipation reported as an adverse event", "proportion", False, CONVENTION),
    ("preventive_diarrhoea", "Diarrhoea", "Diarrhoea reported as an adverse event", "proportion", False, CONVENTION),
    ("preventive_tingling", "Tingling", "Paraesthesia reported as an adverse event", "proportion", False, CONVENTION),
]
_KETAMINE = [
    ("fall_2_points", "Pain at least 2 points lower", "Pain at least 2 points lower on a 0-10 scale at the end of treatment", "proportion", True, OWN),
    ("pain_reduction_50", "Pain at least halved", "Pain score at least 50 % lower than at the start", "proportion", True, CONVENTION),
    ("sustained_2_points", "Two-point fall still held later", "Pain still at least 2 points lower at a later office visit", "proportion", True, OWN),
    ("pain_reduction_20", "Pain more than 20 % lower", "Pain score more than 20 % lower than at the start", "proportion", True, OWN),
    ("ketamine_pain_free", "Pain freedom", "No pain", "proportion", True, CONVENTION),
    ("low_pain", "Pain down to a set low score", "Pain at or below 3 or 4 on a 0-10 scale", "proportion", True, OWN),
    ("low_or_halved_pain", "Pain low or at least halved", "Pain down to 0-3 on a 0-10 scale, or at least half lower", "proportion", True, OWN),
    ("less_pain", "Any lessening of pain", "Pain called improved or less severe, by any amount", "proportion", True, OWN),
    ("relief_per_use", "Uses said to bring relief", "Share of uses after which relief was remembered", "proportion", True, OWN),
    ("no_recurrence", "No return within a month", "No renewed headache care within a month of discharge", "proportion", True, OWN),
    ("aura_improved", "Aura shorter or milder", "Aura deficits reproducibly shorter or milder; not headache", "proportion", True, OWN),
    ("cluster_attacks_halved", "Cluster attacks at least halved", "At least half fewer cluster headache attacks a day", "proportion", True, OWN),
    ("cluster_attacks_stopped", "Cluster attacks stopped", "Cluster headache attacks fully stopped for months", "proportion", True, OWN),
    ("painkillers_withdrawn", "Overused painkillers withdrawn", "Stopped the painkillers that were overused", "proportion", True, OWN),
    ("rated_very_effective", "Called very effective", "Patient called the treatment very effective", "proportion", True, OWN),
    ("rated_somewhat_effective", "Called somewhat effective", "Patient called the treatment somewhat effective", "proportion", True, OWN),
    ("quality_of_life_better", "Quality of life much better", "Patient called quality of life much better", "proportion", True, OWN),
    ("still_using", "Still using the treatment", "Still used the treatment when asked", "proportion", True, OWN),
    ("ketamine_pain_score", "Pain score", "Pain on a scale at a set time", "score", False, CONVENTION),
    ("ketamine_pain_fall", "Fall in pain score", "Pain at the start minus pain at a set time (positive: less pain)", "change", True, CONVENTION),
    ("ketamine_pain_fall_percent", "Fall in pain score, percent", "Fall in pain as a percentage of the starting score (positive: less pain)", "change", True, CONVENTION),
    ("ketamine_headache_days_fall_percent", "Fall in headache days, percent", "Fall in headache days a month as a percentage (positive: fewer)", "change", True, CONVENTION),
    ("cluster_attacks_per_day", "Cluster attacks a day", "Cluster headache attacks a day: a level, not a response", "rate", False, CONVENTION),
    ("satisfaction_score", "Satisfaction", "Rating of satisfaction, 0 to 10", "score", True, CONVENTION),
    ("ketamine_rescue", "Rescue medication", "Took rescue medication", "proportion", False, CONVENTION),
    ("admitted", "Admitted for headache", "Admitted to hospital for headache control", "proportion", False, CONVENTION),
    ("returned", "Back in hospital for headache", "Came back to the emergency department or hospital for headache", "proportion", False, CONVENTION),
    ("ketamine_adverse_any", "Any adverse event", "At least one adverse event", "proportion", False, CONVENTION),
    ("ketamine_serious", "Serious adverse event", "At least one serious adverse event", "proportion", False, CONVENTION),
    ("ketamine_discontinued", "Stopped because of adverse events", "Stopped, or asked to stop, because of unwanted effects", "proportion", False, CONVENTION),
    ("not_completed", "Did not complete", "Did not complete the study, for any reason", "proportion", False, CONVENTION),
    ("dissociation", "Dissociation", "Feeling detached or spacey", "proportion", False, CONVENTION),
    ("hallucinations", "Hallucinations", "Hallucinations", "proportion", False, CONVENTION),
    ("vivid_dreams", "Vivid dreams", "Vivid dreams", "proportion", False, CONVENTION),
    ("agitation", "Agitation", "Slight agitation", "proportion", False, CONVENTION),
    ("visual_disturbance", "Double or blurred vision", "Double or blurred vision", "proportion", False, CONVENTION),
    ("fatigue", "Fatigue", "Fatigue", "proportion", False, CONVENTION),
    ("ketamine_nausea", "Nausea", "Nausea reported as an adverse event", "proportion", False, CONVENTION),
    ("ketamine_vomiting", "Vomiting", "Vomiting", "proportion", False, CONVENTION),
    ("daily_use", "Uses it every day", "Uses the spray every day (a sign of overuse)", "proportion", False, OWN),
    ("use_over_15_days", "Uses it more than 15 days a month", "Uses the spray more than 15 days a month (a sign of overuse)", "proportion", False, OWN),
    ("discomfort_score", "General discomfort score", "Generalised discomfort on a side-effect scale", "score", False, CONVENTION),
    ("fatigue_score", "Fatigue score", "Fatigue on a side-effect scale", "score", False, CONVENTION),
]


def rows(references: list[dict[str, str]] | None = None) -> list[dict[str, str]]:
    """The outcomes table; `references` (outcome, citation, url) replace the reference of the outcomes they name."""
    cited = {_REFERENCE_OF.get(row["outcome"], row["outcome"]): _reference(row) for row in references or []}
    table = []
    for scope, vocabulary in (("acute", _ACUTE), ("preventive", _PREVENTIVE), ("ketamine", _KETAMINE)):
        for order, (outcome, name, definition, kind, higher, reference) in enumerate(vocabulary, start=1):
            table.append({
                "outcome_id": outcome, "scope": scope, "name": name, "definition": definition, "kind": kind,
                "better": "higher" if higher else "lower", "is_benefit": "false" if outcome in _HARM_SCORES or (kind == "proportion" and not higher) else "true",
                "reference": cited.get(outcome, reference), "order": str(order),
            })  # fmt: skip
    return table


def _reference(row: dict[str, str]) -> str:
    # a catalogue address longer than the citation itself helps nobody
    return f"{row['citation'].rstrip('.')}. {row['url']}" if len(row["url"]) < 160 else row["citation"]


# (scope, raw outcome, words the raw definition contains) -> outcome; the first match counts, so odd ones come first
_MATCH: list[tuple[str, str, str, str]] = [
    ("acute", "pain_free", "", "pain_free"),
    ("acute", "pain_relief", "", "pain_relief"),
    ("acute", "mbs_free", "", "mbs_free"),
    ("acute", "sustained_pain_free_24h", "", "sustained_pain_free"),
    ("acute", "pain_reduction_50", "", "pain_halved"),
    ("acute", "rescue_use", "second dose", "second_dose"),
    ("acute", "rescue_use", "", "rescue"),
    ("acute", "adverse_any", "related", "acute_adverse_related"),
    ("acute", "adverse_any", "", "acute_adverse_any"),
    ("acute", "adverse_nausea", "", "acute_nausea"),
    ("acute", "adverse_other", "altered taste", "acute_taste"),
    ("acute", "satisfaction", "same drug again", "would_use_again"),
    ("acute", "pain_score", "", "acute_pain_score"),
    ("acute", "pain_score_change", "", "acute_pain_fall"),
    ("acute", "responder_other", "relief at 2 h kept", "sustained_pain_relief"),
    ("acute", "responder_other", "relief kept 48 h", "sustained_pain_relief"),
    ("acute", "responder_other", "mild or no pain within 2 h", "sustained_pain_relief"),
    ("acute", "responder_other", "allowing one or two doses", "sustained_pain_relief"),
    ("acute", "responder_other", "pain freedom at 2 h kept", "sustained_pain_free"),
    ("acute", "responder_other", "pain-free kept", "sustained_pain_free"),
    ("acute", "responder_other", "sustained headache freedom", "sustained_pain_free"),
    ("acute", "responder_other", "no moderate or severe headache within 24 h", "prodrome_prevention"),
    ("acute", "responder_other", "median time until", "time_to_pain_free"),
    ("acute", "responder_other", "two of three attacks", "consistent_pain_free"),
    ("acute", "responder_other", "headache came back", "recurrence"),
    ("acute", "responder_other", "headache that returned", "recurrent_headache_relief"),
    ("acute", "responder_other", "all associated symptoms gone", "total_freedom"),
    ("acute", "responder_other", "no nausea", "nausea_free"),
    ("acute", "responder_other", "bothered by light", "photophobia_free"),
    ("acute", "responder_other", "bothered by sound", "phonophobia_free"),
    ("acute", "responder_other", "needed no rescue", "no_rescue"),
    ("acute", "responder_other", "gone or partly relieved", "clinical_success"),
    ("acute", "responder_other", "clinical success", "clinical_success"),
    ("acute", "responder_other", "effective relief", "clinical_success"),
    ("acute", "responder_other", "relief enough to return", "clinical_success"),
    ("acute", "responder_other", "marked relief", "clinical_success"),
    ("acute", "responder_other", "pain relieved at 5 min", "clinical_success"),
    ("acute", "responder_other", "overall efficacy", "own_response"),
    ("preventive", "responder_50", "", "responder_50"),
    ("preventive", "responder_75", "", "responder_75"),
    ("preventive", "responder_100", "", "responder_100"),
    ("preventive", "responder_other", "completed 12 months", "retained_response"),
    ("preventive", "responder_other", "intensity OR duration", "intensity_or_duration_50"),
    ("preventive", "responder_other", "composite headache score", "improved_50_score"),
    ("preventive", "responder_other", "responders as defined", "preventive_own_response"),
    ("preventive", "responder_other", "placebo responder", "preventive_own_response"),
    ("preventive", "satisfaction", "global impression", "global_impression"),
    ("preventive", "pain_score", "", "preventive_pain_score"),
    ("preventive", "adverse_any", "possibly due", "preventive_adverse_related"),
    ("preventive", "adverse_any", "", "preventive_adverse_any"),
    ("preventive", "discontinued_ae", "", "preventive_discontinued"),
    ("preventive", "adverse_nausea", "", "preventive_nausea"),
    ("preventive", "adverse_dizziness", "", "preventive_dizziness"),
    ("preventive", "adverse_other", "constipation", "preventive_constipation"),
    ("preventive", "adverse_other", "diarrhoea", "preventive_diarrhoea"),
    ("preventive", "adverse_other", "tingling", "preventive_tingling"),
    ("ketamine", "pain_reduction_50", "", "pain_reduction_50"),
    ("ketamine", "pain_free", "", "ketamine_pain_free"),
    ("ketamine", "pain_relief", "less severe headache", "less_pain"),
    ("ketamine", "pain_score", "", "ketamine_pain_score"),
    ("ketamine", "pain_score_change", "percent fall", "ketamine_pain_fall_percent"),
    ("ketamine", "pain_score_change", "", "ketamine_pain_fall"),
    ("ketamine", "mhd_change", "", "ketamine_headache_days_fall_percent"),
    ("ketamine", "satisfaction", "very effective", "rated_very_effective"),
    ("ketamine", "satisfaction", "somewhat effective", "rated_somewhat_effective"),
    ("ketamine", "satisfaction", "rating", "satisfaction_score"),
    ("ketamine", "rescue_use", "admitted", "admitted"),
    ("ketamine", "rescue_use", "came back", "returned"),
    ("ketamine", "rescue_use", "back in hospital", "returned"),
    ("ketamine", "rescue_use", "rescue drug", "ketamine_rescue"),
    ("ketamine", "discontinued_ae", "did not complete", "not_completed"),
    ("ketamine", "discontinued_ae", "", "ketamine_discontinued"),
    ("ketamine", "adverse_any", "", "ketamine_adverse_any"),
    ("ketamine", "adverse_dissociation", "hallucination", "hallucinations"),
    ("ketamine", "adverse_dissociation", "vivid dreams", "vivid_dreams"),
    ("ketamine", "adverse_dissociation", "", "dissociation"),
    ("ketamine", "adverse_somnolence", "", "fatigue"),
    ("ketamine", "adverse_nausea", "", "ketamine_nausea"),
    ("ketamine", "adverse_other", "serious", "ketamine_serious"),
    ("ketamine", "adverse_other", "agitation", "agitation"),
    ("ketamine", "adverse_other", "vision", "visual_disturbance"),
    ("ketamine", "adverse_other", "vomiting", "ketamine_vomiting"),
    ("ketamine", "adverse_other", "every day", "daily_use"),
    ("ketamine", "adverse_other", "more than 15 days", "use_over_15_days"),
    ("ketamine", "adverse_other", "discomfort", "discomfort_score"),
    ("ketamine", "adverse_other", "fatigue score", "fatigue_score"),
    ("ketamine", "responder_other", "aura deficits", "aura_improved"),
    ("ketamine", "responder_other", "treated attacks that improved", "aura_improved"),
    ("ketamine", "responder_other", "pain 3/10 or less", "low_pain"),
    ("ketamine", "responder_other", "NRS 4 or less", "low_pain"),
    ("ketamine", "responder_other", "at least 2 points lower at discharge", "fall_2_points"),
    ("ketamine", "responder_other", "at least 2 points lower from start", "fall_2_points"),
    ("ketamine", "responder_other", "still held the gain", "sustained_2_points"),
    ("ketamine", "responder_other", "sustained: still", "sustained_2_points"),
    ("ketamine", "responder_other", "improved migraine intensity", "less_pain"),
    ("ketamine", "responder_other", "score down to 0-3", "low_or_halved_pain"),
    ("ketamine", "responder_other", "share of uses", "relief_per_use"),
    ("ketamine", "responder_other", "still using", "still_using"),
    ("ketamine", "responder_other", "quality of life", "quality_of_life_better"),
    ("ketamine", "responder_other", "painkillers withdrawn", "painkillers_withdrawn"),
    ("ketamine", "responder_other", "no recurrence", "no_recurrence"),
    ("ketamine", "responder_other", "more than 20 percent", "pain_reduction_20"),
    ("ketamine", "responder_other", "attacks fully stopped", "cluster_attacks_stopped"),
    ("ketamine", "responder_other", "fewer daily attacks", "cluster_attacks_halved"),
    ("ketamine", "responder_other", "attacks per day", "cluster_attacks_per_day"),
    ("ketamine", "responder_other", "at least half relief", "pain_reduction_50"),
]


def outcome_of(scope: str, row: Row) -> str:
    """Outcome that a raw row measures. Changes in prevention go by the basis and the unit, not by the raw code."""
    raw, detail = row["outcome"], row["outcome_detail"]
    if scope == "acute" and raw == "pain_score_change" and row["unit"].startswith("% fall"):
        return "acute_pain_fall_percent"
    if scope == "preventive" and raw in ("mmd_change", "mhd_change"):
        return _preventive_change(row)
    for where, outcome, words, chosen in _MATCH:
        if where == scope and outcome == raw and words in detail:
            return chosen
    raise ValueError(f"{row.sheet} line {row.line}: no outcome for {raw} ({detail})")


def basis_of(row: Row) -> str:
    """What a preventive outcome counts, from the [basis: ...] tag of the raw definition; empty where there is none."""
    detail = row["outcome_detail"]
    if not detail.startswith("[basis: "):
        return ""
    return detail[len("[basis: ") : detail.index("]")].replace(" or ", "_").replace(" ", "_")


def _preventive_change(row: Row) -> str:
    basis = basis_of(row)
    if row["stat"] == "mean" and "level" in row["outcome_detail"]:
        return "migraine_days" if basis == "migraine_days" else "headache_days"
    if row["unit"].startswith("%"):
        return "attack_change_percent"
    return {"migraine_days": "mmd_change", "attacks": "attack_change"}.get(basis, "mhd_change")
