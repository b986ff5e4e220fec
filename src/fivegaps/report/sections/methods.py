"""Methods with their variants named, the works they come from, and how to redo every number."""

from __future__ import annotations

from fivegaps.knowledge.bibliography import bibliography
from fivegaps.report.document import Block, Code, Facts, Paragraph, References, Section
from fivegaps.report.view import View


def _used(view: View) -> list[tuple[str, tuple[str, ...]]]:
    """Return the methods that this analysis used, each with the works it comes from."""
    results = view.results
    found: list[tuple[str, tuple[str, ...]]] = []

    def add(method: str, when: object, *works: str) -> None:
        if when:
            found.append((method, works))

    add("gaps", view.has_gaps, "parasuraman-1988")
    add("zone", results.zone is not None, "parasuraman-1994")
    add("servperf", results.overall.servperf.value is not None, "cronin-1992")
    add("missing", True)
    add("intervals", True, "student-1908")
    add("wilcoxon", view.has_gaps, "wilcoxon-1945")
    add("effects", view.has_gaps, "cohen-1988", "lakens-2013")
    add("multiple", view.has_gaps, "holm-1979", "benjamini-1995")
    add("shares", True, "wilson-1927")
    reliable = any(one.reliability for one in results.dimensions.values())
    add("alpha", reliable, "cronbach-1951", "feldt-1965")
    add("omega", reliable, "mcdonald-1999")
    add("difference", view.has_gaps, "peter-1993")
    add("suitability", results.factors, "kaiser-1974", "bartlett-1950")
    add("parallel", results.factors, "horn-1965")
    add("efa", results.factors, "harman-1966", "jennrich-1966")
    add("cfa", results.factors, "joreskog-1969", "bentler-1990", "steiger-1990", "hu-1999")
    add("mlr", results.factors, "yuan-2000", "brosseau-2012", "brosseau-2014")
    add("validity", results.factors, "fornell-1981", "henseler-2015")
    add("drivers", results.drivers is not None, "lindeman-1980", "gromping-2007", "johnson-2000")
    direct = results.drivers is not None and results.drivers.direct is not None
    add("direct", direct, "page-2002", "edwards-2002")
    penalty = results.drivers is not None and results.drivers.penalty_reward
    add("penalty", penalty, "brandt-1987")
    add("grid", results.importance_performance is not None, "martilla-1977")
    add("kano", results.kano, "kano-1984", "berger-1993")
    add("funnel", results.segments, "spiegelhalter-2005", "cochran-1954", "dersimonian-1986")
    add("weights", results.weights is not None, "deming-1940", "kish-1965")
    add("quality", True, "meade-2012")
    return found


def methods(view: View) -> Section:
    """Return every method used, its variant named."""
    values: dict[str, object] = {"level": view.level}
    replicates = [one.parallel.replicates for one in view.results.factors.values()]
    values["replicates"] = view.numerals.count(max((r or 0 for r in replicates), default=0))
    missing = view.results.provenance.options.get("missing", "pairwise")
    key = f"methods.missing_rule.{missing}"
    values["rule"] = view.say(key) if view.words.knows(key) else str(missing)
    pairs = tuple(
        (view.say(f"methods.{name}.name"), view.say(f"methods.{name}.text", **values))
        for name, _ in _used(view)
    )
    blocks: tuple[Block, ...] = (Paragraph(view.say("lead.methods")), Facts(pairs))
    return Section("methods", view.say("sections.methods"), "analyst", blocks)


def references(view: View) -> Section:
    """Return the works that the methods come from."""
    cited = {work for _, works in _used(view) for work in works}
    entries = tuple(sorted((str(bibliography()[work]) for work in cited), key=str.casefold))
    return Section("references", view.say("sections.references"), "analyst", (References(entries),))


def provenance(view: View) -> Section:
    """Return what is needed to get the same numbers again."""
    origin = view.results.provenance
    options = [
        f"{name} = {', '.join(map(str, value)) if isinstance(value, (list, tuple)) else value}"
        for name, value in origin.options.items()
        if value not in (None, (), [], "", False)
    ]
    facts = (
        (view.say("provenance.version"), f"fivegaps {origin.version}"),
        (
            view.say("provenance.file"),
            view.say(
                "provenance.file_text",
                name=origin.file.name,
                rows=view.numerals.count(origin.file.rows),
            ),
        ),
        (view.say("provenance.file_hash"), origin.file.sha256),
        (
            view.say("provenance.instrument"),
            view.say(
                "provenance.instrument_text",
                id=origin.instrument.id,
                version=origin.instrument.version,
            ),
        ),
        (view.say("provenance.instrument_hash"), origin.instrument.sha256),
        (view.say("provenance.seed"), str(origin.seed)),
        (view.say("provenance.options"), "; ".join(options) or "–"),
        (view.say("provenance.made"), view.numerals.date(origin.created_at)),
    )
    blocks: list[Block] = [Paragraph(view.say("lead.provenance"))]
    if origin.command:
        blocks.append(Code(origin.command))
    blocks.append(Facts(facts))
    return Section("provenance", view.say("sections.provenance"), "analyst", tuple(blocks))
