"""What a report shows of leading by serving and of engagement, where they were asked."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from diagnosed_company import diagnosed

from fivegaps.diagnosis.gap_results import Commitment, ConstructScore
from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.diagnosis.leading import leading
from fivegaps.report.diagnosis.names import names_of
from fivegaps.report.diagnosis.seen import Seen
from fivegaps.report.document import Paragraph, Subheading
from fivegaps.report.tables import Table
from fivegaps.stats.estimate import Estimate, GapEstimate


@pytest.fixture(scope="module")
def made():
    return diagnosed()


METHOD = "mean of respondents' construct scores"
DIFFERENCE = "difference of means, Welch"


def seen_with(made, lang="en", *, low=0.7):
    """Return the report on a company whose managers rate themselves 6.2 and whose staff 4.9."""
    diagnosis, company = made
    seen = Seen(diagnosis, company.instrument, lang, names_of(company))
    both = Commitment(
        managers=Estimate(6.2, 5.9, 6.5, 24, METHOD),
        staff=Estimate(4.9, 4.6, 5.2, 180, METHOD),
        difference=GapEstimate(1.3, low, 1.9, 204, DIFFERENCE),
    )
    constructs = dict(seen.measured.constructs)
    constructs["employees.engagement"] = ConstructScore(5.1, 4.9, 5.3, 180, METHOD, sd=1.1)
    wave = replace(seen.measured, leadership=both, constructs=constructs)
    waves = {**diagnosis.waves, seen.wave: wave}
    changed = replace(diagnosis, waves=waves)
    return Seen(changed, company.instrument, lang, names_of(company))


def prose(blocks):
    return [one.text for one in blocks if isinstance(one, Paragraph)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_ratings_and_engagement_are_tables_in_every_language(made, lang):
    blocks = leading(seen_with(made, lang))

    heads = [one.id for one in blocks if isinstance(one, Subheading)]
    tables = {one.id: one for one in blocks if isinstance(one, Table)}
    assert heads == ["leadership", "engagement"]
    assert [row[-1] for row in tables["leadership"].rows] == [24, 180, 204]
    assert [row[-1] for row in tables["engagement"].rows] == [180]


def test_leaders_who_rate_themselves_higher_are_told_so(made):
    (told, _) = prose(leading(seen_with(made)))

    assert told.startswith("Managers rate how they serve their staff higher than staff do: +1.3")


def test_a_difference_that_may_be_chance_is_told_as_such(made):
    (told, _) = prose(leading(seen_with(made, low=-0.1)))

    assert told.startswith("Managers and staff are not shown to differ")


def test_nothing_is_told_of_what_nobody_was_asked(made):
    diagnosis, company = made
    seen = seen_with(made)
    silent = replace(
        seen.measured,
        leadership=replace(seen.measured.leadership, managers=Estimate.cannot("not_asked")),
        constructs={"employees.teamwork": seen.measured.constructs["employees.teamwork"]},
    )
    changed = replace(diagnosis, waves={**diagnosis.waves, seen.wave: silent})

    assert leading(Seen(changed, company.instrument, "en", names_of(company))) == []
