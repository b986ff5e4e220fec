"""What goes with the outcome, and how features work by Kano."""

from __future__ import annotations

from fivegaps.psychometrics.results import Direct
from fivegaps.report.charts.driver_bars import driver_bars
from fivegaps.report.charts.kano import kano
from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Table, reason_in_words
from fivegaps.report.view import View


def drivers(view: View) -> Section | None:
    """Return the drivers of the outcome; None when no outcome was asked."""
    found = view.results.drivers
    if found is None:
        return None
    title = view.say("sections.drivers")
    if found.reason and not found.predictors:
        reason = reason_in_words(found.reason, view.words)
        text = view.say("drivers.none", reason=reason)
        return Section("drivers", title, "analyst", (Paragraph(text),))
    blocks: list[Block] = [Paragraph(view.say("lead.drivers"))]
    chart = driver_bars(view)
    if chart is not None:
        blocks.append(chart)
    if found.direct is not None and found.direct.f is not None:
        blocks.append(Paragraph(_direct(view, found.direct)))
    if found.penalty_reward:
        blocks.append(_penalty_reward(view))
    return Section("drivers", title, "analyst", tuple(blocks))


def _direct(view: View, direct: Direct) -> str:
    number, coefficient = view.numerals.signed, view.numerals.coefficient
    rejected = direct.p is not None and direct.p < 1 - view.confidence
    return view.say(
        "drivers.direct_rejected" if rejected else "drivers.direct_kept",
        b_p=number(direct.b_perception or 0.0),
        b_e=number(direct.b_expectation or 0.0),
        f=view.numerals.number(direct.f or 0.0),
        df1=direct.df1,
        df2=direct.df2,
        p=view.numerals.p_phrase(direct.p) if direct.p is not None else "–",
        r2=coefficient(direct.r2 or 0.0, 3),
        r2_gap=coefficient(direct.r2_difference or 0.0, 3),
    )


def _penalty_reward(view: View) -> Table:
    found = view.results.drivers
    return Table(
        id="penalty_reward",
        title=view.say("tables.penalty_reward"),
        columns=(
            view.column("dimension", "name"),
            view.column("penalty", "signed"),
            view.column("reward", "signed"),
            view.column("penalty_reward_kind", "text"),
        ),
        rows=tuple(
            (
                view.named("dimension", name),
                one.penalty,
                one.reward,
                view.say(f"terms.penalty_reward.{one.kind}"),
            )
            for name, one in (found.penalty_reward.items() if found else ())
        ),
        note=view.say("notes.penalty_reward"),
    )


def kano_section(view: View) -> Section | None:
    """Return Kano's map with its table; None when no pairs were asked."""
    chart = kano(view)
    if chart is None:
        return None
    blocks = (Paragraph(view.say("lead.kano")), chart)
    return Section("kano", view.say("sections.kano"), "analyst", blocks)
