"""Run every benchmark: python -m benchmarks."""

from __future__ import annotations

from benchmarks import analysis, company, kernel, submission

if __name__ == "__main__":
    kernel.main()
    analysis.main()
    company.main()
    submission.main()
