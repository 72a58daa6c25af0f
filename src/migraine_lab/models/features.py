"""What can be asked about a person's headaches: the features that the criteria are read from, and their limits."""

# ruff: noqa: E501  (a table of questions reads best with one a line)

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

YES_NO, NUMBER = "yes_no", "number"
WHO, ATTACKS, PAIN, WITH = "Who", "Attacks so far", "The pain", "What comes with it"
AURA, MONTH, MEDICINES = "Aura", "Days in a month", "Medicines for attacks"
FACE, LONG, WARNING = "Eye, nose and unrest", "A long attack", "Warning signs"

MONTH_DAYS = 31.0
"""No month has more days than this: the upper limit of everything counted in days a month."""


@dataclass(frozen=True)
class Feature:
    """One question about a person; its answer is True or False, or a number from ``low`` to ``high`` in ``unit``.

    ``None`` always means that the answer is not known, which is never the same as no. ``short`` names the feature in a few
    words, ``group`` says where it belongs.
    """

    name: str
    question: str
    kind: str
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    group: str = ""
    short: str = ""


def _ask(group: str, name: str, short: str, question: str) -> Feature:
    return Feature(name, question, YES_NO, group=group, short=short)


def _count(
    group: str, name: str, short: str, question: str, unit: str, high: float, low: float = 0.0
) -> Feature:
    return Feature(name, question, NUMBER, unit, low, high, group, short)


def _days(name: str, short: str, question: str, group: str = MEDICINES) -> Feature:
    return _count(group, name, short, question, "days/month", MONTH_DAYS)


