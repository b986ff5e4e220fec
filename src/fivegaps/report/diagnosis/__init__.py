"""The report of a diagnosis: the gaps model, causes, remedies, verdicts and what is missing."""
