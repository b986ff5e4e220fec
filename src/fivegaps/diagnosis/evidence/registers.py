"""Registers of what the company sets itself and tells others: standards, policies, promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fivegaps.diagnosis.evidence.dossier import NO_REGISTER, NOT_RECORDED, Dossier, Reading, unread
from fivegaps.diagnosis.evidence.figures import Floats, counted_share, share_of
from fivegaps.diagnosis.gap_results import PromiseDelivery
from fivegaps.diagnosis.periods import wave_places
from fivegaps.model.company.registers import Policy, Promise, Standard

Mark = bool | float | None


def standards(dossier: Dossier, measure: str) -> Reading:
    """Return a share of the standards (of the items for coverage states)."""
    register = dossier.company.standards
    if not register:
        return unread(measure, NO_REGISTER)
    name = measure.partition(".")[2]
    if name in _STATES:
        return _covered(dossier, measure, _STATES[name])
    if name == "unmeasured-share":
        if not dossier.company.has("observations"):
            return unread(measure, NO_REGISTER)
        seen = dossier.measured.people.observed.seen.sum(axis=0)
        return share_of(measure, (seen == 0).astype(np.float64))
    if name == "without-owner-share":
        return _missing(measure, [one.owner for one in register])
    return share_of(measure, _marks(register, _STANDARDS[name]))


def policies(dossier: Dossier, measure: str) -> Reading:
    """Return a share of the policies, or of the staff who resist them."""
    register = dossier.company.policies
    if not register:
        return unread(measure, NO_REGISTER)
    name = measure.partition(".")[2]
    if name == "unexplained-share":
        return _missing(measure, [one.explained_on for one in register])
    return share_of(measure, _marks(register, _POLICIES[name]))


def promises(dossier: Dossier, measure: str) -> Reading:
    """Return a share of the promises, or of the times that they were to be kept."""
    register = dossier.company.promises
    if not register:
        return unread(measure, NO_REGISTER)
    name = measure.partition(".")[2]
    if name in _KEPT:
        return _kept(dossier, measure, caused=name == "customer-caused-share")
    if name in _CELLS:
        return _missing(measure, [_CELLS[name](one) for one in register])
    if name == "unpreviewed-share":
        return share_of(measure, _marks(register, _not_previewed))
    delivered = dossier.gaps.gaps.gap4.measured.promises.values()
    return share_of(measure, np.array([_overclaimed(one) for one in delivered]))


def _covered(dossier: Dossier, measure: str, state: str) -> Reading:
    coverage = dossier.gaps.gaps.gap2.coverage
    if not coverage:
        return unread(measure, NO_REGISTER)
    if state == "looser" and all("looser" in one.unchecked for one in coverage.values()):
        return unread(measure, NOT_RECORDED)
    marks = np.array([float(one.state == state) for one in coverage.values()])
    return share_of(measure, marks)


def _missing(measure: str, cells: Sequence[object]) -> Reading:
    """Return the share of empty cells; a column that is empty throughout was not kept."""
    marks = np.array([float(cell is None or cell == "") for cell in cells])
    if marks.all():
        return unread(measure, NOT_RECORDED)
    return share_of(measure, marks)


def _kept(dossier: Dossier, measure: str, *, caused: bool) -> Reading:
    """Return the share of times that were kept, or of failures that customers caused."""
    rows = dossier.company.promise_outcomes
    rows = rows.chosen(wave_places(rows.date, dossier.company.waves) == dossier.wave)
    times = rows.customer_caused if caused else rows.kept
    of = rows.n_given - rows.kept if caused else rows.n_given
    told = ~np.isnan(times) & ~np.isnan(of)
    return counted_share(measure, times[told], of[told], rows.unit[told])


def _overclaimed(promise: PromiseDelivery) -> float:
    high = promise.delivered_minus_claimed.high
    return float("nan") if high is None else float(high < 0)


def _marks(register: Sequence[object], mark: Callable[[object], Mark]) -> Floats:
    marks = [mark(one) for one in register]
    return np.array([np.nan if one is None else float(one) for one in marks])


def _standard(read: Callable[[Standard], Mark]) -> Callable[[object], Mark]:
    return lambda row: read(row) if isinstance(row, Standard) else None


def _policy(read: Callable[[Policy], Mark]) -> Callable[[object], Mark]:
    return lambda row: read(row) if isinstance(row, Policy) else None


def _not(value: bool | None) -> Mark:
    return None if value is None else not value


def _not_previewed(row: object) -> Mark:
    return _not(row.previewed_by_staff) if isinstance(row, Promise) else None


_KEPT = ("kept-share", "customer-caused-share")
_CELLS: dict[str, Callable[[Promise], object]] = {
    "unsigned-share": lambda one: one.signed_by_delivery,
    "without-standard-share": lambda one: one.standard,
}
_STATES = {"uncovered-share": "uncovered", "looser-share": "looser"}
_STANDARDS: dict[str, Callable[[object], Mark]] = {
    "vague-share": _standard(lambda one: one.target is None),
    "without-staff-share": _standard(lambda one: _not(one.written_with_staff)),
    "not-accepted-share": _standard(lambda one: None if one.accepted is None else 1 - one.accepted),
    "not-committed-share": _standard(lambda one: _not(one.committed)),
    "method-fixed-share": _standard(lambda one: _not(one.method_free)),
}
_POLICIES: dict[str, Callable[[object], Mark]] = {
    "conflict-share": _policy(lambda one: bool(one.conflicts_with)),
    "resisted-share": _policy(lambda one: one.resisted),
}
