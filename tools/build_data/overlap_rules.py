"""Which studies hold the same patients, and which of them is counted."""

from __future__ import annotations

# (study that is not counted, studies that hold its patients, what is known)
# fmt: off
NOT_COUNTED: list[tuple[str, tuple[str, ...]]] = [
    ("hutchinson2021", ("dodick2019", "lipton2019b")),
    ("lipton2022", ("dodick2019", "lipton2019b")),
    ("mullin2024", ("lipton2023", "croop2022")),
    ("krege2019", ("kuca2018", "goadsby2019")),
    ("doty2019", ("kuca2018", "goadsby2019")),
    ("ashina2019", ("kuca2018", "goadsby2019")),
    ("lipton2021", ("lipton2020",)),
    ("dahlof2006", ("almotriptan_2002_a", "almotriptan_2002_b")),
    ("ferrari2001", ("rizatriptan_outpatient_1998", "visser1996")),
    ("derry2012sc", ("cady1991", "cady1993", "bousser1993", "bates1994", "dahlof1992", "cady1998", "diener1999")),
    ("derry2012oral", ("imdsg1991", "nappi1994", "pini1995", "cutler1995", "imitrex_label_s1", "imitrex_label_s3", "visser1996", "goadsby2000", "sandrini2002", "mathew2003", "tfelthansen1995", "tfelthansen2006", "diener2004emsasi", "brandes2007_s1", "brandes2007_s2")),
    ("derry2012in", ("peikert1999", "diamond1998", "finnish1991")),
    ("kirthi2013", ("lange2000", "macgregor2002", "diener2004emsasi", "chabriat1994", "tfelthansen1995", "lipton2005", "henry1995")),
    ("rabbie_ibuprofen", ("codispoti2001", "diener2004emsasi")),
    ("derry2013diclofenac", ("lipton2010impact",)),
    ("derry2010apap", ("lipton2000apap", "prior2010")),
    ("tfelthansen2012", ("derry2012sc", "derry2012oral", "imdsg1991", "nappi1994", "cady1991")),
    ("zolmitriptan_nasal_2003", ("dodick2005",)),
    ("choi2014", ("demirkaya2001", "cete2005", "corbo2001", "bigal2002mg")),
    ("colman2004", ("coppola1995", "tek1990")),
    ("ungrungseesopon2022", ("cete2005", "coppola1995", "friedman2008", "friedman2014", "tek1990", "jones1996")),
    ("ahrq2012", ("jones1989", "coppola1995", "jones1996", "mcewen1987", "bigal2002cpz", "silberstein2003", "honkaniemi2006")),
    ("etns_meta2024", ("kuruvilla2022", "chou2019")),
    ("macedo2006", ("imdsg1991", "nappi1994", "visser1996", "goadsby2000", "solomon1997")),
    ("bendtsen2003", ("imdsg1991", "nappi1994")),
    ("karlsson2024", ("goadsby2000", "stark2002", "sheftell2003", "sandrini2002", "klassen1997", "codispoti2001", "lipton2020")),
    ("silberstein2020", ("silberstein2017",)),
    ("ruff2019", ("detke2018",)),
    ("mulleners2020_sub", ("mulleners2020",)),
    ("reuter2022b", ("reuter2022",)),
    ("dodick2010", ("diener2010", "aurora2010")),
    ("versijpt2024", ("stovner2014",)),
    ("meissner2013", ("silberstein2004", "brandes2004", "diener2004", "diener2006", "linde2005")),
    ("macedo2008", ("silberstein2004", "brandes2004", "diener2004")),
    ("vanderkuy2002", ("mathew1995", "jensen1994", "schoenen1998", "peikert1996", "pfaffenrath1996")),
    ("gorantla2022", ("goadsby2017", "dodick2018arise", "reuter2018", "silberstein2017", "dodick2018halo", "detke2018", "stauffer2018", "skljarevski2018", "mulleners2020", "ferrari2019")),
    ("schwenk2017_asa", ("schwenk2018",)),
    ("park2021", ("yuan2023",)),
    ("rosenthal2023", ("rosenthal2024",)),
    ("chah2021", ("nicolodi1995", "afridi2013", "etchison2018", "zitek2018", "benish2019")),
    ("hoydonckx2023", ("afridi2013", "etchison2018", "zitek2018", "benish2019", "pomeroy2017", "schwenk2018", "lauritsen2016")),
]

# fmt: on
# Rows of one study that hold patients of another row of the same study: (study, words of the raw definition or arm).
SUBSET_ROWS: list[tuple[str, str]] = [
    ("brandes2005", "_mild"),
    ("brandes2005", "_modsev"),
    ("mulleners2020", "episodic migraine only"),
    ("diener2019", "POST HOC"),
    ("schoenen1998", "pair differs from the other source"),
    ("mulleners2020_sub", "_cm"),
    ("mulleners2020_sub", "_em"),
    ("friedman2017", "allowing one or two doses"),
    ("kaube2000", "attacks in which aura deficits improved"),
    ("ruff2019", "_f2"),
]


def overlaps() -> dict[str, list[str]]:
    """Study -> studies that share, or may share, its patients, both ways round."""
    found: dict[str, list[str]] = {}
    for study, others in NOT_COUNTED:
        for other in others:
            found.setdefault(study, []).append(other)
            found.setdefault(other, []).append(study)
    # two pooled reports of the same two trials
    for one, two in (("krege2019", "doty2019"), ("krege2019", "ashina2019"), ("doty2019", "ashina2019")):
        found[one].append(two)
        found[two].append(one)
    return {study: list(dict.fromkeys(others)) for study, others in found.items()}


def countable_results(results: list[dict[str, str]]) -> None:
    """Set `countable` of every result, in place.

    A result of a study that is not counted stays countable for an outcome that no counted study of the same patients
    (and no earlier report of them) gives: then it is the only count of these patients for that outcome.
    """
    pooled = {study: set(others) for study, others in NOT_COUNTED}
    given = {(row["study_id"], row["outcome_id"]) for row in results}
    shared = overlaps()
    kept: set[tuple[str, str]] = set()
    for row in results:
        study, outcome = row["study_id"], row["outcome_id"]
        fits = True
        if study in pooled:
            others = {
                other for other in shared.get(study, []) if other not in pooled or (other, outcome) in kept
            }
            fits = not any((other, outcome) in given for other in others)
            if fits:
                kept.add((study, outcome))
        subset = any(
            study == where and (words in row["arm_id"] or words in row["definition"])
            for where, words in SUBSET_ROWS
        )
        row["countable"] = "true" if fits and not subset else "false"
