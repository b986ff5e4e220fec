"""Start values: from each block's own correlations, so that scoring begins near its end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import Matrices, Matrix, Place, Structure, Vector

_LOWEST, _HIGHEST = 0.25, 0.95
_LARGEST_CORRELATION = 0.9


def _first_axis(correlation: Matrix) -> Vector:
    """Return loadings of one factor by one step of principal axes, kept off the borders."""
    if len(correlation) == 1:
        return np.ones(1)
    reduced = correlation.copy()
    away = np.abs(correlation - np.eye(len(correlation)))
    np.fill_diagonal(reduced, away.max(axis=1))
    values, vectors = np.linalg.eigh(reduced)
    axis = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0))
    if axis.sum() < 0:
        axis = -axis
    size = np.clip(np.abs(axis), _LOWEST, _HIGHEST)
    loadings: Vector = np.where(axis < 0, -size, size)
    return loadings


def composite_correlations(correlation: Matrix, blocks: Sequence[Sequence[int]]) -> Matrix:
    """Return correlations of the blocks' sums, freed of unreliability and drawn inside (m, m)."""
    loadings = np.zeros((len(correlation), len(blocks)))
    for factor, items in enumerate(blocks):
        chosen = np.asarray(items)
        loadings[chosen, factor] = _first_axis(correlation[np.ix_(chosen, chosen)])
    signs = np.sign(loadings)
    true = np.einsum("pm,pm->m", signs, loadings)
    between = signs.T @ correlation @ signs / np.outer(true, true)
    between = np.clip(between, -_LARGEST_CORRELATION, _LARGEST_CORRELATION)
    np.fill_diagonal(between, 1.0)
    smallest = float(np.linalg.eigvalsh(between)[0])
    if smallest < 1 - _LARGEST_CORRELATION:
        keep = _LARGEST_CORRELATION / (1 - smallest)
        between = keep * between + (1 - keep) * np.eye(len(between))
    return between


def start_values(structure: Structure, sample: Sample) -> Vector:
    """Return start values (q,) for any structure.

    Each latent variable with indicators is first a factor of variance 1 of those indicators;
    it then takes the unit that a fixed loading gives it. Latent variables without indicators
    get theirs from the correlations of the latent variables that depend on them.
    """
    correlation = sample.correlation()
    deviations = np.sqrt(np.diag(sample.covariance))
    blocks, markers = _indicators(structure)
    measured = [latent for latent in range(structure.latent) if blocks[latent]]
    loadings = np.zeros((structure.observed, structure.latent))
    covariance = np.eye(structure.latent)
    covariance[np.ix_(measured, measured)] = composite_correlations(
        correlation, [blocks[latent] for latent in measured]
    )
    for latent in measured:
        chosen = np.asarray(blocks[latent])
        axis = _first_axis(correlation[np.ix_(chosen, chosen)])
        loadings[chosen, latent] = axis * deviations[chosen]
    _extend(structure, covariance, measured)
    scale = np.ones(structure.latent)
    for latent, (item, value) in markers.items():
        scale[latent] = loadings[item, latent] / value
    explained = np.minimum((loadings**2).sum(axis=1) / deviations**2, _HIGHEST**2)
    regressions, disturbances = _regressed(structure, covariance)
    start = Matrices(
        loadings=loadings,
        regressions=regressions,
        latent=disturbances,
        residual=np.diag(deviations**2 * (1 - explained)),
    )
    return structure.values(start.rescaled(scale))


def plain_values(structure: Structure, sample: Sample) -> Vector:
    """Return a second, cautious start (q,): equal loadings, uncorrelated latent variables."""
    deviations = np.sqrt(np.diag(sample.covariance))
    loadings = np.repeat(0.6 * deviations[:, None], structure.latent, axis=1)
    _, markers = _indicators(structure)
    scale = np.ones(structure.latent)
    for latent, (item, value) in markers.items():
        scale[latent] = loadings[item, latent] / value
    start = Matrices(
        loadings=loadings,
        regressions=np.full((structure.latent, structure.latent), 0.1),
        latent=np.eye(structure.latent),
        residual=np.diag(0.64 * deviations**2),
    )
    return structure.values(start.rescaled(scale))


def _indicators(
    structure: Structure,
) -> tuple[list[list[int]], dict[int, tuple[int, float]]]:
    """Return the indicators of each latent variable, and its fixed loading where it has one."""
    blocks: list[list[int]] = [[] for _ in range(structure.latent)]
    markers: dict[int, tuple[int, float]] = {}
    for one in structure.parameters:
        if one.place is Place.LOADING and one.fixed != 0:
            blocks[one.column].append(one.row)
            if one.fixed is not None:
                markers.setdefault(one.column, (one.row, one.fixed))
    return blocks, markers


def _extend(structure: Structure, covariance: Matrix, measured: list[int]) -> None:
    """Write into the covariances (m, m) those of latent variables that have no indicators."""
    for latent in range(structure.latent):
        if latent in measured:
            continue
        children = [
            one.row
            for one in structure.parameters
            if one.place is Place.REGRESSION and one.column == latent and one.row in measured
        ]
        if children:
            axis = _first_axis(covariance[np.ix_(children, children)])
            covariance[latent, children] = covariance[children, latent] = axis


def _regressed(structure: Structure, covariance: Matrix) -> tuple[Matrix, Matrix]:
    """Return B and Ψ (m, m) that give the covariances as nearly as the structure allows."""
    regressions = np.zeros_like(covariance)
    disturbances = covariance.copy()
    for row in range(structure.latent):
        causes = sorted(
            {
                one.column
                for one in structure.parameters
                if one.place is Place.REGRESSION and one.row == row
            }
        )
        if not causes:
            continue
        between = covariance[np.ix_(causes, causes)]
        slopes = np.linalg.lstsq(between, covariance[causes, row], rcond=None)[0]
        regressions[row, causes] = slopes
        left = float(covariance[row, row] - slopes @ covariance[causes, row])
        disturbances[row, :] = disturbances[:, row] = 0.0
        disturbances[row, row] = max(left, 0.1 * float(covariance[row, row]))
    return regressions, disturbances
