"""Where classes of treatment act: spelled as in treatments, every finding with a source or marked unverified."""

from migraine_lab import data

SITES = data.table("pathway_sites")


def test_classes_are_spelled_as_in_treatments():
    assert set(SITES["drug_class"]) <= set(data.table("treatments")["drug_class"])


def test_a_row_has_a_source_or_says_that_nothing_was_read():
    sourced = SITES["basis"] == "source"
    assert sourced.sum() >= 30
    for column in ("source_id", "read_where", "provenance", "shown_in"):
        assert (SITES.loc[sourced, column] != "").all(), column
        assert (SITES.loc[~sourced, column] == "").all(), column
    assert (SITES.loc[~sourced, "finding"] == "proposed").all(), "what nobody read cannot be shown"


def test_what_was_not_found_stands_beside_what_was():
    thalamus = SITES[(SITES["drug_class"] == "beta blocker") & (SITES["place"] == "thalamus")]
    assert set(thalamus["finding"]) == {"acts", "not found"}


def test_places_are_ordered_from_the_outside_inwards():
    assert SITES["order"].is_monotonic_increasing
    assert (SITES.groupby("place")["order"].nunique() == 1).all()
