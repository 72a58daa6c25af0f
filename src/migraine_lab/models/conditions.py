"""Which answers each condition of the criteria looks at, and the state of every criterion for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from migraine_lab.models.criteria import Condition, Criterion, State, all_of, any_of, at_least, book, opposite
from migraine_lab.models.medicine_days import CLASSES, days_with


class Reading:
    """The criteria read for one person; every state is worked out once, when it is first asked for."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.book = book()
        self._conditions: dict[str, State] = {}
        self._criteria: dict[tuple[str, str], State] = {}
        self._disorders: dict[str, State] = {}

    def condition(self, one: Condition) -> State:
        """State of one row of the table."""
        name = one.criterion_id
        if name not in self._conditions:
            self._conditions[name] = TESTS[one.item](self, one)
        return self._conditions[name]

    def conditions(self, one: Criterion) -> tuple[Condition, ...]:
        """Rows of a criterion that count for this person: young people have rows of their own where the table says so."""
        age = self.answers["age"]
        return one.instead if one.instead and age is not None and age < one.under else one.conditions

    def criterion(self, code: str, letter: str) -> State:
        """State of a lettered criterion."""
        if (code, letter) not in self._criteria:
            one = self.book.criteria[code][letter]
            state = at_least(map(self.condition, self.conditions(one)), one.needed)
            if one.instead and self.answers["age"] is None:
                other = at_least(map(self.condition, one.instead), one.needed)
                state = state if state == other else None
            self._criteria[code, letter] = state
        return self._criteria[code, letter]

    def disorder(self, code: str) -> State:
        """Whether all criteria of a disorder hold."""
        if code not in self._disorders:
            self._disorders[code] = all_of(
                self.criterion(code, letter) for letter in self.book.criteria[code]
            )
        return self._disorders[code]

    def several(self, code: str, letters: str) -> State:
        """Whether these criteria of a disorder hold together."""
        return all_of(self.criterion(code, letter) for letter in letters)


Test = Callable[[Reading, Condition], State]


def _yes(name: str) -> Test:
    return lambda reading, _one: reading.answers[name]


def _no(name: str) -> Test:
    return lambda reading, _one: opposite(reading.answers[name])


def _number(name: str) -> Test:
    return lambda reading, one: one.holds(reading.answers[name])


def _grade(low: int, high: int) -> Test:
    def test(reading: Reading, _one: Condition) -> State:
        grade = reading.answers["severity"]
        return None if grade is None else low <= grade <= high

    return test


def _aura(name: str) -> Test:
    """An aura's feature: without any aura there is none of it either."""

    def test(reading: Reading, _one: Condition) -> State:
        return (
            False
            if reading.answers[name] is None and reading.answers["aura"] is False
            else reading.answers[name]
        )

    return test


def _aura_or_its_absence(name: str) -> Test:
    """The same item is asked for in 1.2 and shut out in 1.2.1."""
    here = _aura(name)
    return lambda reading, one: (
        opposite(here(reading, one)) if one.kind == "exclusion" else here(reading, one)
    )


def _aura_minutes(reading: Reading, _one: Condition) -> State:
    """Each symptom's length against the note's limits; weakness may go on for longer."""
    minutes, aura = reading.answers["aura_minutes"], reading.answers["aura"]
    if minutes is None:
        return False if aura is False else None
    (usual,), (weak,) = reading.book.rows["1.2", "C_note"], reading.book.rows["1.2", "C_note_motor"]
    if usual.holds(minutes):
        return True
    longer = usual.low <= minutes <= weak.high * 60
    return (
        False
        if not longer
        else False
        if reading.answers["aura_motor"] is False
        else reading.answers["aura_motor"]
    )


def _not_explained(reading: Reading, one: Condition) -> State:
    """Nothing else explains it: as answered, and where the table names another disorder, by that disorder's criteria."""
    others: list[State] = [reading.answers["better_explained"]]
    if one.code == "1.1":
        others.append(_only_with_aura(reading))
    elif one.code == "1.4.1":
        others.append(reading.disorder("8.2"))
    return opposite(any_of(others))


def _only_with_aura(reading: Reading) -> State:
    """Migraine with aura explains all attacks unless enough of them came without it."""
    attacks, with_aura = reading.answers["attacks"], reading.answers["aura_attacks"]
    (enough,) = reading.book.criteria["1.1"]["A"].conditions
    without = enough.holds(max(attacks - with_aura, 0.0)) if None not in (attacks, with_aura) else None
    return all_of([reading.several("1.2", "ABC"), opposite(without)])


def _probable(reading: Reading, _one: Condition) -> State:
    """All but exactly one of the criteria of migraine without aura, or of migraine with aura, up to their last."""
    with_aura = all_but_one([reading.criterion("1.2", letter) for letter in "ABC"])
    return any_of([_probable_without_aura(reading), with_aura])


