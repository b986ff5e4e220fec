"""Diagnose a company: gaps of every wave, their causes, what to do, and what actions did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fivegaps import __version__
from fivegaps.analysis.results import UsedInstrument, Warned
from fivegaps.diagnosis.causes import FAMILY_WISE_ERROR, causes_found
from fivegaps.diagnosis.competitors import competitors
from fivegaps.diagnosis.consequences import consequences
from fivegaps.diagnosis.customer_part import customer_part
from fivegaps.diagnosis.evidence.dossier import Dossier
from fivegaps.diagnosis.people import Start, silent
from fivegaps.diagnosis.prescriptions import prescriptions, setting_of
from fivegaps.diagnosis.results import SCHEMA, Diagnosis, Provenance
from fivegaps.diagnosis.untold import untold
from fivegaps.diagnosis.verdicts.verify import uses_of_remedies, verify
from fivegaps.diagnosis.waves import MeasuredWave, measure_wave
from fivegaps.errors import OptionRefused
from fivegaps.io.company.company import Company
from fivegaps.scoring.results import DimensionScores
from fivegaps.stats.estimate import Estimate


def diagnose(
    company: Company,
    *,
    wave: str | None = None,
    confidence: float = 0.95,
    start: Start = silent,
    command: str = "",
    now: datetime | None = None,
) -> Diagnosis:
    """Return everything that a company's files tell about its gaps and their causes.

    Args:
        company: As read by :func:`fivegaps.read_company`.
        wave: The wave whose causes are sought, with all waves before it; the last one
            when None.
        confidence: Of every interval.
        start: Starts a progress bar: called with a text and a total, returns what
            moves it on.
        command: The command line, kept so that the figures can be had again.
        now: The time of the diagnosis, kept with it.

    Raises:
        OptionRefused: The company has no such wave.
    """
    waves = _until(company, wave)
    measured = [measure_wave(company, one, confidence=confidence, start=start) for one in waves]
    last = measured[-1]
    dossier = Dossier(last)
    working = start("Weighing causes", None)
    causes = causes_found(dossier, last.largest, last.worst)
    actions = verify(company, confidence=confidence)
    remedies = prescriptions(
        causes,
        setting_of(
            last.worst,
            _weights(last),
            industry=company.settings.profile,
            uses=uses_of_remedies(company.actions, actions),
        ),
    )
    working(1)
    gaps = {one.id: one.gaps for one in measured}
    return Diagnosis(
        schema=SCHEMA,
        company=company.settings.name,
        warnings=_warnings(company),
        cannot_tell=untold(company, gaps, causes, actions),
        waves=gaps,
        largest=tuple(place for one in reversed(measured) for place in one.largest),
        causes=causes,
        remedies=remedies,
        actions=actions,
        competitors=competitors(last.people),
        consequences=consequences(last.people),
        customer_part=customer_part(company, confidence=confidence),
        provenance=_provenance(company, waves, confidence, command, now or datetime.now(UTC)),
        worst=last.worst,
    )


def _until(company: Company, wave: str | None) -> tuple[str, ...]:
    known = company.settings.wave_ids
    if wave is None:
        return known
    if wave not in known:
        raise OptionRefused("--wave", f"there is no wave {wave!r}, only {', '.join(known)}")
    return known[: known.index(wave) + 1]


def _weights(measured: MeasuredWave) -> Mapping[str, Estimate]:
    scores = measured.gaps.gaps.gap5.surveyed.dimensions
    return {name: one.weight for name, one in scores.items() if isinstance(one, DimensionScores)}


def _warnings(company: Company) -> tuple[Warned, ...]:
    return tuple(
        Warned(one.code, one.text, about=one.about, values=one.values) for one in company.notices
    )


def _provenance(
    company: Company, waves: tuple[str, ...], confidence: float, command: str, now: datetime
) -> Provenance:
    return Provenance(
        version=__version__,
        files=dict(company.files),
        instrument=UsedInstrument(
            company.instrument.id, company.instrument.version, company.instrument.sha256
        ),
        options={
            "waves": list(waves),
            "confidence": confidence,
            "family_wise_error": FAMILY_WISE_ERROR,
        },
        seed=0,
        created_at=now.isoformat(timespec="seconds"),
        command=command,
    )
