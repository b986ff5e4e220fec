"""Covariance structures: models, maximum likelihood, robust statistics, fit indices.

Everything here is numbers only. A model of p observed variables and m latent ones is
Σ = Λ(I − B)⁻¹ Ψ (I − B)⁻ᵀ Λᵀ + Θ; the means are left free and take no part.
"""
