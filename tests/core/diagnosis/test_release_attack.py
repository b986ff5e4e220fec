"""What diagnose releases, attacked by one who solves the linear system of all of it."""

from __future__ import annotations

import numpy as np
import pytest
from attacked_companies import attacked_company
from release_attacker import FEWEST, System, systems

from fivegaps.diagnosis.diagnose import diagnose
from fivegaps.diagnosis.encoding import diagnosis_object
from fivegaps.stats.lattice import Lattice

COMPANIES = 40
OPENED = 10


def attacked(folder, seed):
    """Return a company, its results.json and what the attacker knows from it."""
    company = attacked_company(folder / str(seed), seed)
    results = diagnosis_object(diagnose(company))
    return company, results, systems(company, results)


@pytest.mark.parametrize("seed", range(COMPANIES))
def test_no_figures_together_are_about_few_people_or_one_mind(tmp_path, seed):
    company, _, known = attacked(tmp_path, seed)

    exposed = [(system.voice, system.exposed()) for system in known]
    told = {"managers"} if company.settings.managers_census else set()
    alike = [system.of_one_mind() for system in known if system.voice not in told]

    assert [one for one in exposed if one[1] is not None] == []
    assert [one for one in alike if one is not None] == []
    assert sum(len(system.rows) for system in known) > 100


def test_the_attacker_finds_people_where_the_gate_stands_open(tmp_path, monkeypatch):
    """Who withholds by n alone, as before, gives people away in nearly every company."""

    def by_number(self, values, unit, limits, **_):
        own = np.zeros((self.whole + 1, values.shape[1]))
        np.add.at(own, self.places(unit), ~np.isnan(values))
        for level in self.levels:
            np.add.at(own, self.parents[level], own[level])
        return own >= limits.minimum

    def linked(self, items, scores, unit, limits, **_):
        return by_number(self, items, unit, limits), by_number(self, scores[:, None], unit, limits)[
            :, 0
        ]

    monkeypatch.setattr(Lattice, "release", by_number)
    monkeypatch.setattr(Lattice, "release_linked", linked)

    found = [
        any(system.exposed() is not None for system in attacked(tmp_path, seed)[2])
        for seed in range(OPENED)
    ]

    assert sum(found) >= 0.8 * OPENED


def test_the_attacker_sees_what_differencing_tells():
    answers = np.array([1.0, 2, 3, 4, 5, 6, 7, 2, 2])[:, None]
    system = System("employees", answers, np.repeat([0, 1], [7, 2]))
    system.learn({"value": 32 / 9}, system.mean(lambda unit: unit >= 0, 0))
    system.learn({"value": 4.0}, system.mean(lambda unit: unit == 0, 0))

    assert sorted(system.exposed()) == [7, 8]
    assert len(system.exposed()) < FEWEST["employees"]
    assert np.flatnonzero(system.of_one_mind()).tolist() == [7, 8]
