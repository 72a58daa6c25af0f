"""Readings that the sheets leave to us, each a plain table: groups within a study, pain at dosing, units, corrections."""

from __future__ import annotations

# fmt: off

# Two papers of one first author and year carry one name in two sheets.
RENAMED_STUDIES = {
    ("acute", "diener2002"): "diener2002_eletriptan",
    ("preventive", "diener2002"): "diener2002_flunarizine",
}

# Trials printed in one paper, label or record share a source.
SHARED_SOURCE = {
    "cady2006_tame1": "cady2006", "cady2006_tame2": "cady2006",
    "brandes2007_s1": "brandes2007", "brandes2007_s2": "brandes2007",
    "lipton2009_s1": "lipton2009", "lipton2009_s2": "lipton2009",
    "mannix2009_s1": "mannix2009",
    "almotriptan_2002_a": "almotriptan2002", "almotriptan_2002_b": "almotriptan2002",
    "imitrex_label_s1": "imitrex_label", "imitrex_label_s3": "imitrex_label",
    "frova_label_s1": "frova_label", "frova_label_s2": "frova_label",
    "frova_label_s3": "frova_label", "frova_label_s4": "frova_label",
}

# Groups within a study that must not be set against each other: arm -> stratum.
STRATA = {
    "lipton2022": {"ubro50_mild": "mild", "ubro100_mild": "mild", "ubro50_modsev": "modsev", "ubro100_modsev": "modsev"},
    "brandes2005": {"ele_40_mild": "mild", "placebo_mild": "mild", "ele_40_modsev": "modsev", "placebo_modsev": "modsev"},
    "derry2012sc": {"suma_sc_4": "4mg", "placebo_4": "4mg", "suma_sc_6": "6mg", "placebo_6": "6mg"},
    "rabbie_ibuprofen": {"ibuprofen_200": "200mg", "placebo_200": "200mg", "ibuprofen_400": "400mg", "placebo_400": "400mg"},
    "silberstein2020": {"quarterly_mo": "overuse", "monthly_mo": "overuse", "placebo_mo": "overuse", "quarterly_nomo": "no_overuse", "monthly_nomo": "no_overuse", "placebo_nomo": "no_overuse"},
    "ruff2019": {"galcanezumab_120_f2": "two_failures", "galcanezumab_240_f2": "two_failures", "placebo_f2": "two_failures", "galcanezumab_120_f1": "one_failure", "galcanezumab_240_f1": "one_failure", "placebo_f1": "one_failure"},
    "mulleners2020_sub": {"galcanezumab_all": "all", "placebo_all": "all", "galcanezumab_cm": "chronic", "placebo_cm": "chronic", "galcanezumab_em": "episodic", "placebo_em": "episodic"},
    "meissner2013": {"active_all": "all", "placebo_all": "all", "oral_placebo": "oral", "sham_acupuncture": "acupuncture", "sham_surgery": "surgery"},
    "granata2016": {"episodic_ch": "episodic", "chronic_ch": "chronic"},
    "tfelthansen2012": {f"{prefix}{name}": name for name in ("lasmiditan_iv20", "lasmiditan_400", "suma_sc_6", "suma_100", "ly334370_200") for prefix in ("", "placebo_")},
}

# Pain when the treatment was taken, where the source says so. All other acute rows are unknown: the sheets' standing
# phrase "moderate or severe pain at dosing" was put there for every study alike and says nothing about any of them.
PAIN_AT_DOSING = {
    **dict.fromkeys(
        (
            "dodick2019", "croop2022", "ho2008", "derry2012sc", "cady1991", "cady1993", "bates1994", "derry2012oral",
            "brandes2007_s1", "brandes2007_s2", "suma_nap_probable", "ferrari2001", "solomon1997", "peikert1999", "cady2015",
            "frova_label_s1", "frova_label_s2", "frova_label_s3", "frova_label_s4", "kirthi2013", "rabbie_ibuprofen",
            "lange2000", "silberstein2003", "lipton2020", "aurora2011", "kuruvilla2022", "etns_pilot2019",
            "axert_label_adolescents", "demirkaya2001",
        ),
        "moderate_severe",
    ),
    **dict.fromkeys(("lipton2009_s1", "lipton2009_s2", "cady2006_tame1", "cady2006_tame2", "cady2009", "mathew2004"), "mild"),
    # one of two pooled trials asked for moderate or severe pain, the other for the first, mild pain
    "tepper2024": "any",
    # meant to be mild; 46 % of the attacks were moderate or severe when treated
    "tfelthansen2006": "any",
    **dict.fromkeys(("realize_zolmi_ns", "lipton2021", "brandes2005", "lipton2010stms", "yarnitsky2019", "dodick2023"), "any"),
}
PAIN_OF_STRATUM = {"mild": "mild", "modsev": "moderate_severe"}

UNIT_COUNTED = {
    **dict.fromkeys(("mathew2004", "lipton2022", "dodick2023", "diamond1998", "derry2012sc", "derry2013diclofenac"), "attacks"),
    **dict.fromkeys(("turner2020", "rosenthal2023", "rosenthal2024"), "encounters"),
    **dict.fromkeys(("ray2022", "sheehy2015"), "infusions"),
    **dict.fromkeys(("kirthi2013", "rabbie_ibuprofen", "tfelthansen2012", "macedo2006", "meissner2013", "vanderkuy2002", "macedo2008", "versijpt2024"), ""),
}
# single rows that count something else: (study, words of the raw definition) -> unit
UNIT_OF_ROW = {
    ("kaube2000", "treated attacks"): "attacks",
    ("krusz2010", "per infusion"): "infusions",
    ("park2021", "share of uses"): "uses",
}

