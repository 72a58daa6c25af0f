"""Verdicts of the claims table in words, and what a student may vote: words alone, so that a page of questions is light."""

VOTES = {
    "It holds as written": ("supported",),
    "It holds in part": ("partly_supported",),
    "The sources say otherwise": ("contradicted",),
    "Nothing found stands behind it": ("unsupported", "not_checkable"),
}
"""What a student may vote, and the verdicts of the claims table that it stands for."""
VERDICTS = {
    "supported": "supported",
    "partly_supported": "supported in part",
    "contradicted": "contradicted",
    "unsupported": "nothing found behind it",
    "not_checkable": "cannot be checked",
}
"""The verdicts of the claims table in words, best first."""
IMPRESSIONS = ("fair", "incomplete", "misleading")
