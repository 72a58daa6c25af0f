"""Which names of the sheets mean one source, and what their cells should say. Plain tables."""

from __future__ import annotations

# fmt: off

# Names that mean one document although no number shows it. Copies, summaries and reports of a paper are readings of it:
# the rows read there say so in read_where, provenance and read_url.
SAME_SOURCE = {
    "charlesgallo": "charles_gallo", "jpain2010": "krusz2010", "charles2024": "ahs2024",
    **dict.fromkeys(
        (
            "ichd3_aura", "ichd3_sm", "ichd3_typical", "ichd3_mo", "ichd3_ma", "ichd3_tta", "ichd3_cm", "ichd3_status",
            "ichd3_fetth", "ichd3_cluster", "ichd3_moh", "ichd3_nsaid", "ichd3_terms", "moh_table_nsj",
        ),
        "ichd3",
    ),
    "ichd3_ietth": "ichd3_beta",
    "giffin2003_review": "giffin2003",
    "kelman2006post_wha": "kelman2006post",
    "stovner2022_news": "stovner2022",
    "do2019_preprint": "do2019",
    "spravato_label_pk": "spravato_label",
    "fda_compounded2023": "fda2023_compounded",
    "fda_nasal2022": "fda2022_nasal",
}

# Names that another document of the package already has, or that say nothing: (sheets of, name) -> name here.
RENAMED = {
    ("phases", "viana2019_tab1"): "viana2019",
    ("phases", "wghs_tab2"): "kossowsky2021",
    ("phases", "lipton2009"): "lipton2009_transformation",
    ("phases", "almo_within2002"): "almotriptan_within2002",
    ("phases", "almo_early2003"): "almotriptan_early2003",
    ("phases", "china_prodrome2021"): "shanghai_prodrome2021",
    ("phases", "parma_ma"): "parma_aura",
    ("phases", "n1_menses"): "menstruation_n1",
    ("pharmacology", "bja1979infusion"): "ketamine_infusions1979",
    ("pharmacology", "brainres1987"): "rat_csd_systemic1987",
    ("pharmacology", "brainres1988"): "rat_csd_nmda1988",
    ("pharmacology", "saks2018"): "sd_crossover2018",
    ("pharmacology", "stroke2009"): "sd_ketamine2009",
    ("pharmacology", "csdinit2023"): "csd_initiation2023",
    ("pharmacology", "ketamine_label_pk"): "ketamine_label",
    ("pharmacology", "pmc1854359"): "mk801_ketamine_block",
    ("pharmacology", "pmc11948614"): "nanomolar_ketamine_gating",
    ("pharmacology", "pmc7760600_t1"): "trapping_review2020",
    ("pharmacology", "pmc1573008"): "nicotinic_ketamine",
    ("pharmacology", "pmc8024494"): "mrs_cingulate_ketamine",
    ("pharmacology", "pmc8883502_t3"): "ketamine_targets_review",
    ("pharmacology", "anesthesiology2000lgic"): "ligand_gated2000",
    ("pharmacology", "ijnp2018hnk"): "hydroxynorketamine_helplessness2018",
    ("pharmacology", "docslib_targets"): "nmda_antagonist_targets",
}

