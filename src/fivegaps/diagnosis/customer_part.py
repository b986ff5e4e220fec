"""The customer's part in what goes wrong: failures that customers caused."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.results import CustomerPart
from fivegaps.io.company.company import Company
from fivegaps.io.company.rows import CAUSE_SIDES
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import share_estimate

CAUSED = "share of cases with a known side that customers caused, Wilson interval"
MISUNDERSTOOD = "share of cases with a known side that were misunderstandings, Wilson interval"
PROMISES = "share of promises not kept that the customer caused, Wilson interval"

Marks = NDArray[np.bool_]


def customer_part(company: Company, *, confidence: float = 0.95) -> CustomerPart:
    """Return the share of failures that customers caused, of cases and of promises.

    Cases whose side was not noted are left out. Everything on record counts,
    whatever its date.
    """
    cases = company.cases
    side = cases.cause_side.codes
    known = side >= 0

    def share(which: str, some: Marks, method: str) -> Estimate:
        reason = "not_asked" if not company.has("cases") else "too_few"
        n = int((known & some).sum())
        if n == 0:
            return Estimate.cannot(reason, method=method)
        caused = int((known & some & (side == CAUSE_SIDES.index(which))).sum())
        return share_estimate(caused, n, confidence=confidence, method=method)

    everything = np.ones(cases.n, dtype=np.bool_)
    return CustomerPart(
        share=share("customer", everything, CAUSED),
        by_channel={
            channel: share("customer", cases.channel.codes == code, CAUSED)
            for code, channel in enumerate(cases.channel.values)
        },
        misunderstanding=share("misunderstanding", everything, MISUNDERSTOOD),
        promises=_promises(company, confidence),
    )


def _promises(company: Company, confidence: float) -> Estimate:
    rows = company.promise_outcomes
    told = ~(np.isnan(rows.kept) | np.isnan(rows.n_given) | np.isnan(rows.customer_caused))
    failed = round(float((rows.n_given - rows.kept)[told].sum()))
    if failed == 0:
        reason = "no_failures" if told.any() else "not_asked"
        return Estimate.cannot(reason, method=PROMISES)
    caused = round(float(rows.customer_caused[told].sum()))
    return share_estimate(caused, failed, confidence=confidence, method=PROMISES)
