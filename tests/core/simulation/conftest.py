"""Small instruments of every kind, to simulate."""

from __future__ import annotations

import pytest

from fivegaps.model.instrument import (
    Battery,
    Dimension,
    Instrument,
    Item,
    KanoPair,
    Outcome,
    Structure,
)


def build(batteries: tuple[str, ...], *, points: int = 7, **more: object) -> Instrument:
    """An instrument of two dimensions with three items each and one item in none."""
    members = [("rel", "reliability"), ("emp", "empathy")]
    items = [
        Item(
            id=f"{short}{place}",
            dimension=dimension,
            columns={battery: f"{battery[0]}_{short}{place}" for battery in batteries},
            reversed=f"{short}{place}" == "emp2",
        )
        for short, dimension in members
        for place in (1, 2, 3)
    ]
    items.append(Item("extra", None, {battery: f"{battery[0]}_extra" for battery in batteries}))
    return Instrument(
        id="small",
        version="1",
        languages=("en",),
        title={"en": "Small"},
        batteries=tuple(
            Battery(battery, 1, points, anchors={"en": {1: "low", points: "high"}})
            for battery in batteries
        ),
        dimensions=(Dimension("reliability"), Dimension("empathy")),
        items=tuple(items),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def two_columns() -> Instrument:
    return build(
        ("expectation", "perception"),
        outcomes=(Outcome("satisfaction", ("o1", "o2"), 1, 5),),
        weights={"reliability": "w_rel", "empathy": "w_emp"},
        kano=(KanoPair("rel1", "F1", "D1"), KanoPair("wifi", "F2", "D2")),
        structure=Structure(respondent="id", date="day", seconds="took"),
    )


@pytest.fixture(scope="session")
def zone() -> Instrument:
    return build(("adequate", "desired", "perception"), points=9)


@pytest.fixture(scope="session")
def performance() -> Instrument:
    return build(("perception",), points=5)
