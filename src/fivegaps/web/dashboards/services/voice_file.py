"""What managers or employees answered as the file of a company folder, and who took it.

Rows are whole answers, so they go out by the rule of ``fivegaps share``: people of units with
few of them stand under the unit above; role and level are left out where they would single out
a few; texts stay in the office; who answered is a word that leads to nobody.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.diagnosis.cells import Rules
from fivegaps.io.company.small_cells import NOT_GIVEN, WITHHELD, hidden_labels, merged_units
from fivegaps.report.forms.joining import FIRST, join_sheets
from fivegaps.web.dashboards.voices import VoiceWave
from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit
from fivegaps.web.surveys.models import AnonymousAnswer, Identification, Response, Wave
from fivegaps.web.surveys.questionnaire import NOT_APPLICABLE
from fivegaps.web.surveys.sealing import digest
from fivegaps.web.surveys.selectors import extras_in, fields_in

SINGLING_OUT = ("level", "role")
_NAME_LENGTH = 12


class NothingToShare(Exception):
    """Too few answered for a file; the message tells it."""


@transaction.atomic
def export_voice(*, actor: Member, known: VoiceWave, at: datetime) -> str:
    """Return the company folder's file of a closed wave, and record who took it.

    Raises:
        NothingToShare: Fewer answered than protect one another.
    """
    rows = _shared(known)
    audit.record(actor=actor, verb="exported", kind="answers", subject=known.wave.id, at=at)
    with TemporaryDirectory() as folder:
        sheet, out = Path(folder) / "sheet.csv", Path(folder) / f"{known.voice}.csv"
        with sheet.open("w", newline="", encoding="utf-8") as to:
            writer = csv.DictWriter(to, list(dict.fromkeys(name for row in rows for name in row)))
            writer.writeheader()
            writer.writerows(rows)
        join_sheets([sheet], out)
        return out.read_bytes().decode()


def _shared(known: VoiceWave) -> list[dict[str, str]]:
    fewest = Rules().fewest(known.voice)
    if not known.answers.rows:
        raise NothingToShare(_("Nobody answered."))
    one_wave = np.zeros(len(known.unit), dtype=np.int32)
    unit = merged_units(known.unit.astype(np.int32), one_wave, known.parents, fewest=fewest)
    if (unit == WITHHELD).any():
        told = _("Fewer than %(fewest)s answered: their answers stay in the office.")
        raise NothingToShare(told % {"fewest": fewest})
    codes = [*(one.code for one in known.units), "", ""]
    rows = staff_rows(known.wave)
    for name in SINGLING_OUT:
        given = sorted({row.get(name, "") for row in rows} - {""})
        label = np.array([given.index(row[name]) if row.get(name) else NOT_GIVEN for row in rows])
        for row, gone in zip(rows, hidden_labels([unit], label, fewest=fewest), strict=True):
            row.pop(name, None) if gone else None
    return [
        {**dict.fromkeys(FIRST, ""), **row, "unit": codes[place]}
        for row, place in zip(rows, unit.tolist(), strict=True)
    ]


def staff_rows(wave: Wave) -> list[dict[str, str]]:
    """Return each answer that counts by column of the company folder, without unit and texts.

    In the order of :func:`fivegaps.web.surveys.answers.answers_of`.
    """
    extras, fields = extras_in(wave), fields_in(wave)
    texts = {one.column for one in extras.own if one.kind in {"short", "long"}}
    boxes = {name for one in extras.sections if one.none for name in one.columns}
    is_anonymous = wave.survey.identification == Identification.ANONYMOUS
    model = AnonymousAnswer if is_anonymous else Response
    found = model.objects.filter(wave=wave, is_test=False).order_by("id")
    rows = []
    for key, codes, other in found.values_list("id", "codes", "other"):
        row = {"respondent": digest("staff", key.bytes).hex()[:_NAME_LENGTH], "wave": wave.name}
        for field, column in extras.filed.items():
            if field not in texts and other.get(field) is not None:
                row[column] = str(other[field])
        for item, code in zip(fields.items, bytes(codes), strict=True):
            if code:
                row[item.name] = str(code + item.minimum - 1)
        row |= dict.fromkeys(boxes.intersection(other.get(NOT_APPLICABLE, ())), "none")
        rows.append(row)
    return rows
