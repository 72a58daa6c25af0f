"""The simulated attacks that two exercises of this lesson count."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from migraine_lab import models

ATTACKS, SEED = 10_000, 2


@lru_cache(maxsize=1)
def drawn() -> pd.DataFrame:
    """Return the attacks of the notebook: one row an attack and phase, hours from the onset of the headache."""
    return models.attack.table(models.attack.draw(ATTACKS, seed=SEED))


def phase(name: str) -> pd.DataFrame:
    """Return the rows of one phase, one an attack, with the attack as index."""
    rows = drawn()
    return rows[rows["phase"] == name].set_index("attack")
