"""Tables of factor models: exploratory loadings, fit, correlations, modification indices."""

from __future__ import annotations

from fivegaps.psychometrics.results import Fit, ScaledIndices
from fivegaps.report.tables import Cell, Column, Named, Table, reason_in_words
from fivegaps.report.view import View
from fivegaps.stats.estimate import Estimate

_STRONG = 0.3
_MOST_INDICES = 10
_RMSEA = "90 % interval from the noncentral chi-square distribution"


def exploratory(view: View, battery: str) -> Table | None:
    """Return pattern loadings, strong ones bold, with communalities; None when not had."""
    efa = view.results.factors[battery].efa
    if not efa.loadings:
        return None
    count = len(next(iter(efa.loadings.values())))
    rows: list[tuple[Cell, ...]] = []
    strong: set[tuple[int, int]] = set()
    for index, (item, pattern) in enumerate(efa.loadings.items()):
        dimension = view.results.items[item].dimension if item in view.results.items else None
        rows.append(
            (
                view.named("item", item),
                view.named("dimension", dimension) if dimension else None,
                *pattern,
                efa.communalities.get(item),
            )
        )
        strong |= {(index, 2 + at) for at, value in enumerate(pattern) if abs(value) >= _STRONG}
    if efa.variance_explained:
        rows.append((view.say("structure.variance"), None, *efa.variance_explained, None))
    between = ""
    if count > 1 and efa.factor_correlations:
        pairs = [
            f"{a + 1}–{b + 1}: {view.numerals.coefficient(efa.factor_correlations[a][b])}"
            for a in range(count)
            for b in range(a + 1, count)
        ]
        between = view.say("notes.efa_correlations", pairs="; ".join(pairs))
    note = view.say(
        "notes.efa",
        extraction=_term(view, "extraction", efa.extraction),
        rotation=_term(view, "rotation", efa.rotation),
        strong=view.numerals.coefficient(_STRONG),
    )
    return Table(
        id=f"efa_{battery}",
        title=view.say("tables.efa", battery=view.battery(battery), factors=count),
        columns=(
            view.column("item", "name"),
            view.column("dimension", "name"),
            *(
                Column(
                    f"factor_{at + 1}",
                    "coefficient",
                    f"F{at + 1}",
                    view.say("columns.efa_loading.meaning"),
                )
                for at in range(count)
            ),
            view.column("communality", "coefficient"),
        ),
        rows=tuple(rows),
        note=f"{note}{view.say('phrases.sentence_space')}{between}".strip(),
        strong=frozenset(strong),
    )


def _term(view: View, kind: str, code: str | None) -> str:
    key = f"terms.{kind}.{code}"
    return view.say(key) if view.words.knows(key) else (code or "–")


def _ml_row(view: View, name: str, model: Fit) -> tuple[Cell, ...]:
    if model.chi2 is None:
        reason = reason_in_words(model.reason or "not_converged", view.words)
        label = Named(name, f"{view.say(f'models.{name}')} – {reason}")
        return (label, *[None] * 9)
    return (
        Named(name, view.say(f"models.{name}")),
        model.chi2,
        model.df,
        model.p,
        model.cfi,
        model.tli,
        _rmsea(model, model.n),
        model.srmr,
        model.aic,
        model.bic,
    )


def _rmsea(model: Fit | ScaledIndices, n: int) -> Estimate | None:
    if model.rmsea is None:
        return None
    return Estimate(model.rmsea, model.rmsea_low, model.rmsea_high, n, _RMSEA)