FEATURES: tuple[Feature, ...] = (
    _count(WHO, "age", "age", "Age now", "years", 110),
    _count(WHO, "age_at_onset", "age at the start", "Age when these headaches began", "years", 110),
    _ask(WHO, "better_explained", "another cause", "Does another disorder explain it better, after an examination?"),
    _ask(WHO, "known_migraine", "known migraine", "Has migraine been diagnosed before, by the criteria?"),
    _ask(WHO, "headache_before", "headache before", "Was there a headache disorder before this pattern began?"),
    _count(ATTACKS, "attacks", "attacks like this", "Attacks or episodes like this in the whole life", "attacks", 2000),
    _count(ATTACKS, "hours", "length untreated", "How long the headache lasts when untreated", "h", 720),
    _ask(PAIN, "one_sided", "one side", "Is the pain on one side of the head?"),
    _ask(PAIN, "pulsating", "throbbing", "Does it throb or beat?"),
    _ask(PAIN, "pressing", "pressing", "Does it press or tighten?"),
    _count(PAIN, "severity", "strength", "How strong the pain is: 1 mild, 2 moderate, 3 severe, 4 very severe", "grade", 4, 1),
    _ask(PAIN, "worse_with_movement", "worse moving", "Does walking or climbing stairs make it worse, or is movement avoided?"),
    _ask(PAIN, "around_the_eye", "around the eye", "Is it around or above the eye, or at the temple?"),
    _ask(WITH, "nausea_or_vomiting", "nausea, vomiting", "Is there nausea or vomiting?"),
    _ask(WITH, "light_hurts", "light hurts", "Is light hard to bear during the pain?"),
    _ask(WITH, "sound_hurts", "sound hurts", "Is sound hard to bear during the pain?"),
    _ask(AURA, "aura", "any aura", "Does anything of the brain's (sight, feeling, speech ...) fail or shimmer for a while and come back whole?"),
    _count(AURA, "aura_attacks", "attacks with aura", "Attacks with such an aura in the whole life", "attacks", 2000),
    _ask(AURA, "aura_visual", "seeing", "Aura of sight: zigzags, shimmering, a blind spot?"),
    _ask(AURA, "aura_sensory", "feeling", "Aura of feeling: tingling or numbness?"),
    _ask(AURA, "aura_speech", "speech", "Aura of speech: words fail?"),
    _ask(AURA, "aura_motor", "weakness", "Aura with weakness of a limb?"),
    _ask(AURA, "aura_brainstem", "brainstem", "Aura of the brainstem: spinning, double sight, unsteady gait?"),
    _ask(AURA, "aura_retinal", "one eye only", "Aura in the sight of one eye alone?"),
    _ask(AURA, "aura_spreads", "spreads slowly", "Does an aura symptom spread over minutes?"),
    _ask(AURA, "aura_in_succession", "one after another", "Do two or more aura symptoms come one after another?"),
    _count(AURA, "aura_minutes", "symptom length", "How long each single aura symptom lasts", "min", 6000),
    _ask(AURA, "aura_one_sided", "on one side", "Is an aura symptom on one side?"),
    _ask(AURA, "aura_positive", "something added", "Is something added rather than lost: shimmering, pins and needles?"),
    _ask(AURA, "headache_with_aura", "headache follows", "Does headache come with the aura or within the hour after it?"),
    _days("headache_days", "headache days", "Days with any headache, in a usual month", MONTH),
    _count(MONTH, "months", "months like this", "For how many months it has been so often", "months", 1200),
    _days("migraine_days", "migraine days", "Days of these with the features of migraine, or stopped by a triptan or ergot", MONTH),
    _ask(MONTH, "relieved_by_triptan", "triptan, ergot help", "Days believed to be migraine and relieved by a triptan or ergot?"),
    _days("any_medicine_days", "any attack medicine", "Days on which any medicine for attacks is taken"),
    _days("ergotamine_days", "ergotamine", "Days with ergotamine"),
    _days("triptan_days", "triptans", "Days with a triptan"),
    _days("simple_painkiller_days", "simple painkillers", "Days with paracetamol, aspirin or another anti-inflammatory, any of them"),
    _days("paracetamol_days", "paracetamol", "Days with paracetamol (acetaminophen)"),
    _days("aspirin_days", "aspirin", "Days with aspirin"),
    _days("nsaid_days", "other NSAIDs", "Days with another anti-inflammatory such as ibuprofen"),
    _days("opioid_days", "opioids", "Days with an opioid"),
    _days("combination_days", "combined tablets", "Days with a combination painkiller (with codeine or caffeine, for example)"),
    _count(MEDICINES, "months_of_overuse", "months of intake", "For how many months the intake has been like this", "months", 1200),
    _ask(MEDICINES, "intake_unclear", "intake unclear", "Is it impossible to find out what was taken, how much and when?"),
    _ask(FACE, "red_or_tearing_eye", "red, tearing eye", "Red or tearing eye on the side of the pain?"),
    _ask(FACE, "blocked_or_runny_nose", "blocked, runny nose", "Blocked or runny nose on the side of the pain?"),
    _ask(FACE, "swollen_lid", "swollen lid", "Swollen eyelid on the side of the pain?"),
    _ask(FACE, "sweating_face", "sweating face", "Sweating of forehead and face on the side of the pain?"),
    _ask(FACE, "small_pupil_or_drooping_lid", "pupil or lid", "Small pupil or drooping lid on the side of the pain?"),
    _ask(FACE, "restless", "restless", "Restless or agitated during the pain?"),
    _count(FACE, "attacks_per_day", "attacks a day", "Attacks a day while it is active (one every other day is a half)", "attacks/day", 24),
    _ask(FACE, "in_bouts", "in bouts", "Do the attacks come in bouts, with time free of pain between?"),
    _count(FACE, "bouts", "bouts", "Bouts so far", "bouts", 200),
    _count(FACE, "bout_days", "length of a bout", "How long a bout lasts", "days", 3650),
    _count(FACE, "months_free", "months free", "Months free of pain between bouts (none is 0)", "months", 1200),
    _count(FACE, "years_like_this", "years like this", "For how many years it has gone on like this", "years", 110),
    _count(LONG, "this_attack_hours", "hours so far", "Hours that the present attack has gone on without a longer break", "h", 2000),
    _ask(LONG, "like_the_usual_ones", "like the usual ones", "Is it like the usual attacks, but for its length and strength?"),
    _ask(LONG, "disabling", "disabling", "Does it make ordinary life impossible?"),
    _ask(WARNING, "fever_or_illness", "fever or illness", "Fever, weight loss or another sign of illness of the whole body?"),
    _ask(WARNING, "cancer", "cancer", "Cancer, now or in the past?"),
    _ask(WARNING, "lasting_deficit", "lasting loss", "Weakness, numbness, confusion or drowsiness that does not pass like an aura?"),
    _ask(WARNING, "sudden_onset", "sudden onset", "Did it reach its worst all at once, like a clap of thunder?"),
    _ask(WARNING, "new_or_changed", "new or changed", "Is it a new headache of recent weeks, or has the pattern suddenly changed?"),
    _ask(WARNING, "positional", "with position", "Does it come or go with lying down or standing up?"),
    _ask(WARNING, "cough_or_exertion", "with coughing", "Do coughing, sneezing or exertion bring it on?"),
    _ask(WARNING, "swollen_discs", "swollen discs", "Did a look into the eyes show swollen optic discs?"),
    _ask(WARNING, "steadily_worse", "steadily worse", "Is it getting steadily worse, or unlike any usual headache?"),
    _ask(WARNING, "pregnant_or_just_born", "pregnancy, birth", "Pregnancy, or the weeks after giving birth?"),
    _ask(WARNING, "painful_eye_unexamined", "painful eye", "A painful eye with tearing, redness or a drooping lid that nobody has examined yet?"),
    _ask(WARNING, "after_injury", "after an injury", "Did it begin after a head injury?"),
    _ask(WARNING, "weak_immune_system", "weak immunity", "An immune system weakened by illness or medicine?"),
    _ask(WARNING, "new_medicine", "a new medicine", "Did it begin with a new medicine?"),
)  # fmt: skip
BY_NAME: dict[str, Feature] = {feature.name: feature for feature in FEATURES}


def check(features: Mapping[str, Any]) -> dict[str, Any]:
    """Return every feature with its answer (bool, float, or None where it is not known).

    Raises ValueError, naming the feature, for a name that does not exist, an answer of the wrong kind or a number that no
    person can have (fewer than none, more days than a month has).
    """
    for name in features:
        if name not in BY_NAME:
            start = str(name).split("_")[0]
            near = [one for one in BY_NAME if start in one] or list(BY_NAME)
            raise ValueError(f"There is no feature {name!r}; there are, for example: {', '.join(near[:8])}.")
    return {name: _answer(BY_NAME[name], features.get(name)) for name in BY_NAME}


def _answer(feature: Feature, value: Any) -> Any:
    if value is None:
        return None
    if feature.kind == YES_NO:
        if not isinstance(value, str) and str(value) in ("True", "False"):  # numpy's truths as well
            return bool(value)
        raise ValueError(f"{feature.name} takes True, False or None (not known), not {value!r}.")
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, bool | str) or not feature.low <= number <= feature.high:
        raise ValueError(
            f"{feature.name} takes a number from {feature.low:g} to {feature.high:g} ({feature.unit}) "
            f"or None (not known), not {value!r}."
        )
    return number
