"""How many simulated attacks follow the textbook: all four phases, and the pain only once the aura is over."""

from __future__ import annotations

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_02.attacks import drawn, phase


def _parts() -> tuple[float, float, float, float]:
    """Shares: all four phases; all four in order; in order whatever is missing; all four with a gap before the pain."""
    every = drawn().groupby("attack")["present"].all()
    pain, aura = phase("headache")["start_h"], phase("aura")["end_h"]
    order = pain >= aura
    shares = every.mean(), (every & order).mean(), order.mean(), (every & (pain > aura)).mean()
    all_four, textbook, ordered, gap = (float(share) for share in shares)
    return all_four, textbook, ordered, gap


def _textbook() -> float:
    return _parts()[1]


def _textbook_mistakes() -> list[Mistake]:
    all_four, textbook, ordered, gap = _parts()
    return [
        Mistake(
            "order forgotten",
            all_four,
            "In these attacks all four phases occur, in any order. Keep those whose pain starts when the aura is "
            "over: every & order.",
        ),
        Mistake(
            "phases forgotten",
            ordered,
            "Here the pain does follow the aura, but other phases may be missing. Ask for both: every & order.",
        ),
        Mistake(
            "share of a part",
            textbook / all_four,
            "You divided by the attacks that have all four phases. Divide by all attacks: take the mean over all.",
        ),
        Mistake(
            "either is enough",
            all_four + ordered - textbook,
            "These attacks have all four phases or the order. Both are asked: & in place of |.",
        ),
        Mistake(
            "the very end left out",
            gap,
            "Nearly: pains that start in the minute in which the aura ends are in order too. Use >= in place of >.",
        ),
        Mistake(
            "percent for proportion",
            100 * textbook,
            "The number is right, but as a percentage; the check wants a proportion between 0 and 1.",
        ),
    ]


EXERCISE = Exercise(
    "02-textbook",
    Numbers(("share of all attacks",), 0.0005),
    _textbook,
    _textbook_mistakes,
    "Not that share. Combine the two conditions attack by attack, then take the mean: (every & order).mean().",
    lambda truth: (
        f"About {100 * truth:.0f} of 100 simulated attacks follow the textbook. The draw takes the phases as "
        "independent of each other; no survey has counted whole attacks."
    ),
)
