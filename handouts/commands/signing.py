"""The commands of sign-off: review, review sign, trace."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import TYPE_CHECKING

import click

from handouts.commands.screen import ROOT, errors_as_messages, today

if TYPE_CHECKING:
    from handouts.model import Curriculum, Review

NO_GIT = "There is no git history here, so older texts are known only by their sign-offs."


@click.group(invoke_without_command=True)
@click.pass_context
def review(context: click.Context) -> None:
    """Show what is draft, signed, changed since it was signed, or due again."""
    if context.invoked_subcommand is None:
        _standings()


@errors_as_messages
def _standings() -> None:
    from handouts.inventory import in_order
    from handouts.signoff import stand

    curriculum = _curriculum()
    count: Counter[str] = Counter()
    for code in in_order({text.settings.code: text for text in curriculum.texts}):
        text = curriculum.text(code)
        assert text is not None
        found = stand(curriculum, text, today())
        count[found.standing.value] += 1
        line = f"{code:<6} {text.settings.title:<49} {text.mark}  {found.standing.value:<14}"
        click.echo((line + (_signed(found.review) if found.review else "")).rstrip())
    click.echo(", ".join(f"{number} {name}" for name, number in count.items()) + ".")


@review.command()
@click.argument("codes", metavar="LESSON...", nargs=-1, required=True)
@click.option("--by", required=True, help='Name and credential: "Ana Ruiz, LCSW".')
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which it is to be read again, as 2027-11-30.",
)
@errors_as_messages
def sign(codes: tuple[str, ...], by: str, until: datetime.datetime) -> None:
    """Put a name under lessons, cards or forms, exactly as they are now.

    Only for somebody who has read every word of them. Any edit makes a text a draft again.
    """
    from handouts import signoff
    from handouts.commands.printing import find_text

    curriculum = _curriculum()
    texts = [find_text(curriculum, code) for code in dict.fromkeys(codes)]
    signoff.sign(ROOT, curriculum, texts, by, today(), until.date())
    for text in texts:
        click.echo(f"{text.settings.code} {text.settings.title}, version {text.mark}: signed.")
    click.echo(f"Recorded in {signoff.FILE}. Keep that file with the lessons.")


@click.command()
@click.argument("mark")
@errors_as_messages
def trace(mark: str) -> None:
    """Say which text a sheet of paper came from, by the version mark at its foot."""
    from handouts.history import versions
    from handouts.problem import UsageError

    mark = mark.lower()
    if not re.fullmatch(r"[0-9a-f]{6}", mark):
        raise UsageError(f"{mark!r} is not a version mark. One has 6 signs, 0-9 and a-f.")
    curriculum = _curriculum()
    past = versions(ROOT)
    said = [
        f"{text.settings.code} {text.settings.title}: the text as it is today, {text.file}"
        for text in curriculum.texts
        if text.mark == mark
    ]
    said += [
        f"{old.setting('code')} {old.setting('title')}: the text of {old.day}, "
        f"commit {old.commit[:12]}, {old.file}"
        for old in past or ()
        if old.mark == mark
    ]
    signed = [one for one in curriculum.reviews if one.mark == mark]
    said += [f"{one.code}: signed by {_signed(one)}" for one in signed]
    if not said:
        where = (
            "or in its history" if past is not None else "and there is no git history to look in"
        )
        raise UsageError(f"No text with the version mark {mark} is here, {where}.")
    click.echo("\n".join(said))
    if not signed:
        click.echo("No sign-off of this text is on record.")
    if past is None:
        click.echo(NO_GIT)


def _signed(review: Review) -> str:
    return f"{review.by}, on {review.signed}, until {review.until}"


def _curriculum() -> Curriculum:
    from handouts.problem import ProblemsFound
    from handouts.source.curriculum import load

    loaded = load(ROOT)
    if loaded.curriculum is None or loaded.problems:
        raise ProblemsFound(loaded.problems)
    return loaded.curriculum