def _probable_without_aura(reading: Reading) -> State:
    """All but exactly one of 1.1 A to D; where the number of attacks is what is missing, there was one at least."""
    states = [reading.criterion("1.1", letter) for letter in "ABCD"]
    if states[0] is False:
        states.append(reading.book.criteria["1.5.1"]["A"].conditions[0].holds(reading.answers["attacks"]))
    return all_but_one(states)


def _attacks(reading: Reading, one: Condition) -> State:
    """The number of attacks; 1.5.1 is the kind of probable migraine that all but meets 1.1."""
    enough = one.holds(reading.answers["attacks"])
    if one.code != "1.5.1":
        return enough
    return all_of([enough, _probable_without_aura(reading), reading.disorder("1.5")])


def all_but_one(states: list[State]) -> State:
    """Whether exactly one of the states is failed and all others met."""
    failed, unknown = states.count(False), states.count(None)
    if failed > 1 or (failed == 0 and unknown == 0):
        return False
    return True if failed == 1 and unknown == 0 else None


def _migraine(reading: Reading) -> State:
    return any_of([reading.disorder("1.1"), reading.disorder("1.2"), reading.answers["known_migraine"]])


def _enough_true_attacks(reading: Reading, one: Condition) -> State:
    like = any_of([reading.several("1.1", "BCD"), reading.several("1.2", "BC")])
    return all_of([one.holds(reading.answers["attacks"]), like])


def _days(name: str) -> Test:
    return lambda reading, one: one.holds(*days_with(reading.answers, name))


def _none_alone(reading: Reading, one: Condition) -> State:
    """8.2.6: enough days together, from two classes at least, while no class reaches its own limit."""
    alone = [row for row in reading.book.criteria["8.2"]["B_drug"].conditions if not _mixed(row)]
    taken = []
    for name in CLASSES:
        low, high = days_with(reading.answers, name)
        taken.append(None if low is None or (low == 0 and high != 0) else low > 0)
    total = one.holds(*days_with(reading.answers, "any"))
    return all_of([total, at_least(taken, 2), opposite(any_of(map(reading.condition, alone)))])


def _mixed(one: Condition) -> bool:
    return one.item.startswith(("8.2.6", "8.2.7"))


def _unclear(reading: Reading, one: Condition) -> State:
    return all_of([one.holds(*days_with(reading.answers, "any")), reading.answers["intake_unclear"]])


def _own(reading: Reading, one: Condition) -> State:
    """1.2 counts attacks; 1.4.1 asks for one attack of the kind that its other two criteria describe."""
    if one.code != "1.2":
        return reading.several(one.code, "BC")
    return one.holds(0.0 if reading.answers["aura"] is False else reading.answers["aura_attacks"])


def _both(first: str, second: str) -> Test:
    return lambda reading, _one: all_of([reading.answers[first], reading.answers[second]])


def _meets(code: str, letters: str = "") -> Test:
    if letters:
        return lambda reading, _one: reading.several(code, letters)
    return lambda reading, _one: reading.disorder(code)


def _before(reading: Reading, _one: Condition) -> State:
    """A disorder that was there before: as answered, or the migraine that the answers describe."""
    return any_of([reading.answers["headache_before"], _migraine(reading)])