# A printed percentage that is a model's average or an imputed or pooled estimate: its events are no true count.
MODEL_NOTE = ("model average", "model-based percent", "imputed estimate", "GRADE absolute risks", "pooled random-effects")
MODEL_STUDIES = {"reuter2022b"}
SUM_NOTE = ("events are", "counts added", "counts are the two strata", "complement", "Computed as", "the rest is", "difference of two printed means", "worked out as arm mean")

# Corrections of labels, with the reason: (study, raw outcome, words of the raw definition) -> changed cells.
CORRECTED_ROWS: dict[tuple[str, str, str], dict[str, str]] = {
    ("friedman2017", "responder_other", "same, allowing one or two doses"): {"outcome_detail": "mild or no pain within 2 h, kept 48 h without rescue, allowing one or two doses"},
    ("kaube2000", "responder_other", "treated attacks"): {"outcome_detail": "attacks in which aura deficits improved (not headache: only 2 of 11 patients had less headache)"},
    ("moisset2020", "responder_other", "attacks per day before"): {"outcome_detail": "attacks a day before treatment: a baseline, not a response"},
    ("moisset2020", "responder_other", "attacks per day after"): {"outcome_detail": "attacks a day after treatment, day 7 to 8"},
    ("placeboinj2007", "responder_other", ""): {"role": "placebo"},
    ("diener2006", "responder_50", ""): {"checked_where": "secondary:reprint of the abstract on a news site"},
}

# Sites that reprint or index other people's abstracts: what was read there is a copy, not the publisher's own page.
COPY_SITES = {
    "metajournal.com", "scribd.com", "ar.scribd.com", "ja.scribd.com", "daneshyari.com", "discovery.researcher.life", "blossomanalysis.com", "distantreader.org",
    "curehunter.com", "vufind-test.katalog.k.utb.cz", "zendy.io", "unboundmedicine.com", "ouci.dntb.gov.ua", "peeref.com",
    "ketamine.com", "paperexplained.cn", "plus.cobiss.net", "biomaterialdatabase.com", "druglib.com", "kipdf.com",
    "chigaco.vukou.com", "positivehealth.com", "medluna.com", "docslib.org", "booksci.cn", "drperlmutter.com",
    "47.251.13.51:8081", "eurekamag.com", "biopsychiatry.com", "clusterheadacheinfo.wikidot.com", "slidelegend.com",
    "bohrium.dp.tech", "cupdf.com", "litmetric.com", "searchworks.staging.jioinstitute.edu.in", "open-foundation.org",
    "hw-f5-jim.highwire.org", "painpluscpn.ca", "readbyqxmd.com", "read.qxmd.com", "scilit.com", "scilit.net", "proquest.com",
    "bvbvf1.bib-bvb.de", "acnpsearch.tweb-dev.unibo.it", "openhealthgroup.com", "ichgcp.net", "togows.dbcls.jp",
    "biomedcentral-thejournalofheadacheandpain.publicaciones.saludcastillayleon.es",
}
# Of these, addresses that are bare machines, test servers or too long to print: the PubMed or DOI address stands in.
UNSTABLE_SITES = {
    "47.251.13.51:8081", "chigaco.vukou.com", "hw-f5-jim.highwire.org", "plus.cobiss.net", "vufind-test.katalog.k.utb.cz",
    "searchworks.staging.jioinstitute.edu.in", "acnpsearch.tweb-dev.unibo.it",
    "biomedcentral-thejournalofheadacheandpain.publicaciones.saludcastillayleon.es",
}

# Reviews that compare no groups made by chance: placebo arms alone, or uncontrolled studies among the rest.
NOT_RANDOMISED = {
    "macedo2006", "bendtsen2003", "macedo2008", "gorantla2022", "swerts2022", "ivplacebo_preprint", "placebo_route_2000",
    "nestoriuc2007", "hoydonckx2023", "cluster_sr2024",
}

# Notes of studies put right: study -> (words of the sheet, words instead)
STUDY_NOTES = {
    "tepper2024": ("one trial dosed early at mild pain", "one trial dosed at moderate or severe pain, the other early at mild pain"),
    "lipton2009_s1": ("pain level at dosing not shown in the table read", "dosed within 1 h while pain was mild (by an independent check)"),
    "lipton2009_s2": ("pain level at dosing not shown in the table read", "dosed within 1 h while pain was mild (https://pmc.ncbi.nlm.nih.gov/articles/PMC6485397/table/table-wrap18)"),
}
# Falls are positive when pain goes down, whatever sign a source prints.
FALLS = ("acute_pain_fall", "acute_pain_fall_percent", "ketamine_pain_fall", "ketamine_pain_fall_percent", "ketamine_headache_days_fall_percent")
UNITS = {"percent of starting score": "% of starting score", "% fall from start (median)": "% of starting score", "percent": "% of the start"}

# Designs that have no patients of their own, and why they are no rows of studies.
NO_STUDY = {
    "web_article": "a web page without patients of its own: a row of sources; what it says is a claim or a retelling",
    "guideline": "a guideline judges studies of others: a row of sources; what it says stands where it is used",
    "review": "a narrative review without figures of its own: a row of sources",
}

# Rows left out for a reason that the row's own text gives.
LEFT_OUT_STUDIES_ROWS: dict[tuple[str, str], str] = {
    ("afridi2013", "all_arms"): "both arms together (12 of 30 did not finish): not an arm; the count stands in the study's note",
}
