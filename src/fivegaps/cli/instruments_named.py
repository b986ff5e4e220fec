"""What a name on the command line stands for: an instrument, a questionnaire, a folder's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fivegaps.report.forms.asking import Asked
    from fivegaps.report.forms.folder import FolderForms


def asked_of(
    name: str, *, profile: str | None, bank: str | None, channels: tuple[str, ...]
) -> Asked:
    """Return the questionnaire of this name, else the instrument.

    Raises:
        OptionRefused: An option that questionnaires alone have, for an instrument.
        InstrumentRefused: There is neither.
    """
    from fivegaps.errors import Fault, InstrumentRefused, OptionRefused
    from fivegaps.knowledge.instruments import instrument
    from fivegaps.knowledge.shelf import instrument_ids
    from fivegaps.knowledge.table import nearest
    from fivegaps.knowledge.voices import ITEM_BANK, questionnaire, questionnaire_ids

    base = base_of(name)
    if any(not channel.strip() for channel in channels):
        raise OptionRefused("--channel", "it has no name")
    if base in questionnaire_ids():
        return questionnaire(name, profile=profile, bank=bank or ITEM_BANK, channels=channels)
    for option, given in (("--instrument", bank), ("--channel", channels)):
        if given:
            raise OptionRefused(option, f"{name} is an instrument; it asks customers, once")
    if is_shipped(name) and base not in instrument_ids():
        known = (*instrument_ids(), *questionnaire_ids())
        advice = nearest(base, known) or "See: fivegaps instruments list"
        raise InstrumentRefused(base, Fault(f"there is no instrument {base!r}.", advice))
    return instrument(name, profile=profile)


def asked_in(
    folder: Path, name: str, asked: Asked, *, channels: tuple[str, ...]
) -> tuple[Asked, FolderForms]:
    """Return a questionnaire, or the customers' instrument, as a company folder asks it.

    Raises:
        OptionRefused: The folder's customers answer another instrument.
        CompanyRefused: The folder has faults.
    """
    from fivegaps.errors import OptionRefused
    from fivegaps.knowledge.voices import questionnaire
    from fivegaps.model.questionnaire import Questionnaire
    from fivegaps.report.forms.folder import folder_forms, with_standards

    known = folder_forms(folder)
    if isinstance(asked, Questionnaire):
        own = questionnaire(base_of(name), bank=known.bank, channels=channels)
        return with_standards(own, known.standards), known
    if known.bank.id.partition("@")[0] != asked.id.partition("@")[0]:
        raise OptionRefused("--folder", f"customers of {folder} answer {known.bank.id}")
    return known.bank, known


def base_of(name: str) -> str:
    """Return the id without its profile."""
    return name.replace(":", "@").partition("@")[0]


def is_shipped(name: str) -> bool:
    """Tell whether a name is an id, not a path."""
    return not name.endswith(".toml") and "/" not in name and "\\" not in name
