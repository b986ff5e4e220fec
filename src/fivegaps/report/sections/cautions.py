"""What a careful reader must know before trusting the verdict."""

from __future__ import annotations

from fivegaps.report.document import Remarks
from fivegaps.report.findings import listed_names
from fivegaps.report.view import View

FEW = 30
_LOW_ALPHA = 0.7
_HIGH_CEILING = 0.5


def cautions(view: View) -> Remarks | None:
    """Return what a careful reader must know before trusting the verdict; None if nothing."""
    results = view.results
    sentences = []
    if results.n < FEW:
        sentences.append(view.say("cautions.few", n=view.numerals.count(results.n)))
    if not view.has_gaps and results.zone is None:
        sentences.append(view.say("cautions.no_expectations"))
    battery = "perception" if "perception" in results.factors else next(iter(results.factors), None)
    if battery is not None:
        verdict_code = results.factors[battery].verdict
        if verdict_code in {"not_confirmed", "cannot_tell", "acceptable"}:
            cfa = results.factors[battery].cfa
            cfi = cfa.mlr.robust.cfi if cfa.mlr.robust is not None else cfa.ml.cfi
            sentences.append(
                view.say(
                    f"cautions.structure_{verdict_code}",
                    dimensions=len(results.dimensions),
                    battery=view.battery(battery),
                    cfi=view.numerals.coefficient(cfi, 3) if cfi is not None else "–",
                )
            )
    weak = [
        name
        for name, scores in results.dimensions.items()
        if (one := scores.reliability.get("perception")) is not None
        and one.alpha.value is not None
        and one.alpha.value < _LOW_ALPHA
    ]
    if weak:
        sentences.append(view.say("cautions.alpha", names=listed_names(view, "dimension", weak)))
    high = [
        name
        for name, scores in results.dimensions.items()
        if (ceiling := scores.ceiling.get("expectation")) is not None
        and ceiling.value is not None
        and ceiling.value >= _HIGH_CEILING
    ]
    if high:
        sentences.append(view.say("cautions.ceiling", names=listed_names(view, "dimension", high)))
    quality = results.quality
    if quality.flagged:
        sentences.append(
            view.say(
                "cautions.flagged",
                flagged=view.numerals.count(quality.flagged),
                used=view.numerals.count(quality.used),
            )
        )
    if "cluster" not in results.provenance.options or not results.provenance.options["cluster"]:
        sentences.append(view.say("cautions.independent"))
    sentences += [_warned(view, index) for index in range(len(results.warnings))]
    kept = tuple(dict.fromkeys(sentence for sentence in sentences if sentence))
    return Remarks(view.say("cautions.title"), kept) if kept else None


def _warned(view: View, index: int) -> str:
    """Return a warning in the reader's language, or its English text; nothing if said already."""
    warned = view.results.warnings[index]
    if warned.code in {"independent_answers", "few_answers"}:
        return ""
    key = f"warnings.{warned.code}"
    if not view.words.knows(key):
        return warned.text
    about = view.numerals.listed([_name(view, one) for one in warned.about])
    values = {
        name: view.numerals.number(value, 0 if value == int(value) else 2)
        for name, value in warned.values.items()
    }
    said = {
        "about": about,
        "columns": len(warned.about),
        "total": view.numerals.count(sum(warned.values.values())),
        "listed": view.numerals.listed(list(values)),
    }
    try:
        return view.say(key, **{**values, **said})
    except KeyError:
        return warned.text


def _name(view: View, identifier: str) -> str:
    if any(item.id == identifier for item in view.instrument.items):
        return view.item(identifier)
    return view.dimension(identifier)
