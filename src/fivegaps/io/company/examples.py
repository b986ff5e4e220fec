"""Two worked rows for every file of a company folder, which check clean together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from fivegaps.io.company.columns import columns_of
from fivegaps.io.company.sheets import FILES
from fivegaps.io.company.voices import OPEN_QUESTION
from fivegaps.knowledge.company_folder import example_words
from fivegaps.model.instrument import Instrument

MARK = "example-"
Row = dict[str, object]


def example_rows(
    instrument: Instrument, *, wave: str, ended: dt.date, lang: str
) -> dict[str, list[Row]]:
    """Return two rows for every file; ids of people and registers begin with ``example-``.

    ``wave`` is the wave's id and ``ended`` its date; texts are in ``lang``.
    """
    words = example_words(lang)
    registers = _registers(instrument, words, wave, ended)
    voices = {
        "customers": [_customer(instrument, words, wave, ended, place) for place in (0, 1)],
        "managers": [_manager(instrument, words, wave, place) for place in (0, 1)],
        "employees": [_employee(instrument, words, wave, place) for place in (0, 1)],
    }
    rows = registers | voices
    return {file: rows[file] for file in FILES}


def _points(instrument: Instrument, names: tuple[str, ...], start: int) -> Row:
    """Return answers that go up and down the upper half of the scale."""
    top = max(battery.maximum for battery in instrument.batteries)
    half = max(top - min(battery.minimum for battery in instrument.batteries), 2) // 2
    return {name: top - (start + place) % half for place, name in enumerate(names)}


def _weights(instrument: Instrument, start: int) -> Row:
    """Return 100 points, shared out over the dimensions."""
    names = [f"w_{dimension.id}" for dimension in instrument.dimensions]
    if not names:
        return {}
    share, rest = divmod(100, len(names))
    shares = [share] * len(names)
    shares[start % len(names)] += rest
    return dict(zip(names, shares, strict=True))


def _asked(instrument: Instrument, file: str, *prefixes: str) -> tuple[str, ...]:
    return tuple(name for name in columns_of(file, instrument) if name.startswith(prefixes))


def _customer(
    instrument: Instrument, words: Mapping[str, str], wave: str, ended: dt.date, place: int
) -> Row:
    batteries = ("e_", "p_", "a_", "d_", "i_", "s_")
    return {
        "respondent": f"{MARK}{place + 1}", "wave": wave, "unit": "branch-1",
        "channel": words["channel_2" if place else "channel"], "date": ended,
        **_points(instrument, _asked(instrument, "customers", *batteries), place),
        **_weights(instrument, place),
        **dict.fromkeys(_asked(instrument, "customers", "o_"), 5 + place), "o_worry": 2,
        "had_problem": "no" if place else "yes", "complained": "no",
    }  # fmt: skip


def _manager(instrument: Instrument, words: Mapping[str, str], wave: str, place: int) -> Row:
    return {
        "respondent": f"{MARK}m{place + 1}", "wave": wave,
        "unit": "branch-1" if place else "head-office", "level": 2 if place else 1,
        **_points(instrument, _asked(instrument, "managers", "e_"), place),
        **_weights(instrument, place),
        **dict.fromkeys(_asked(instrument, "managers", "s_"), 4 + place),
        **dict.fromkeys(_asked(instrument, "managers", "s_")[-1:], "none" if place else 4),
        **dict.fromkeys(_asked(instrument, "managers", "a_"), 5 - place),
        **dict.fromkeys(_asked(instrument, "managers", "x_"), 5 + place),
        f"x_{OPEN_QUESTION}": words["better"],
    }  # fmt: skip


def _employee(instrument: Instrument, words: Mapping[str, str], wave: str, place: int) -> Row:
    return {
        "respondent": f"{MARK}e{place + 1}", "wave": wave, "unit": "branch-1",
        "role": "support" if place else "contact",
        **dict.fromkeys(_asked(instrument, "employees", "d_", "c_"), 5 - place),
        **_points(instrument, _asked(instrument, "employees", "e_", "m_"), place),
        **dict.fromkeys(_asked(instrument, "employees", "a_"), 4 + place),
        **dict.fromkeys(_asked(instrument, "employees", "i_"), 4 + place),
        "problem": words["problem"], "first_change": words["change"],
        "support_unit": words["it"],
    }  # fmt: skip


def _registers(
    instrument: Instrument, words: Mapping[str, str], wave: str, ended: dt.date
) -> dict[str, list[Row]]:
    def before(days: int) -> dt.date:
        return ended - dt.timedelta(days=days)

    items = [item.id for item in instrument.items]
    pair = ";".join(items[:2])
    last = items[-1]
    dimension = instrument.dimensions[0].id if instrument.dimensions else ""
    top = max(battery.maximum for battery in instrument.batteries)
    branch, timely, exact = "branch-1", f"{MARK}waiting", f"{MARK}records"
    quick, right = f"{MARK}quick", f"{MARK}right"
    return {
        "units": [
            {"unit": "head-office", "name": words["head_office"], "kind": "head office"},
            {"unit": branch, "parent": "head-office", "name": words["branch"], "kind": "branch",
             "opened": before(3650)},
        ],
        "standards": [
            {"standard": timely, "text": words["standard"], "touchpoint": words["touchpoint"],
             "items": pair, "measure": words["waiting"], "comparison": "at_most", "target": 10,
             "unit_of_measure": words["minutes"], "tolerance": 2, "level": top - 1,
             "source": words["source"], "owner": words["owner"], "written_with_staff": "yes",
             "result_fixed": "yes", "method_free": "yes", "accepted": 0.8, "committed": "yes"},
            {"standard": exact, "text": words["standard_2"], "items": last,
             "measure": words["errors"], "comparison": "at_least", "target": 0.98,
             "unit_of_measure": words["share"], "level": top, "owner": words["owner"],
             "written_with_staff": "no", "result_fixed": "yes", "method_free": "no"},
        ],
        "observations": [
            {"standard": timely, "unit": branch, "wave": wave, "date": before(20), "value": 11.5},
            {"standard": exact, "unit": branch, "wave": wave, "date": before(20), "met": 47,
             "n": 50},
        ],
        "policies": [
            {"policy": f"{MARK}refunds", "text": words["policy"], "purpose": words["purpose"],
             "conflicts_with": f"{timely};customer", "resisted": 0.3,
             "explained_on": before(200)},
            {"policy": f"{MARK}calls", "text": words["policy_2"], "purpose": words["purpose_2"],
             "conflicts_with": "customer"},
        ],
        "promises": [
            {"promise": quick, "text": words["promise"], "medium": words["medium"],
             "campaign": words["campaign"], "from": before(90), "until": before(0),
             "items": pair, "level": top, "standard": timely, "signed_by_delivery": before(95),
             "previewed_by_staff": "yes"},
            {"promise": right, "text": words["promise_2"], "medium": words["medium"],
             "from": before(60), "items": last, "level": top, "previewed_by_staff": "no"},
        ],
        "promise_outcomes": [
            {"promise": quick, "unit": branch, "date": before(10), "kept": 41, "n": 50,
             "customer_caused": 2},
            {"promise": right, "unit": branch, "date": before(10), "kept": 96, "n": 100,
             "customer_caused": 0},
        ],
        "cases": [
            {"case": f"{MARK}1", "unit": branch, "channel": words["channel"],
             "opened": before(40), "closed": before(36), "items": items[0], "contacts": 3,
             "handlers": 2, "first_contact_solved": "no", "reopened": "no",
             "contradicted": "yes", "cause_side": "company", "justice_distributive": 4,
             "justice_procedural": 3, "justice_interactional": 6},
            {"case": f"{MARK}2", "unit": branch, "channel": words["channel_2"],
             "opened": before(30), "items": last, "contacts": 1, "handlers": 1,
             "first_contact_solved": "yes", "cause_side": "customer"},
        ],
        "ideas": [
            {"idea": f"{MARK}1", "unit": branch, "from": "staff", "submitted": before(80),
             "answered": before(66), "decision": words["idea"], "cost_change": -500,
             "satisfaction_change": 0.1},
            {"idea": f"{MARK}2", "unit": branch, "from": "customer", "submitted": before(50),
             "decision": words["idea_2"], "cost_change": 2000},
        ],
        "decisions": [
            {"decision": f"{MARK}1", "unit": branch, "date": before(25), "amount": 40,
             "within_limit": "yes", "good_faith": "yes", "overridden": "no"},
            {"decision": f"{MARK}2", "unit": branch, "date": before(24), "amount": 300,
             "within_limit": "no", "good_faith": "yes", "overridden": "yes"},
        ],
        "competitors": [
            {"competitor": f"{MARK}a", "wave": wave, "dimension": dimension,
             "item": "" if dimension else items[0], "mean": top - 2, "sd": 1.2, "n": 150,
             "source": words["panel"]},
            {"competitor": f"{MARK}a", "wave": wave, "item": last, "mean": top - 1.5, "sd": 1.1,
             "n": 150, "source": words["panel"]},
        ],
        "facts": [
            {"unit": "", "wave": wave, "fact": "management_layers", "value": 5},
            {"unit": branch, "wave": wave, "fact": "staff", "value": 14},
        ],
        "actions": [
            {"action": f"{MARK}1", "metric": f"gap5.{dimension or 'overall'}", "target": -0.5,
             "margin": 0.25, "units": branch, "chosen_for_being_worst": "no",
             "wave_before": wave, "registered": before(-7), "started": before(-14),
             "due": before(-365)},
            {"action": f"{MARK}2", "metric": "fact.management_layers", "target": 4, "margin": 0,
             "chosen_for_being_worst": "no", "wave_before": wave, "registered": before(-7),
             "started": before(-30), "due": before(-365), "better": "lower"},
        ],
    }  # fmt: skip
