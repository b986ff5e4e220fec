"""The checker of causes, remedies, measures, the mission's list and the other voices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fivegaps.errors import Fault, FileRefused
from fivegaps.knowledge.bibliography import bibliography
from fivegaps.knowledge.causes import cause, cause_ids, causes
from fivegaps.knowledge.checking import CHARSETS
from fivegaps.knowledge.measures import DIMENSIONS, measure, measures
from fivegaps.knowledge.mission import mission_lines
from fivegaps.knowledge.remedies import remedy, remedy_ids
from fivegaps.knowledge.shelf import profile_ids
from fivegaps.knowledge.voice_checking import check_voices
from fivegaps.model.instrument import LANGUAGES
from fivegaps.model.knowledge import GAPS, POLICIES, Cause, Remedy, Sign

WHOLE_TEXTS = ("en", "vi")
LONGEST_TITLE = 9
FEWEST_STEPS, MOST_STEPS = 3, 6
METRIC = re.compile(
    r"gap1\.(<dimension>|overall|DIMENSION)"
    r"|gap5\.(<dimension>|overall|DIMENSION)"
    r"|perception\.(<dimension>|<item>|DIMENSION|[a-z]{3}\d)"
    r"|outcome\.(satisfaction|recommend|repurchase|trust|worry|heard|image)"
    r"|observation\.<standard>|kept\.<promise>"
    r"|construct\.(managers|employees)\.[a-z-]+"
    r"|fact\.[a-z0-9_]+".replace("DIMENSION", "|".join(DIMENSIONS))
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def check_knowledge() -> dict[str, tuple[Fault, ...]]:
    """Return the faults of causes, remedies, measures and voices by file; none when all is well."""
    found: dict[str, tuple[Fault, ...]] = {}
    for name in cause_ids():
        try:
            found[f"causes/{name}.toml"] = check_cause(cause(name), name)
        except FileRefused as refused:
            found[f"causes/{name}.toml"] = refused.faults
    for name in remedy_ids():
        try:
            found[f"remedies/{name}.toml"] = check_remedy(remedy(name), name)
        except FileRefused as refused:
            found[f"remedies/{name}.toml"] = refused.faults
    found["measures.toml"] = tuple(_measures())
    found.update(check_voices())
    if not any(found.values()):
        found["remedies"] = tuple(_unprescribed())
    return {place: faults for place, faults in found.items() if faults}


def check_cause(checked: Cause, file: str) -> tuple[Fault, ...]:
    """Return what is wrong with a cause that was read from ``causes/<file>.toml``."""
    return (
        *_named(checked.id, file),
        *_titled(checked.title),
        *_told("text", checked.text),
        *_references(checked),
        *_required("sign", checked.signs),
        *_required("remedy", checked.remedies),
        *_required("source", checked.sources),
        *(
            Fault(f"remedy {one!r} does not exist.")
            for one in checked.remedies
            if one not in remedy_ids()
        ),
        *(fault for sign in checked.signs for fault in _sign(sign)),
    )


def check_remedy(checked: Remedy, file: str) -> tuple[Fault, ...]:
    """Return what is wrong with a remedy that was read from ``remedies/<file>.toml``."""
    return (
        *_named(checked.id, file),
        *_titled(checked.title),
        *_told("text", checked.text),
        *_told("knowing", checked.knowing),
        *_told("risks", checked.risks),
        *_references(checked),
        *_steps(checked),
        *_contradictions(checked),
        *_required("gap", checked.gaps),
        *(Fault(f"gap {gap} must be 1 to 5.") for gap in checked.gaps if gap not in GAPS),
        *(
            Fault(f"industry {one!r} is no profile.")
            for one in checked.industries
            if one not in profile_ids()
        ),
        *_metric(checked.metric),
    )


def _named(name: str, file: str) -> Iterator[Fault]:
    if name != file:
        yield Fault(f"id {name!r} is not the name of the file, {file!r}.")


def _titled(title: Mapping[str, str]) -> Iterator[Fault]:
    if missing := [lang for lang in LANGUAGES if lang not in title]:
        yield Fault(f"the title is not given in {', '.join(missing)}.")
    if len(title.get("en", "").split()) > LONGEST_TITLE:
        yield Fault(f"the title {title['en']!r} has more than {LONGEST_TITLE} words.")
    for lang, charset in CHARSETS.items():
        odd = [han for han in _HAN.findall(title.get(lang, "")) if not _fits(han, charset)]
        if odd:
            yield Fault(f"the title: {''.join(odd)} is not written so in {lang}.")


def _fits(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _told(name: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    if missing := [lang for lang in WHOLE_TEXTS if lang not in texts]:
        yield Fault(f"{name} is not given in {', '.join(missing)}.")


def _references(checked: Cause | Remedy) -> Iterator[Fault]:
    yield from _required("mission id", checked.mission)
    for one in checked.mission:
        if one not in mission_lines():
            yield Fault(f"the mission has no line {one!r}.")
    for one in checked.sources:
        if one not in bibliography():
            yield Fault(f"source {one!r} is not in sources.toml.")
    for one in checked.dimensions:
        if one not in DIMENSIONS:
            yield Fault(f"{one!r} is no dimension; known are {', '.join(DIMENSIONS)}.")


def _required(name: str, given: tuple[object, ...]) -> Iterator[Fault]:
    if not given:
        yield Fault(f"no {name} is named.")


def _sign(sign: Sign) -> Iterator[Fault]:
    known = measure(sign.measure)
    if known is None:
        yield Fault(f"{sign.measure!r} is no measure.", "See measures.toml.")
        return
    limit = sign.above if sign.above is not None else sign.below
    if known.kind == "relative" and sign.bad is None:
        yield Fault(f"{sign.measure} is relative: its sign has bad, no threshold.")
    if known.kind in {"share", "mean", "count"} and sign.bad is not None:
        yield Fault(f"{sign.measure} is a {known.kind}: its sign has above or below.")
    if known.kind == "share" and limit is not None and not 0 <= limit <= 1:
        yield Fault(f"{sign.measure} is a share: {limit} is not between 0 and 1.")
    side = sign.bad or ("high" if sign.above is not None else "low")
    if known.kind != "difference" and side != known.bad:
        yield Fault(f"{sign.measure} is bad when {known.bad}, the sign says {side}.")


def _steps(checked: Remedy) -> Iterator[Fault]:
    counts = {lang: len(checked.steps.get(lang, ())) for lang in WHOLE_TEXTS}
    if len(set(counts.values())) > 1:
        yield Fault(f"the steps differ in number: {counts}.")
    for lang, count in counts.items():
        if not FEWEST_STEPS <= count <= MOST_STEPS:
            yield Fault(f"{count} steps in {lang}; {FEWEST_STEPS} to {MOST_STEPS} are asked for.")


def _contradictions(checked: Remedy) -> Iterator[Fault]:
    for one in checked.against:
        if one not in remedy_ids():
            yield Fault(f"remedy {one!r}, named in against, does not exist.")
        if one == checked.id:
            yield Fault("the remedy is against itself.")
    if checked.policy and checked.policy not in POLICIES:
        yield Fault(f"policy {checked.policy!r} must be one of {', '.join(POLICIES)}.")
    if checked.against and not checked.policy:
        yield Fault("it stands against another remedy and names no policy.")


def _metric(metric: str) -> Iterator[Fault]:
    if not METRIC.fullmatch(metric):
        yield Fault(f"{metric!r} is no metric that an action can register.")
    elif metric.startswith("construct.") and metric not in measures():
        yield Fault(f"{metric!r} is no construct.")


def _measures() -> Iterator[Fault]:
    for one in measures().values():
        yield from (Fault(f"{one.id}: {fault.what}") for fault in _told("title", one.title))
        for line in one.mission:
            if line not in mission_lines():
                yield Fault(f"{one.id}: the mission has no line {line!r}.")


def _unprescribed() -> Iterator[Fault]:
    prescribed = {name for one in causes() for name in one.remedies}
    for name in remedy_ids():
        if name not in prescribed:
            yield Fault(f"no cause prescribes the remedy {name!r}.")
