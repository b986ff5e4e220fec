"""Items, reliability, factors, confirmatory models, validity, drivers."""
