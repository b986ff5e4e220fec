"""Maximum likelihood by Fisher scoring, and what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.curvature import hessian
from fivegaps.stats.structural.implied import (
    Implied,
    discrepancy,
    expected_information,
    gradient,
    imply,
)
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.starts import plain_values, start_values
from fivegaps.stats.structural.structure import Matrices, Matrix, Structure, Vector

# Sound models take three to ten steps; what takes more than this many runs away.
_STEPS = 80
# Half the squared distance to the minimum in units of the discrepancy: n times this is
# what is still missing in chi-square.
_CLOSE = 1e-18
_CLOSE_ENOUGH = 1e-11
_SINGULAR = 1e-9
# A minimum at infinity: step after step brings next to nothing of what it promises.
_LEAST_GAIN = 0.01
_IDLE_STEPS = 10


@dataclass(frozen=True, slots=True)
class Solution:
    """A structure fitted to a sample.

    Attributes:
        values: (q,), free parameters.
        minimum: F at the values; chi-square is n · F.
        converged: Whether the gradient vanished, at a point where all parameters are
            determined. Nothing else of a solution that did not converge means anything.
        covariance: (q, q), inverse expected information divided by n.
        reason: not_converged or not_identified, None when converged.
    """

    structure: Structure
    sample: Sample
    values: Vector
    implied: Implied
    minimum: float
    converged: bool
    steps: int
    covariance: Matrix
    reason: str | None = None

    @property
    def matrices(self) -> Matrices:
        """Return the model's matrices at the solution."""
        return self.structure.matrices(self.values)


@dataclass(frozen=True, slots=True)
class _End:
    values: Vector
    implied: Implied
    minimum: float
    converged: bool
    steps: int


def fit(structure: Structure, sample: Sample) -> Solution:
    """Return the maximum likelihood solution, converged or not.

    Fisher scoring with step halving and, where the information is (nearly) singular, a ridge
    that dies out. Negative variances are allowed, as they are findings and not errors. Two
    starts are tried; a bounded or regularised fit is never passed off as a solution.

    Raises:
        CannotCompute: not_identified when the structure has more parameters than S has
            elements.
    """
    if structure.degrees_of_freedom < 0:
        detail = f"{-structure.degrees_of_freedom} parameters more than covariances"
        raise CannotCompute("not_identified", detail)
    best: _End | None = None
    for start in (start_values, plain_values):
        end = _score(structure, sample, start(structure, sample))
        if end is not None and (best is None or end.converged):
            best = end
        if best is not None and best.converged:
            break
    if best is None:
        raise CannotCompute("not_converged", "no start gave a positive definite matrix")
    return _solution(structure, sample, best)


def _solution(structure: Structure, sample: Sample, end: _End) -> Solution:
    information = expected_information(structure, end.implied)
    scale = np.sqrt(np.maximum(np.diag(information), np.finfo(float).tiny))
    scaled = information / np.outer(scale, scale)
    determined = structure.free == 0 or float(np.linalg.eigvalsh(scaled)[0]) > _SINGULAR
    inverse = np.linalg.pinv(scaled, hermitian=True) if not determined else np.linalg.inv(scaled)
    reason = None if determined else "not_identified"
    return Solution(
        structure=structure,
        sample=sample,
        values=end.values,
        implied=end.implied,
        minimum=max(end.minimum, 0.0),
        converged=end.converged and determined,
        steps=end.steps,
        covariance=inverse / np.outer(scale, scale) / sample.n,
        reason=reason if end.converged else "not_converged",
    )


def _score(structure: Structure, sample: Sample, values: Vector) -> _End | None:
    """Return where scoring from the start ends; None when the start itself is impossible."""
    observed = sample.covariance
    log_determinant = float(np.linalg.slogdet(observed)[1])
    implied = imply(structure, values)
    if implied is None:
        return None
    here, ridge = discrepancy(implied, observed, log_determinant), 0.0
    idle = count = 0
    for count in range(_STEPS):
        slope = gradient(structure, implied, observed)
        step = _newton(structure, implied, observed, slope) if not ridge else None
        if step is None:
            step = _step(2 * expected_information(structure, implied), slope, ridge)
        missing = -float(slope @ step)
        if missing < _CLOSE:
            return _End(values, implied, here, converged=True, steps=count)
        moved = _search(structure, sample, log_determinant, (values, here, step, missing))
        if moved is None and missing < _CLOSE_ENOUGH:
            # Rounding leaves nothing to gain: the end is as near as the machine can come.
            return _End(values, implied, here, converged=True, steps=count)
        if moved is None:
            ridge = max(10 * ridge, 1e-4)
            if ridge > 1e4:
                break
            continue
        ridge = ridge / 10 if ridge > 1e-8 else 0.0
        idle = idle + 1 if here - moved[2] < _LEAST_GAIN * missing else 0
        if idle == _IDLE_STEPS:
            break
        values, implied, here = moved
    return _End(values, implied, here, converged=False, steps=count)


def _newton(
    structure: Structure, implied: Implied, observed: Matrix, slope: Vector
) -> Vector | None:
    """Return Newton's step, None where F does not curve upwards in every direction."""
    curvature = hessian(structure, implied, observed)
    diagonal = np.diag(curvature)
    if np.any(diagonal <= 0):
        return None
    scale = np.sqrt(diagonal)
    factor, failed = lapack.dpotrf(curvature / np.outer(scale, scale), lower=True)
    if failed or np.min(np.diag(factor)) < _SINGULAR:
        return None
    answer, failed = lapack.dpotrs(factor, slope / scale, lower=True)
    return None if failed else -answer / scale


def _step(information: Matrix, slope: Vector, ridge: float) -> Vector:
    """Return the scoring step −I⁻¹g, computed in the parameters' own scales."""
    scale = np.sqrt(np.maximum(np.diag(information), 1e-300))
    scaled = information / np.outer(scale, scale)
    scaled[np.diag_indices_from(scaled)] += ridge
    try:
        answer = np.linalg.solve(scaled, slope / scale)
    except np.linalg.LinAlgError:
        scaled[np.diag_indices_from(scaled)] += 1e-6
        answer = np.linalg.lstsq(scaled, slope / scale, rcond=None)[0]
    step: Vector = -answer / scale
    return step if float(slope @ step) <= 0 else -slope / scale**2


def _search(
    structure: Structure,
    sample: Sample,
    log_determinant: float,
    state: tuple[Vector, float, Vector, float],
) -> tuple[Vector, Implied, float] | None:
    """Return the first point along the step that lowers F enough, None when there is none."""
    values, here, step, missing = state
    length = 1.0
    for _ in range(25):
        there = values + length * step
        implied = imply(structure, there)
        if implied is not None:
            value = discrepancy(implied, sample.covariance, log_determinant)
            if np.isfinite(value) and value < here - 1e-4 * length * missing:
                return there, implied, value
        length /= 2
    return None
