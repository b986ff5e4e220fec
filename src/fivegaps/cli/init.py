"""``fivegaps init``: start a company folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init", short_help="Start a company folder to fill in.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--profile", metavar="ID", help="Industry profile of a shipped instrument.")
@click.option(
    "--instrument",
    default="rater-22",
    show_default=True,
    metavar="ID|PATH.toml",
    help="Shipped instrument, or an instrument file, which is copied into the folder.",
)
@click.option(
    "--lang",
    default="en",
    show_default=True,
    type=click.Choice(("en", "vi", "zh-hans", "zh-hant", "nl")),
    help="Language of the company; README and worked rows are in en or vi.",
)
def command(*, folder: Path, profile: str | None, instrument: str, lang: str) -> None:
    """Write a company folder to fill in: DIR must be empty or not there.

    Every file has its header and two worked rows, and README.md says who fills
    in what, and why. Only company.toml and customers are needed: what else is
    missing leads to "cannot tell". Then: fivegaps check DIR
    """
    from fivegaps.io.company.starting import start_company

    written = start_company(folder, profile=profile, instrument=instrument, lang=lang)
    click.echo(f"{folder}: {len(written)} files, each with two worked rows to replace")
    click.echo(f"Read {folder / 'README.md'}, fill in, then: fivegaps check {folder}")