# Cells that describe how a page was found, or name people that no page showed: name -> cells instead.
CORRECTED: dict[str, dict[str, str]] = {
    "gilling2009": {"authors": "", "journal": "Neuropharmacology"},
    "ichd3_cluster": {"doi": "", "journal": "Cephalalgia"},
    "ichd3_ietth": {"title": "The International Classification of Headache Disorders, 3rd edition (beta version)"},
    "ehf2018_p65": {"authors": "", "title": "[Description of the migraine phases: table 1 of abstract P65, 12th European Headache Federation Congress]"},
    "mmv_clip": {"authors": "", "title": "My Migraine Voice (feature page)", "journal": "NeurologyBytes"},
    "mmv_paper": {"authors": ""},
    "ampp_mhd4": {"authors": "", "title": "[Impact and burden of migraine in four categories of monthly headache days, American Migraine Prevalence and Prevention study]"},
    "overcome_eu2023": {"authors": ""},
    "reform_aura2024": {"authors": ""},
    "dodick_neurotorium": {"authors": "Neurotorium", "title": "Proposed phases of a migraine attack (slide that cites Dodick 2018)", "journal": "Neurotorium"},
    "mrf_39m": {"authors": "", "title": "[Wellness page that quotes the Migraine Research Foundation: 39 million in the United States]", "journal": "upwellbeing.com"},
    "ibms_us": {"authors": "American Headache Society", "journal": "American Headache Society"},
    "amf_facts": {"authors": "American Migraine Foundation"},
    "cameo_i_neck": {"title": "Neck pain in migraine: report on CaMEO-International"},
    "pediatric_review": {"title": "[Review of the prodromal and postdromal phases in children and adolescents]"},
    "danish_twins": {"title": "[Change in the prevalence of migraine over 8 years among Danish twins]"},
    "italy_cost": {"title": "[Yearly direct cost of episodic and chronic migraine in an Italian headache centre]"},
    "us_cost_review": {"title": "[Review of imaging in headache; opening paragraph on costs]"},
    "nhws2016": {"title": "[Burden of migraine among treated patients with 4 or more monthly headache days, US National Health and Wellness Survey 2016]"},
    "almo_early2003": {"title": "[Early intervention with almotriptan while pain is mild, a later analysis]"},
    "gamma_intervals2008": {"title": "[Intervals between migraine attacks described by a probability distribution]"},
    "houle_forecast": {"title": "[Forecasting headache attacks from current stress and headache state]"},
    "n1_menses": {"title": "Between and within-woman differences in the association between menstruation and migraine days"},
    "china_prodrome2021": {"title": "[Prodromal symptoms and prognosis in migraine: English abstract]"},
    "quintela2006": {"title": "Premonitory and resolution symptoms in migraine"},
    "pmc1854359": {"title": "[MK-801 and ketamine on whole-cell NMDA currents]"},
    "pmc11948614": {"title": "[Nanomolar ketamine and the gating of NMDA receptors]"},
    "pmc7760600_t1": {"title": "[Trapping and partial trapping channel blockers, table 1]", "journal": "Brain Sciences"},
    "pmc1573008": {"title": "[Ketamine on human nicotinic receptors]"},
    "pmc8024494": {"title": "[Magnetic resonance spectroscopy of the posterior cingulate cortex after ketamine]"},
    "pmc8883502_t3": {"title": "[Ketamine and hydroxynorketamine on transmitter systems, table 3]"},
    "anesthesiology2000lgic": {"title": "[Ketamine and dizocilpine on nicotinic, 5-HT3, GABA-A and glycine receptors]", "journal": "Anesthesiology"},
    "domino1984": {"authors": "Domino EF et al."},
    "docslib_targets": {"title": "Supplementary table 1: specificity of NMDAR antagonists", "journal": "Supplementary table of a paper that is not named"},
    "wang2017gaba": {"title": "Ketamine Increases the Function of gamma-Aminobutyric Acid Type A Receptors [title as shortened in the address]"},
    "statpearls_butterbur": {"title": "Butterbur", "authors": "Din L, Lui F"},
    "fda_compounded2023": {"title": "FDA warns of risks involved with compounded ketamine products"},
    "simons2024thesis": {"title": "Pharmacotherapy and Ventilatory Control in Health and Disease (thesis, discussion of chapter 2)"},
    "jahr1990_code": {"journal": "Public model code (repository bozelosp/ion-channel-genealogy-viz)"},
    "drugguide_time": {"journal": "medical-dictionary.thefreedictionary.com"},
    "encyclopedia_pk": {"journal": "primidi.com"},
    "thescientist": {"authors": "The Scientist"},
    "britannica_pump": {"authors": "Encyclopaedia Britannica"},
    "mdwiki_nmda": {"authors": "WikiProjectMed", "journal": "MDWiki"},
}