TESTS: dict[str, Test] = {
    "attacks_meeting_B_to_D": _attacks,
    "episodes_meeting_B_to_D": _number("attacks"),
    "headache_duration_untreated": _number("hours"),
    "headache_duration_untreated_under_18": _number("hours"),
    "headache_duration": _number("hours"),
    "unilateral": _yes("one_sided"),
    "bilateral": _no("one_sided"),
    "pulsating": _yes("pulsating"),
    "pressing_or_tightening": lambda reading, _one: all_of(
        [reading.answers["pressing"], opposite(reading.answers["pulsating"])]
    ),
    "moderate_or_severe": _grade(2, 4),
    "mild_or_moderate": _grade(1, 2),
    "severe_or_very_severe": _grade(3, 4),
    "aggravated_by_activity": _yes("worse_with_movement"),
    "not_aggravated_by_activity": _no("worse_with_movement"),
    "orbital_supraorbital_or_temporal": _yes("around_the_eye"),
    "nausea_or_vomiting": _yes("nausea_or_vomiting"),
    "no_nausea_or_vomiting": _no("nausea_or_vomiting"),
    "photophobia_and_phonophobia": _both("light_hurts", "sound_hurts"),
    "at_most_one_of_photophobia_phonophobia": lambda reading, one: opposite(
        _both("light_hurts", "sound_hurts")(reading, one)
    ),
    "better_explained_by_other_diagnosis": _not_explained,
    "all_but_one_of_1.1_A_to_D_or_1.2_A_to_C": _probable,
    "fulfils_another_headache_disorder": lambda reading, _one: opposite(
        any_of(reading.disorder(code) for code in ("2.1", "2.2", "3.1"))
    ),
    "attacks_meeting_B_and_C": _own,
    "visual": _aura("aura_visual"),
    "sensory": _aura("aura_sensory"),
    "speech_or_language": _aura("aura_speech"),
    "motor": _aura_or_its_absence("aura_motor"),
    "brainstem": _aura_or_its_absence("aura_brainstem"),
    "retinal": _aura_or_its_absence("aura_retinal"),
    "gradual_spread_5_min": _aura("aura_spreads"),
    "symptoms_in_succession": _aura("aura_in_succession"),
    "each_symptom_5_to_60_min": _aura_minutes,
    "at_least_one_unilateral": _aura("aura_one_sided"),
    "at_least_one_positive": _aura("aura_positive"),
    "headache_with_or_within_60_min": _aura("headache_with_aura"),
    "no_headache_with_or_within_60_min": _no("headache_with_aura"),
    "meets_1.2": _meets("1.2"),
    "meets_1.2.1": _meets("1.2.1"),
    "headache_days_per_month": _number("headache_days"),
    "months_at_this_frequency": _number("months"),
    "attacks_meeting_1.1_B_to_D_or_1.2_B_and_C": _enough_true_attacks,
    "migraine_days_per_month": _number("migraine_days"),
    "day_meets_1.1_C_and_D": _meets("1.1", "CD"),
    "day_meets_1.2_B_and_C": _meets("1.2", "BC"),
    "believed_migraine_and_relieved_by_triptan_or_ergot": _yes("relieved_by_triptan"),
    "has_1.1_or_1.2": lambda reading, _one: _migraine(reading),
    "typical_except_duration_and_severity": _yes("like_the_usual_ones"),
    "attack_duration": _number("this_attack_hours"),
    "debilitating": _yes("disabling"),
    "attack_frequency": _number("attacks_per_day"),
    "conjunctival_injection_or_lacrimation": _yes("red_or_tearing_eye"),
    "nasal_congestion_or_rhinorrhoea": _yes("blocked_or_runny_nose"),
    "eyelid_oedema": _yes("swollen_lid"),
    "forehead_or_facial_sweating": _yes("sweating_face"),
    "miosis_or_ptosis": _yes("small_pupil_or_drooping_lid"),
    "restlessness_or_agitation": _yes("restless"),
    "attacks_meeting_3.1_in_bouts": lambda reading, _one: all_of(
        [reading.disorder("3.1"), reading.answers["in_bouts"]]
    ),
    "bouts": _number("bouts"),
    "bout_duration": _number("bout_days"),
    "remission_between_bouts": _number("months_free"),
    "attacks_meeting_3.1": _meets("3.1"),
    "remission_max": _number("months_free"),
    "duration_without_remission": _number("years_like_this"),
    "pre_existing_headache_disorder": _before,
    "months_of_overuse": _number("months_of_overuse"),
    "8.2.1_ergotamine": _days("ergotamine_days"),
    "8.2.2_triptan": _days("triptan_days"),
    "8.2.3_non_opioid_analgesics_together": _days("simple"),
    "8.2.3.1_paracetamol": _days("paracetamol_days"),
    "8.2.3.2.1_aspirin": _days("aspirin_days"),
    "8.2.3.2_nsaid": _days("nsaid_days"),
    "8.2.4_opioid": _days("opioid_days"),
    "8.2.5_combination_analgesic": _days("combination_days"),
    "8.2.6_several_classes_none_alone": _none_alone,
    "8.2.7_several_classes_unverified": _unclear,
    "systemic_symptoms_incl_fever": _yes("fever_or_illness"),
    "neoplasm_history": _yes("cancer"),
    "neurologic_deficit_or_reduced_consciousness": _yes("lasting_deficit"),
    "sudden_onset": _yes("sudden_onset"),
    "older_age_at_onset": _number("age_at_onset"),
    "older_age_at_onset_earlier_version": _number("age_at_onset"),
    "pattern_change_or_recent_new_headache": _yes("new_or_changed"),
    "positional": _yes("positional"),
    "precipitated_by_sneeze_cough_exercise": _yes("cough_or_exertion"),
    "papilloedema": _yes("swollen_discs"),
    "progressive_or_atypical": _yes("steadily_worse"),
    "pregnancy_or_puerperium": _yes("pregnant_or_just_born"),
    "painful_eye_with_autonomic_features": _yes("painful_eye_unexamined"),
    "post_traumatic_onset": _yes("after_injury"),
    "pathology_of_immune_system": _yes("weak_immune_system"),
    # overuse has criteria of its own (8.2), so here only a new medicine sends the reader away
    "painkiller_overuse_or_new_drug": _yes("new_medicine"),
}
"""The test of every item of the table; a test holds the two lists against each other."""
