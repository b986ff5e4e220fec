"""What a person may choose about an analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fivegaps.errors import OptionRefused
from fivegaps.stats.weights import Margin


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of one analysis; the defaults are those of the command line.

    ``by`` are columns to split by; ``cluster`` the column of sampled branches;
    ``weight`` a column of weights, or ``margins`` known of the population;
    ``outcome`` an outcome's id or a column; ``replicates`` of the bootstrap.
    """

    by: tuple[str, ...] = ()
    cluster: str | None = None
    weight: str | None = None
    margins: tuple[Margin, ...] = ()
    missing: Literal["pairwise", "complete"] = "pairwise"
    outcome: str | None = None
    confidence: float = 0.95
    seed: int = 20_261
    replicates: int = 2000

    def check(self) -> None:
        """Refuse choices that make no sense, whatever the answers.

        Raises:
            OptionRefused: Naming the option.
        """
        if not 0.5 <= self.confidence < 1:
            raise OptionRefused("--confidence", f"{self.confidence:g} is not between 0.5 and 1")
        if self.weight is not None and self.margins:
            raise OptionRefused("--weight", "give a weight column or margins, not both")
        if len(set(self.by)) < len(self.by):
            raise OptionRefused("--by", "the same column is named twice")
        if self.replicates < 100:
            raise OptionRefused("replicates", f"{self.replicates} are too few for an interval")
        if self.seed < 0:
            raise OptionRefused("--seed", "must be 0 or more")
