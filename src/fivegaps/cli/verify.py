"""``fivegaps verify``: did the actions work, and are the gaps closed."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("verify", short_help="Give verdicts on the actions of a company.")
@click.argument("company", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def command(*, company: Path, as_json: bool) -> None:
    """Judge every action that the folder DIR registers (file actions).

    Two answers, never mixed: the effect (better, equivalent, worse, cannot tell)
    against comparison units, and the state of the metric (closed, open, cannot
    tell), which never credits the action.
    """
    from fivegaps.cli.diagnose_text import show_verdicts
    from fivegaps.diagnosis.encoding import verdicts_json
    from fivegaps.diagnosis.verdicts.verify import verify
    from fivegaps.io.company.read import read_company

    read = read_company(company)
    found = verify(read)
    if as_json:
        click.echo(verdicts_json(found), nl=False)
        return
    show_verdicts(found, read)
