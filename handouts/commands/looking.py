"""The commands that look and print nothing: list, check and schemas."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

import click

from handouts.commands.screen import ROOT, errors_as_messages, today


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.option("--map", "as_map", is_flag=True, help="What each lesson covers, for surveyors.")
@click.option("--csv", "as_csv", is_flag=True, help="The map as a spreadsheet.")
@errors_as_messages
def list_(as_json: bool, as_map: bool, as_csv: bool) -> None:
    """Show what there is: lessons, cards, forms, programs and brands."""
    if as_map or as_csv:
        from handouts import coverage

        rows = coverage.coverage(ROOT, today())
        click.echo(coverage.as_csv(rows) if as_csv else coverage.as_markdown(rows), nl=False)
        return
    from handouts.inventory import inventory, table

    found = inventory(ROOT)
    click.echo(json.dumps(found, indent=2) if as_json else table(found))


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
)
@click.option("--explain", metavar="CODE", help="Say what a rule is for, and stop.")
@click.option("--rules", is_flag=True, help="Print the page of docs with all rules, and stop.")
@errors_as_messages
def check(paths: tuple[Path, ...], form: str, explain: str | None, rules: bool) -> None:
    """Find everything that is wrong, in all files or in those named; nothing is printed.

    Errors would stop a build and end with exit code 3; advice does not.
    """
    from handouts import report
    from handouts.problem import Severity, UsageError
    from handouts.rules import RULES

    if rules:
        click.echo(report.rules_page(), nl=False)
    elif explain is not None:
        if explain.upper() not in RULES:
            raise UsageError(f"There is no rule {explain!r}. The page docs/rules.md lists them.")
        click.echo(report.explained(RULES[explain.upper()]))
    else:
        from handouts.examiner import examine

        # The word list of the reading measures is a million objects; the process ends after this.
        gc.disable()
        problems = examine(ROOT, today(), paths)
        said = report.FORMATS[form](problems)
        if said:
            click.echo(said)
        if any(problem.severity is Severity.ERROR for problem in problems):
            sys.exit(3)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=ROOT / "docs" / "schemas")
@errors_as_messages
def schemas(folder: Path) -> None:
    """Write the JSON Schemas of settings, so that an editor completes and underlines them."""
    from handouts.atomic import write_whole
    from handouts.source.schemas import SCHEMAS, schema

    for name in SCHEMAS:
        write_whole(folder / f"{name}.json", schema(name).encode())
    click.echo(f"{len(SCHEMAS)} schemas in {folder}")
