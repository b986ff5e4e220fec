"""Measure service quality with RATER and find which of the five gaps is open.

::

    import fivegaps as fg

    servqual = fg.instrument("rater-22")
    answers = fg.read("answers.csv", servqual)
    results = fg.analyze(answers)
    fg.report(results, servqual).write("out")

    bank = fg.read_company("examples/bank")
    print([cause.title for cause in fg.diagnose(bank).causes if cause.claimed])

Everything here is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from fivegaps.analysis.analyze import analyze
    from fivegaps.analysis.comparing import compare
    from fivegaps.analysis.options import Options
    from fivegaps.diagnosis.diagnose import diagnose
    from fivegaps.diagnosis.verdicts.verify import verify
    from fivegaps.engines.local import merge, scan
    from fivegaps.errors import FivegapsError
    from fivegaps.io.company.company import Company
    from fivegaps.io.company.read import read_company
    from fivegaps.io.frames import answers_from_frame
    from fivegaps.io.read import read
    from fivegaps.knowledge.instruments import instrument, instruments
    from fivegaps.knowledge.voices import questionnaire, questionnaires
    from fivegaps.psychometrics.reliability import alpha
    from fivegaps.report.reporting import report
    from fivegaps.simulation.simulate import simulate
    from fivegaps.stats.counts import Histograms, Moments, Tables
    from fivegaps.stats.estimate import Estimate, GapEstimate

_PLACES = {
    "analyze": "analysis.analyze",
    "compare": "analysis.comparing",
    "Options": "analysis.options",
    "diagnose": "diagnosis.diagnose",
    "verify": "diagnosis.verdicts.verify",
    "merge": "engines.local",
    "scan": "engines.local",
    "FivegapsError": "errors",
    "Company": "io.company.company",
    "read_company": "io.company.read",
    "answers_from_frame": "io.frames",
    "read": "io.read",
    "instrument": "knowledge.instruments",
    "instruments": "knowledge.instruments",
    "questionnaire": "knowledge.voices",
    "questionnaires": "knowledge.voices",
    "alpha": "psychometrics.reliability",
    "report": "report.reporting",
    "simulate": "simulation.simulate",
    "Histograms": "stats.counts",
    "Moments": "stats.counts",
    "Tables": "stats.counts",
    "Estimate": "stats.estimate",
    "GapEstimate": "stats.estimate",
}

__all__ = [
    "Company",
    "Estimate",
    "FivegapsError",
    "GapEstimate",
    "Histograms",
    "Moments",
    "Options",
    "Tables",
    "__version__",
    "alpha",
    "analyze",
    "answers_from_frame",
    "compare",
    "diagnose",
    "instrument",
    "instruments",
    "merge",
    "questionnaire",
    "questionnaires",
    "read",
    "read_company",
    "report",
    "scan",
    "simulate",
    "verify",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _PLACES:
        message = f"module 'fivegaps' has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(importlib.import_module(f"fivegaps.{_PLACES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
