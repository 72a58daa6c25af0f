"""The command `migraine-lab`: open the lessons, hand them out, check the data, list the sources.

Each command imports what it needs when it runs, so that `migraine-lab --help` answers at once.
"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="migraine-lab",
    help="Lessons on migraine and on reading a reported response rate: teaching, not medical advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def lab(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to use; without it 8888 or the next free one.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser, or only print the address.")] = True,
) -> None:
    """Open the first lesson in JupyterLab, on this machine only."""
    from migraine_lab.publish.lab import LabError, start

    try:
        start(port=port, browser=browser)
    except LabError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="Folder of a data package; without it the one that the lessons use.")
    ] = None,
) -> None:
    """Check every table against its descriptor: one sentence a problem, exit code 1 if there is any."""
    from rich.console import Console

    from migraine_lab import data

    console = Console(soft_wrap=True, highlight=False)
    problems = data.check(path)
    for problem in problems:
        console.print(str(problem), markup=False)
    if problems:
        console.print(f"[bold]{len(problems)} problem{'s' if len(problems) > 1 else ''}[/bold]")
        raise typer.Exit(1)
    console.print(f"no problems in {_count_tables(path)} tables")


@app.command()
def sources(
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help="Only sources that lack a title, authors, or a DOI and a PubMed number."
        ),
    ] = False,
) -> None:
    """List the sources of all facts, or those whose citation is not complete."""
    from rich.console import Console
    from rich.table import Table

    from migraine_lab import data

    rows = data.table("sources").to_dict("records")
    listed = [(row, _lacking(row)) for row in rows]
    shown = [(row, lacks) for row, lacks in listed if lacks or not missing]
    view = Table(title="Sources that lack something" if missing else "Sources")
    for heading in ("source", "title", "where", *(["lacks"] if missing else [])):
        view.add_column(heading, overflow="fold")
    for row, lacks in shown:
        cells = [row["source_id"], row["title"] or "-", _where(row), *([", ".join(lacks)] if missing else [])]
        view.add_row(*(_as_text(cell) for cell in cells))
    console = Console(highlight=False)
    console.print(view)
    console.print(f"{len(shown)} of {len(rows)} sources" + (" lack something" if missing else ""))


@app.command()
def release(
    out: Annotated[Path, typer.Argument(help="New or empty folder for the copies.")],
    audience: Annotated[
        str,
        typer.Option("--for", help="student: no solutions, no notes. instructor: with both."),
    ],
    nbgrader: Annotated[
        bool, typer.Option("--nbgrader", help="For instructors: one nbgrader assignment a lesson.")
    ] = False,
) -> None:
    """Write clean copies of the lessons to hand out."""
    from migraine_lab.publish.release import ReleaseError
    from migraine_lab.publish.release import release as make

    try:
        written = make(audience, out, nbgrader=nbgrader)
    except ReleaseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{len(written)} lessons for the {audience} are in {out}.")


def _lacking(row: dict[str, Any]) -> list[str]:
    """What the citation of a source lacks; where a title was not seen, a description of ours may stand in its place."""
    lacks = [name for name in ("title", "authors") if not row[name] or name in row["not_seen"].split(";")]
    if not row["doi"] and not row["pmid"]:
        lacks.append("DOI and PubMed number")
    return lacks


def _where(row: dict[str, Any]) -> str:
    if row["doi"]:
        return f"doi {row['doi']}"
    return f"PubMed {row['pmid']}" if row["pmid"] else str(row["url"] or row["registry_id"])


def _as_text(cell: str) -> Any:
    from rich.text import Text

    # square brackets of a title are no markup
    return Text(cell)


def _count_tables(path: Path | None) -> int:
    from migraine_lab import data

    if path is None:
        return len(data.tables())
    descriptor = path / "datapackage.json" if path.is_dir() else path
    return len(json.loads(descriptor.read_text(encoding="utf-8"))["resources"])


def main() -> None:
    """Run the command line; the entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
