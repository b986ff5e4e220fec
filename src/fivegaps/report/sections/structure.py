"""The factor structure, battery by battery: is the questionnaire's structure in the answers?"""

from __future__ import annotations

from fivegaps.psychometrics.results import Factors, Finding
from fivegaps.report.charts.loadings import loadings
from fivegaps.report.charts.scree import scree
from fivegaps.report.document import Block, Facts, Paragraph, Remarks, Section, Subheading
from fivegaps.report.sections.models import correlations, exploratory, fit, modifications
from fivegaps.report.sections.validity import validity_blocks
from fivegaps.report.tables import reason_in_words
from fivegaps.report.view import View

_HIGH_KMO = ((0.9, "marvellous"), (0.8, "meritorious"), (0.7, "middling"), (0.6, "mediocre"))


def structure(view: View) -> Section | None:
    """Return everything about factors and validity; None when no battery was examined."""
    if not view.results.factors:
        return None
    blocks: list[Block] = [Paragraph(view.say("lead.structure"))]
    several = len(view.results.factors) > 1
    for battery, found in view.results.factors.items():
        if several:
            blocks.append(Subheading(f"structure-{battery}", view.battery(battery)))
        blocks.append(_verdict(view, battery, found))
        findings = [finding_in_words(view, one) for one in found.findings]
        if findings:
            blocks.append(Remarks(view.say("structure.findings"), tuple(findings)))
        blocks.append(_suitability(view, found))
        blocks += [
            block
            for block in (
                scree(view, battery),
                exploratory(view, battery),
                fit(view, battery),
                loadings(view, battery),
                correlations(view, battery),
                modifications(view, battery),
            )
            if block is not None
        ]
        blocks += validity_blocks(view, battery)
    return Section("structure", view.say("sections.structure"), "analyst", tuple(blocks))


def _verdict(view: View, battery: str, found: Factors) -> Paragraph:
    model = found.cfa.ml
    number = view.numerals.coefficient
    text = view.say(
        f"structure.verdict.{found.verdict}",
        dimensions=len(view.results.dimensions),
        battery=view.battery(battery),
    )
    if model.cfi is not None and model.rmsea is not None and model.chi2 is not None:
        robust = found.cfa.mlr.robust
        text += view.say("phrases.sentence_space") + view.say(
            "structure.fit",
            chi2=view.numerals.number(model.chi2),
            df=model.df,
            p=view.numerals.p_phrase(model.p) if model.p is not None else "–",
            cfi=number(model.cfi, 3),
            rmsea=number(model.rmsea, 3),
            srmr=number(model.srmr, 3) if model.srmr is not None else "–",
            n=view.numerals.count(model.n),
        )
        if robust is not None and robust.cfi is not None and robust.rmsea is not None:
            text += view.say("phrases.sentence_space") + view.say(
                "structure.robust",
                cfi=number(robust.cfi, 3),
                rmsea=number(robust.rmsea, 3),
            )
    elif model.reason:
        text += view.say("phrases.sentence_space") + view.say(
            "structure.not_fitted", reason=reason_in_words(model.reason, view.words)
        )
    return Paragraph(text)


def _suitability(view: View, found: Factors) -> Facts:
    """Return KMO and Bartlett in words."""
    pairs = []
    kmo = found.kmo
    if kmo.overall is not None:
        grade = next((word for floor, word in _HIGH_KMO if kmo.overall >= floor), "low")
        least = min(kmo.items.items(), key=lambda pair: pair[1]) if kmo.items else None
        text = view.say(
            "structure.kmo",
            value=view.numerals.coefficient(kmo.overall),
            grade=view.say(f"structure.grade.{grade}"),
        )
        if least:
            text += view.say(
                "structure.kmo_least",
                item=view.item(least[0]),
                value=view.numerals.coefficient(least[1]),
            )
        pairs.append((view.say("structure.kmo_name"), text))
    else:
        pairs.append(
            (view.say("structure.kmo_name"), f"– ({reason_in_words(kmo.reason, view.words)})")
        )
    bartlett = found.bartlett
    if bartlett.chi2 is not None and bartlett.p is not None:
        text = view.say(
            "structure.bartlett",
            chi2=view.numerals.number(bartlett.chi2),
            df=bartlett.df,
            p=view.numerals.p_phrase(bartlett.p),
        )
    else:
        text = f"– ({reason_in_words(bartlett.reason, view.words)})"
    pairs.append((view.say("structure.bartlett_name"), text))
    return Facts(tuple(pairs))


def finding_in_words(view: View, finding: Finding) -> str:
    """Return a finding about a model as a sentence; an unknown code with its particulars."""
    names = [_name(view, one) for one in finding.about]
    key = f"findings.{finding.code}"
    if not view.words.knows(key):
        return view.say("findings.other", code=finding.code, about=view.numerals.listed(names))
    numbers = [_value(view, name, value) for name, value in finding.values.items()]
    sentence = view.say(key, about=view.numerals.listed(names) or view.say("phrases.the_model"))
    return f"{sentence} ({'; '.join(numbers)})" if numbers else sentence


def _value(view: View, name: str, value: float) -> str:
    key = f"terms.value.{name}"
    label = view.say(key) if view.words.knows(key) else name
    if value == int(value) and abs(value) > 1:
        return f"{label} = {view.numerals.count(value)}"
    return f"{label} = {view.numerals.coefficient(value, 3)}"


def _name(view: View, identifier: str) -> str:
    if view.words.knows(f"terms.value.{identifier}"):
        return view.say(f"terms.value.{identifier}")
    if view.words.knows(f"models.{identifier}"):
        return view.say(f"models.{identifier}")
    if "|" in identifier:
        return " – ".join(_name(view, part) for part in identifier.split("|"))
    if any(item.id == identifier for item in view.instrument.items):
        return view.item(identifier)
    return view.dimension(identifier)
