"""One scan of customers: additive, and the same however it is cut."""

from __future__ import annotations

import numpy as np
from measured_companies import answers, company, items

from fivegaps.diagnosis.customer_counts import CustomerCounter
from fivegaps.diagnosis.customer_voice import CustomerVoice
from fivegaps.engines.local import run


def counted(found, block_rows):
    source = found.customers("2025")
    counter = CustomerCounter(
        found.instrument, found.unit_ids, given=source.column_names, item_sets=((0, 2),)
    )
    return counter, run(source, counter, columns=counter.file_columns, block_rows=block_rows)


def bank(tmp_path):
    rng = np.random.default_rng(6)
    unit = [f"u{one}" if one < 7 else None for one in rng.integers(0, 8, 120)]
    return company(
        tmp_path,
        customers={
            **items("e", answers(rng, 120, 6, missing=0.1)),
            **items("p", answers(rng, 120, 5, missing=0.1)),
            "unit": unit,
            "had_problem": rng.choice(["yes", "no"], 120),
        },
    )


def test_counts_do_not_depend_on_how_the_rows_are_cut(tmp_path):
    found = bank(tmp_path)

    _, whole = counted(found, 120)
    _, parts = counted(found, 7)

    assert whole.n == parts.n == 120
    assert np.array_equal(whole.pairs, parts.pairs)
    assert np.array_equal(whole.troubled, parts.troubled)
    assert np.allclose(whole.sets, parts.sets)
    assert whole.units.keys() == parts.units.keys()
    assert all(np.array_equal(gram, parts.units[unit]) for unit, gram in whole.units.items())


def test_units_add_up_to_the_whole(tmp_path):
    found = bank(tmp_path)
    counter, counts = counted(found, 120)

    whole = CustomerVoice.of(counter, counts)

    each = [whole.of_units((unit,)).n for unit in (*found.unit_ids, "")]
    assert sum(each) == whole.n == 120
    assert each[-1] > 0
    assert whole.sums.clusters.shape[0] == 8


def test_expectations_count_without_perceptions(tmp_path):
    expected, perceived = np.full((10, 8), 6.0), np.full((10, 8), np.nan)
    perceived[:5] = 5
    found = company(tmp_path, customers={**items("e", expected), **items("p", perceived)})

    voice = CustomerVoice.of(*counted(found, 10))

    assert voice.expectation().dimensions["reliability"].n == 10
    assert voice.perception().dimensions["reliability"].n == 5
