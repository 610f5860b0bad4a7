#!/usr/bin/env python3
"""The command line; its commands live in handouts/commands."""

from __future__ import annotations

import click

from handouts.commands.clients import client, forget
from handouts.commands.looking import check, list_, schemas
from handouts.commands.previewing import preview
from handouts.commands.printing import build, handout, packet
from handouts.commands.rosters import roster
from handouts.commands.signing import review, trace
from handouts.commands.starting import new


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="handouts", message="%(version)s")
def cli() -> None:
    """Turn Markdown lessons into printed handouts and packets for each program week."""


COMMANDS = (
    *(build, packet, handout),
    *(new, preview, list_, check, review, trace, schemas),
    *(client, roster, forget),
)

for command in COMMANDS:
    cli.add_command(command)


if __name__ == "__main__":
    cli()
