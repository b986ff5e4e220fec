"""An attacker who holds results.json, and knows who is where and who answered what.

He writes every figure about managers and employees as a linear function of the single
answers, solves the system, and looks for combinations of figures that are about fewer
than k people. What customers say and which level a standard has is public, so a gap
between voices gives away the voice's own mean. He knows nothing of how the gate decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fivegaps.diagnosis.gaps.blind_spot import QUESTIONS
from fivegaps.io.company.rows import ROLES

FEWEST = {"managers": 3, "employees": 5}
CLOSE = 1e-7


@dataclass
class System:
    """What is known of one set of questions: rows are linear in (people × questions)."""

    voice: str
    answers: np.ndarray
    unit: np.ndarray
    rows: list = field(default_factory=list)

    @property
    def given(self):
        """Who answered what, which the attacker knows."""
        return ~np.isnan(self.answers)

    def mean(self, node, question):
        """Return the mean of one question over a unit's people, as a row."""
        inside = self.given[:, question] & node(self.unit)
        row = np.zeros(self.given.shape)
        row[inside, question] = 1 / max(inside.sum(), 1)
        return row

    def scored(self, node, questions):
        """Return the mean of people's means over half of the questions or more, as a row."""
        asked = [one for one in questions if self.given[:, one].any()]
        answered = self.given[:, asked].sum(axis=1)
        inside = (answered > 0) & (answered * 2 >= len(asked)) & node(self.unit)
        row = np.zeros(self.given.shape)
        for one in asked:
            row[:, one] = (inside & self.given[:, one]) / np.maximum(answered, 1)
        return row / max(inside.sum(), 1)

    def learn(self, figure, row):
        """Note a figure, if it has a value."""
        if figure is not None and figure.get("value") is not None:
            self.rows.append(row.ravel())

    def learn_mean_of(self, figure, rows):
        """Note a figure that is the mean of others."""
        some = [row for row in rows if row.any()]
        if some:
            self.learn(figure, sum(some) / len(some))

    def of_one_mind(self):
        """Return a group that all gave the same answer, of whom the mean follows, or None.

        A cell is such a group, and so is what is left of it without another inside it.
        """
        shape = self.answers.shape
        cells = {row.tobytes(): row.reshape(shape) != 0 for row in self.rows}
        for question in range(shape[1]):
            told = [cell[:, question] for cell in cells.values() if not _others(cell, question)]
            rests = [one & ~two for one in told for two in told if not (two & ~one).any()]
            for group in (*told, *rests):
                if group.any() and np.ptp(self.answers[group, question]) == 0:
                    return group
        return None

    def exposed(self):
        """Return fewer than k people whom a combination of figures is about, or None."""
        different = {row.tobytes(): row for row in self.rows}
        rows = np.array(list(different.values()))
        return fewer_than(rows, self.given.shape, FEWEST[self.voice])


def _others(cell, question):
    return not cell[:, question].any() or np.delete(cell, question, axis=1).any()


def fewer_than(rows, shape, k):
    """Return fewer than k people on whom some combination of rows rests, or None.

    With orthonormal rows V such a combination is a unit vector of their space that is 0
    outside these people's columns: V restricted to them has a singular value of 1. One
    person more adds at most the square of his own largest one to its square, so that few
    sets have to be looked at.
    """
    if len(rows) == 0:
        return None
    _, sizes, basis = np.linalg.svd(rows, full_matrices=False)
    basis = basis[sizes > 1e-9 * sizes[0]].reshape(-1, *shape).transpose(1, 2, 0)
    own = np.linalg.eigvalsh(basis @ basis.transpose(0, 2, 1))[:, -1]
    order = np.argsort(-own)

    def search(chosen, reach, start):
        left = k - 1 - len(chosen)
        for at in range(start, len(order) if left else 0):
            if reach + left * own[order[at]] < 1 - CLOSE:
                return None
            people = [*chosen, int(order[at])]
            part = basis[people].reshape(-1, basis.shape[2])
            wide = part.shape[0] > part.shape[1]
            further = np.linalg.eigvalsh(part.T @ part if wide else part @ part.T)[-1]
            if further > 1 - CLOSE:
                return people
            found = search(people, further, at + 1)
            if found is not None:
                return found
        return None

    return search([], 0.0, 0)


