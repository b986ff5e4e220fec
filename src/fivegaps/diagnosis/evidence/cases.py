"""Cases of complaint: what they were about, how they went, how fair they felt."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from fivegaps.diagnosis.evidence.dossier import NO_REGISTER, Dossier, Reading, unread
from fivegaps.diagnosis.evidence.figures import Floats, mean_of, share_of
from fivegaps.io.company.rows import JUSTICES, Cases

MANY_CONTACTS = 2
ONE_HANDLER = 1
# A complaint repeats an earlier one of its unit when that was closed so many days before.
REPEATED_WITHIN_DAYS = 90


def cases(dossier: Dossier, measure: str) -> Reading:
    """Return a share or mean over the wave's cases; ``measure`` is ``cases.<name>``."""
    if not dossier.company.has("cases"):
        return unread(measure, NO_REGISTER)
    rows = dossier.cases
    name = measure.partition(".")[2]
    if name.startswith("justice-"):
        place = JUSTICES.index(name.removeprefix("justice-"))
        return mean_of(measure, rows.justice[:, place], rows.unit)
    if name == "days-to-close":
        return mean_of(measure, _days(dossier), rows.unit)
    return share_of(measure, _marks(rows, name), rows.unit)


def _marks(rows: Cases, name: str) -> Floats:
    """Return 1, 0 or NaN for each case (n,)."""
    if name in _SIDES:
        return _on_side(rows, _SIDES[name])
    return _MARKS[name](rows)


def _on_side(rows: Cases, side: str) -> Floats:
    codes, values = rows.cause_side.codes, rows.cause_side.values
    wanted = values.index(side) if side in values else -2
    return np.where(codes < 0, np.nan, (codes == wanted).astype(np.float64))


def _over(counts: Floats, limit: int) -> Floats:
    return np.where(np.isnan(counts), np.nan, (counts > limit).astype(np.float64))


def _days(dossier: Dossier) -> Floats:
    """Return the days until each case was closed (n,); open cases count the days so far.

    Leaving open cases out would make a desk look quick that closes the easy ones only.
    """
    rows = dossier.cases
    everything = np.concatenate([dossier.company.cases.opened, dossier.company.cases.closed])
    known = everything[~np.isnat(everything)]
    if not len(known):
        return np.full(rows.n, np.nan)
    until = np.where(np.isnat(rows.closed), known.max(), rows.closed)
    days = (until.astype("datetime64[D]") - rows.opened.astype("datetime64[D]")).astype(np.float64)
    return np.where(np.isnat(rows.opened), np.nan, np.maximum(days, 0.0))


def _repeated(rows: Cases) -> Floats:
    """Return whether each case is about what a closed case of its unit was about shortly before."""
    found = np.full(rows.n, np.nan)
    day = np.timedelta64(REPEATED_WITHIN_DAYS, "D")
    told = ~np.isnat(rows.opened) & (rows.unit >= 0) & rows.items.any(axis=1)
    for unit in np.unique(rows.unit[told]):
        places = np.flatnonzero(told & (rows.unit == unit))
        for item in range(rows.items.shape[1]):
            about = places[rows.items[places, item]]
            closed = np.sort(rows.closed[about][~np.isnat(rows.closed[about])])
            opened = rows.opened[about]
            before = np.searchsorted(closed, opened, side="right")
            long_before = np.searchsorted(closed, opened - day, side="left")
            again = (before > long_before).astype(np.float64)
            found[about] = np.fmax(found[about], again)
    return found


_SIDES = {"customer-side-share": "customer", "misunderstanding-share": "misunderstanding"}
_MARKS: Mapping[str, Callable[[Cases], Floats]] = {
    "repeated-cause-share": _repeated,
    "many-contacts-share": lambda rows: _over(rows.contacts, MANY_CONTACTS),
    "many-handlers-share": lambda rows: _over(rows.handlers, ONE_HANDLER),
    "not-first-contact-share": lambda rows: 1 - rows.first_contact_solved,
    "reopened-share": lambda rows: rows.reopened,
    "contradicted-share": lambda rows: rows.contradicted,
}