def fit(view: View, battery: str) -> Table:
    """Return the fit of the instrument's model by ML and MLR, and of its alternatives."""
    found = view.results.factors[battery]
    robust = found.cfa.mlr
    rows = [_ml_row(view, "ml", found.cfa.ml)]
    if robust.chi2 is not None:
        for name, indices in (("scaled", robust.scaled), ("robust", robust.robust)):
            if indices is None:
                continue
            test = (robust.chi2, robust.df, robust.p) if name == "scaled" else (None, None, None)
            rows.append(
                (
                    Named(name, view.say(f"models.{name}")),
                    *test,
                    indices.cfi,
                    indices.tli,
                    _rmsea(indices, robust.n),
                    None,
                    None,
                    None,
                )
            )
    other = found.alternatives
    rows += [
        _ml_row(view, name, model)
        for name, model in (
            ("one_factor", other.one_factor),
            ("higher_order", other.higher_order),
            ("merged", other.merged),
        )
        if model.chi2 is not None or model.reason not in {None, "not_asked", "not_needed"}
    ]
    note = view.say("notes.fit", n=view.numerals.count(found.cfa.ml.n))
    if robust.scaling is not None:
        note += view.say("phrases.sentence_space") + view.say(
            "notes.fit_scaling", scaling=view.numerals.number(robust.scaling, 3)
        )
    if other.merged_factors:
        merged = "; ".join(
            " + ".join(view.dimension(name) for name in group)
            for group in other.merged_factors
            if len(group) > 1
        )
        if merged:
            note += view.say("phrases.sentence_space") + view.say("notes.fit_merged", merged=merged)
    return Table(
        id=f"fit_{battery}",
        title=view.say("tables.fit", battery=view.battery(battery)),
        columns=(
            view.column("model", "name"),
            view.column("chi2", "statistic"),
            view.column("df", "count"),
            view.column("p", "p"),
            view.column("cfi", "index"),
            view.column("tli", "index"),
            view.column("rmsea", "index"),
            view.column("srmr", "index"),
            view.column("aic", "statistic"),
            view.column("bic", "statistic"),
        ),
        rows=tuple(rows),
        note=note,
    )


def correlations(view: View, battery: str) -> Table | None:
    """Return correlations between factors below, HTMT above the diagonal, √AVE on it."""
    found = view.results.factors[battery]
    latent = found.cfa.ml.factor_correlations
    names = [name for name in view.results.dimensions if any(name in k.split("|") for k in latent)]
    if not names:
        return None

    def between(a: str, b: str) -> float | None:
        one = latent.get(f"{a}|{b}") or latent.get(f"{b}|{a}")
        return one.value if one else None

    def ratio(a: str, b: str) -> float | None:
        one = found.htmt.get(f"{a}|{b}") or found.htmt.get(f"{b}|{a}")
        return one.value if one else None

    rows, strong = [], set()
    for row, a in enumerate(names):
        scores = view.results.dimensions[a].validity.get(battery)
        ave = scores.ave.value if scores else None
        cells: list[Cell] = [view.named("dimension", a)]
        for at, b in enumerate(names):
            if a == b:
                strong.add((row, at + 1))
                cells.append(ave**0.5 if ave is not None and ave >= 0 else None)
            else:
                cells.append(between(a, b) if at < row else ratio(a, b))
        rows.append(tuple(cells))
    return Table(
        id=f"factor_correlations_{battery}",
        title=view.say("tables.factor_correlations", battery=view.battery(battery)),
        columns=(
            view.column("dimension", "name"),
            *(
                Column(
                    name,
                    "coefficient",
                    view.dimension(name),
                    view.say("columns.factor_correlation.meaning"),
                )
                for name in names
            ),
        ),
        rows=tuple(rows),
        note=view.say("notes.factor_correlations"),
        strong=frozenset(strong),
    )


def modifications(view: View, battery: str) -> Table | None:
    """Return the ten largest modification indices; None when there are none."""
    indices = view.results.factors[battery].cfa.ml.modification_indices
    largest = sorted(indices, key=lambda one: -one.value)[:_MOST_INDICES]
    if not largest:
        return None

    def name(identifier: str) -> Named:
        known = identifier in view.results.dimensions
        return view.named("dimension" if known else "item", identifier)

    rows = []
    for one in largest:
        key = f"terms.parameter.{one.kind}"
        kind = view.say(key) if view.words.knows(key) else one.kind
        rows.append(
            (
                kind,
                name(one.left),
                name(one.right),
                one.value,
                one.expected_change,
                one.standardised_change,
            )
        )
    return Table(
        id=f"modification_{battery}",
        title=view.say("tables.modification", battery=view.battery(battery)),
        columns=(
            view.column("parameter", "text"),
            view.column("left", "name"),
            view.column("right", "name"),
            view.column("modification_index", "statistic"),
            view.column("expected_change", "signed"),
            view.column("standardised_change", "signed"),
        ),
        rows=tuple(rows),
        note=view.say("notes.modification"),
    )