def everywhere(unit):
    """Return that everybody belongs to the whole company."""
    return np.ones(len(unit), dtype=bool)


def systems(company, results):
    """Return what the attacker knows of each set of questions of each wave."""
    found = []
    for place, wave in enumerate(company.settings.wave_ids):
        told = results["waves"].get(wave)
        if told is not None:
            found += _Wave(company, place, told, results["causes"]).systems()
    return found


class _Wave:
    """One wave as the attacker sees it."""

    def __init__(self, company, place, told, causes):
        self.company, self.told, self.causes = company, told, causes
        self.managers = company.managers.chosen(company.managers.wave == place)
        self.staff = company.employees.chosen(company.employees.wave == place)
        self.contact = self.staff.chosen(self.staff.role.codes != ROLES.index("support"))
        rated = company.internal_service
        self.services = rated.chosen((rated.wave == place) & (rated.support_unit.codes >= 0))
        dimension = [item.dimension for item in company.instrument.items]
        self.items_of = [
            [at for at, one in enumerate(dimension) if one == name] for name in self.dimensions
        ]

    @property
    def dimensions(self):
        return self.company.dimension_ids

    def cells(self):
        """Yield what is told of the whole and of each unit, with who belongs to it."""
        yield self.told, everywhere
        ids = self.company.unit_ids
        for name, told in self.told["units"].items():
            below = [ids.index(one) for one in self.company.below(name)]
            yield told, lambda unit, below=below: np.isin(unit, below)

    def systems(self):
        return [
            self.believed("managers", self.managers.expectation, self.managers.unit, "gap1"),
            self.believed("employees", self.staff.expectation, self.staff.unit, "gap6"),
            self.believed("employees", self.staff.manager_expectation, self.staff.unit, "gap7"),
            *self.rated("managers", self.managers.standards, self.managers, "gap2"),
            *self.rated("employees", self.contact.delivery, self.contact, "gap3"),
            *self.rated("employees", self.contact.promises, self.contact, "gap4"),
            self.points(),
            self.audited(),
            *self.constructs(),
            *self.served(),
        ]

    def believed(self, voice, answers, unit, gap):
        """Items, dimensions and the whole; of managers also standards' levels and gap 7."""
        system = System(voice, answers, unit)
        items = self.company.item_ids
        for told, node in self.cells():
            gaps = [told["gaps"][gap]["surveyed"]]
            gaps += [told["gaps"]["gap7"]["surveyed"]] if gap == "gap1" else []
            gaps += [one["sides"][voice] for one in gaps if one.get("sides")]
            for surveyed in gaps:
                of_items = [system.mean(node, at) for at in range(len(items))]
                of_dimensions = [system.scored(node, inside) for inside in self.items_of]
                for name, row in zip(items, of_items, strict=True):
                    system.learn(surveyed["items"].get(name), row)
                for name, row in zip(self.dimensions, of_dimensions, strict=True):
                    system.learn(surveyed["dimensions"].get(name), row)
                system.learn_mean_of(surveyed["overall"], of_dimensions)
            if gap == "gap1":
                self._levels(system, told["gaps"]["gap2"]["measured"], of_items, of_dimensions)
        return system

    def _levels(self, system, measured, of_items, of_dimensions):
        """Levels less items; where every item of a dimension has a level, less its scores."""
        set_by = [
            any(
                item in one.items and one.level is not None and one.target is not None
                for one in self.company.standards
            )
            for item in self.company.item_ids
        ]
        for name, item in zip(self.company.item_ids, of_items, strict=True):
            system.learn(measured["items"].get(name), item)
        levelled = []
        for name, inside, scored in zip(self.dimensions, self.items_of, of_dimensions, strict=True):
            asked = [at for at in inside if of_items[at].any()]
            rows = [of_items[at] for at in asked if set_by[at]]
            if rows:
                whole = len(rows) == len(asked)
                levelled.append(scored if whole else sum(rows) / len(rows))
                system.learn(measured["dimensions"].get(name), levelled[-1])
        system.learn_mean_of(measured["overall"], levelled)

    def rated(self, voice, ratings, people, gap):
        """Ratings of dimensions, and the box "no standard"."""
        system = System(voice, ratings, people.unit)
        marks = np.where(np.isnan(ratings), np.nan, 0.0)
        if gap != "gap4":
            marks[people.no_standard] = 1.0
        boxes = System(voice, marks, people.unit)
        for told, node in self.cells():
            rated = told["gaps"][gap]["self_rated"]
            rows = [system.mean(node, at) for at in range(len(self.dimensions))]
            for at, name in enumerate(self.dimensions):
                figure = rated["dimensions"][name]
                system.learn(figure, rows[at])
                boxes.learn(figure.get("none_share"), boxes.mean(node, at))
            system.learn_mean_of(rated["overall"], rows)
        for measure, figure in self.evidence():
            if measure.startswith(f"{gap}.") and gap != "gap2":
                at = self.dimensions.index(measure.partition(".")[2])
                system.learn(figure, system.mean(everywhere, at))
        return [system, boxes]

    def points(self):
        """Shares of 100 points; the last follows from the others."""
        system = System("managers", self.managers.weights, self.managers.unit)
        for told, node in self.cells():
            for at, name in enumerate(self.dimensions):
                system.learn(told["gaps"]["gap1"]["weights"].get(name), system.mean(node, at))
        return system

    def audited(self):
        """Questions of the self-audit, and their dimensions."""
        names = list(self.managers.audit)
        answers = np.column_stack([self.managers.audit[one] for one in names])
        system = System("managers", answers, self.managers.unit)
        for told, node in self.cells():
            spot = told["blind_spot"]
            for at, name in enumerate(names):
                system.learn(spot["questions"].get(name), system.mean(node, at))
            for name, figure in spot["dimensions"].items():
                inside = [names.index(one) for one in QUESTIONS.get(name, ()) if one in names]
                system.learn(figure, system.scored(node, inside))
        for measure, figure in self.evidence():
            if measure.startswith("audit.") and measure[6:] in names:
                row = system.mean(everywhere, names.index(measure[6:]))
                system.learn(figure, row)
        return system

    def constructs(self):
        """Each construct by itself."""
        found = []
        for voice, people in (("managers", self.managers), ("employees", self.staff)):
            for name, scores in people.scores.items():
                system = System(voice, scores[:, None], people.unit)
                for told, node in self.cells():
                    system.learn(told["constructs"].get(f"{voice}.{name}"), system.mean(node, 0))
                whole = system.mean(everywhere, 0)
                for measure, figure in self.evidence():
                    if measure == f"construct.{voice}.{name}":
                        system.learn(figure, whole)
                if name in {"commitment", "commitment-seen"}:
                    side = "managers" if voice == "managers" else "staff"
                    system.learn(self.told["commitment"][side], whole)
                if name in {"leads-by-serving", "served-by-leaders"}:
                    side = "managers" if voice == "managers" else "staff"
                    system.learn(self.told["leadership"][side], whole)
                found.append(system)
        return found

    def served(self):
        """Support units: each rater's answers about each are answers of their own."""
        rated = self.services
        found = []
        for at, name in enumerate(self.dimensions):
            system = System("employees", rated.ratings[:, [at]], rated.unit)
            for code, subject in enumerate(rated.support_unit.values):
                told = self.told["internal_service"].get(subject)
                about = rated.support_unit.codes == code
                if told is not None:
                    system.learn(told["dimensions"][name], system.mean(lambda _, a=about: a, 0))
            found.append(system)
        return found

    def evidence(self):
        """Yield the figures told as evidence of causes, which are about the whole company."""
        for cause in self.causes:
            for side in ("for", "against"):
                for one in cause[side]:
                    if one.get("estimate") is not None:
                        yield one["measure"], one["estimate"]
