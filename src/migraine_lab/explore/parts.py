"""Small pieces of HTML that explorers share: a table with its download, source cards, a recipe, the house's CSS."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from migraine_lab import data

CSS = """<style>
.ml-explorer{color:var(--jp-content-font-color1,#33373b);border:1px solid var(--jp-border-color2,#d3cfc4)}
.ml-explorer{border-radius:6px;padding:8px 10px;overflow:hidden}
.ml-explorer .widget-html-content{line-height:1.45}
.ml-title{font-weight:600}
.ml-about .widget-html-content{color:var(--jp-content-font-color2,#656a6e);max-width:80em}
.ml-presenting .ml-about{display:none}
.ml-explorer .noUi-target .noUi-handle{background:#0072B2;border-color:#0072B2}
[data-jp-theme-light="false"] .ml-explorer .noUi-target .noUi-handle{background:#56B4E9;border-color:#56B4E9}
[data-jp-theme-light="false"] .ml-explorer select{color-scheme:dark;appearance:auto;background-image:none}
.ml-controls{overflow:visible;flex-flow:row wrap;align-items:flex-start}
.ml-sentence .widget-html-content{min-height:4.4em;max-width:72em}
.ml-message .widget-html-content{min-height:1.5em;font-weight:600}
.ml-explorer table{border-collapse:collapse;font-size:13px}
.ml-explorer th,.ml-explorer td{padding:2px 8px;text-align:right;border-bottom:1px solid var(--jp-border-color2,#d3cfc4)}
.ml-explorer th:first-child,.ml-explorer td:first-child{text-align:left}
.ml-explorer td:nth-child(-n+2){white-space:nowrap}
.ml-explorer caption{text-align:left;padding:2px 8px}
.ml-explorer a{color:var(--jp-content-link-color,#0072B2);text-decoration:underline}
.ml-scroll{max-height:420px;overflow:auto}
.ml-card{border-left:3px solid var(--jp-border-color1,#bbb);padding:2px 10px;margin:6px 0}
.ml-explorer :focus-visible{outline:2px solid #0072B2;outline-offset:1px}
.ml-explorer .noUi-handle:focus{outline:2px solid #0072B2}
.ml-presenting :is(.widget-html-content,.widget-label,.widget-readout,select,button,input){font-size:24px;line-height:1.25}
.ml-explorer.ml-presenting{border:none;padding:0}
.ml-presenting .ml-tabs>.lm-TabBar,.ml-presenting .ml-title{display:none}
.ml-presenting .ml-tabs>.widget-tab-contents{border:none;padding:0}
.ml-presenting .ml-sentence .widget-html-content{min-height:2.6em}
.ml-presenting .ml-message .widget-html-content{min-height:0}
.ml-presenting .widget-html-content p{margin:4px 0}
.ml-presenting :is(.ml-controls .widget-inline-hbox,select,button){height:36px}
.ml-presenting :is(.widget-button,.widget-toggle-button){width:auto!important;align-self:flex-start}
.ml-presenting .widget-slider{flex:none;width:max-content!important;max-width:none!important}
.ml-presenting .widget-slider .slider-container{flex:none;width:240px}
.ml-presenting .widget-readout{min-width:60px;max-width:none}
</style>"""


def shown(value: Any) -> str:
    """Write one cell for people: whole numbers plainly, other numbers to one decimal (three below 10), NaN as 'unknown'."""
    if isinstance(value, float):
        if math.isnan(value):
            return "unknown"
        if math.isinf(value):
            return "infinity"
        if value == int(value):
            return str(int(value))
        return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
    if value is None or value is pd.NA:
        return "unknown"
    return str(value)


def brief(words: str, most: int) -> str:
    """Cut words to ``most`` characters for a list, with an ellipsis where something was cut."""
    return words if len(words) <= most else words[: most - 2].rstrip() + "…"


def table(frame: pd.DataFrame, columns: Mapping[str, str], caption: str, filename: str) -> str:
    """HTML table of some columns (name -> heading) with a caption and a link that saves ALL columns as CSV."""
    head = "".join(f'<th scope="col">{html.escape(words)}</th>' for words in columns.values())
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(shown(row[name]))}</td>" for name in columns) + "</tr>"
        for row in frame[list(columns)].to_dict("records")
    )
    content = base64.b64encode(frame.to_csv(index=False).encode()).decode()
    link = f'<a download="{filename}" href="data:text/csv;base64,{content}">Download these {len(frame)} rows as CSV</a>'
    return (
        f'<p>{link}</p><div class="ml-scroll" tabindex="0" role="region" aria-label="{html.escape(caption, quote=True)}">'
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


@lru_cache(maxsize=1024)
def source_card(source_id: str) -> str:
    """HTML card of one source: the citation, where the figure was read, and links that open the paper."""
    row = data.table("sources").set_index("source_id").loc[source_id]
    links = []
    if _known(row["doi"]):
        links.append(
            f'<a href="https://doi.org/{html.escape(row["doi"], quote=True)}" target="_blank">DOI {html.escape(row["doi"])}</a>'
        )
    if _known(row["pmid"]):
        links.append(
            f'<a href="https://pubmed.ncbi.nlm.nih.gov/{row["pmid"]}/" target="_blank">PubMed {row["pmid"]}</a>'
        )
    if _known(row["url"]):
        links.append(
            f'<a href="{html.escape(str(row["url"]), quote=True)}" target="_blank">page where it was read</a>'
        )
    where = f"figures read in: {html.escape(str(row['read_where']))} ({html.escape(str(row['provenance']))} source)"
    return f'<div class="ml-card">{html.escape(data.cite(source_id))}<br><small>{where}. {" · ".join(links)}</small></div>'


def source_cards(source_ids: Iterable[str]) -> str:
    """Cards of several sources, each once, in the order given; rows of the student's own (source "") have none."""
    cards = "".join(source_card(one) for one in dict.fromkeys(source_ids) if one)
    return f'<div class="ml-scroll" tabindex="0" role="region" aria-label="Sources">{cards}</div>'


def recipe(code: str) -> str:
    """The recipe as text to copy into a cell."""
    return (
        "<p>These lines give the same numbers with pandas and statsmodels. Copy them into a cell and change them.</p>"
        f'<div class="ml-scroll" tabindex="0" role="region" aria-label="Recipe"><pre>{html.escape(code)}</pre></div>'
    )


def _known(value: Any) -> bool:
    return (isinstance(value, str) and value != "") or (not isinstance(value, str) and pd.notna(value))
