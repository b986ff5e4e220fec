"""``fivegaps share``: a copy of a company folder that names nobody."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("share", short_help="Copy a company folder without names, texts and small cells.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--key",
    metavar="SECRET",
    envvar="FIVEGAPS_SHARE_KEY",
    help="Give units and registers the same pseudonyms in every release under this secret; "
    "without it they hold within one release (also: FIVEGAPS_SHARE_KEY).",
)
def command(*, folder: Path, out: Path, key: str | None) -> None:
    """Copy the company folder DIR to OUT without names, texts and small cells.

    Units, standards, promises and the like get pseudonyms, respondents random
    ids; free texts are dropped, units with few people are merged into the unit
    above, dates are coarsened to the month. OUT/manifest.json says what was
    removed. The copy checks clean and can be diagnosed.
    """
    from fivegaps.io.company.sharing import share_company

    shared = share_company(folder, out, key=key)
    click.echo(f"{out}: {len(shared.files)} files; removed were")
    for what in shared.removed:
        click.echo(f"  - {what}")
    for file, count in shared.merged.items():
        if count:
            click.echo(f"{file}: {count:,} people now stand under a larger unit")
    for file, count in shared.withheld.items():
        if count:
            click.echo(f"{file}: {count:,} rows withheld, in too small a group")
