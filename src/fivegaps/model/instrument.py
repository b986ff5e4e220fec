"""An instrument: the questionnaire that a file of answers was collected with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "vi", "zh-hans", "zh-hant", "nl")
BATTERIES = ("expectation", "perception", "adequate", "desired", "importance", "satisfaction")


@dataclass(frozen=True, slots=True)
class Battery:
    """One block of scale questions: every item asked in one sense on one scale.

    ``missing`` are codes that are no answer; ``anchors`` maps a language to
    words for scale points (point → words); ``instruction`` tells the respondent
    how to answer the block. ``patterns`` are column names to try when the items'
    own columns are not in a file: ``{n}`` is the item's place from 1, ``{item}``
    its id (``E{n}``).
    """

    id: str
    minimum: int
    maximum: int
    missing: tuple[int, ...] = ()
    title: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    instruction: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()

    @property
    def levels(self) -> int:
        """Number of scale points."""
        return self.maximum - self.minimum + 1


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of service quality, such as reliability.

    ``text`` says in one line what it covers, for the 100-point question.
    """

    id: str
    title: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One attribute of the service, asked in every battery that names a column.

    ``dimension`` is None for an item that counts in the mean over items only;
    ``columns`` maps battery id to column name; ``reversed`` recodes every
    battery except importance. ``text`` maps language to battery to wording and
    ``short`` language to a label of two or three words for charts;
    ``status`` maps language to draft | reviewed. ``mission`` names the lines of
    the mission that an item serves. In wordings ``{provider}`` stands for an
    excellent firm of the trade and ``{company}`` for the firm that is rated.
    """

    id: str
    dimension: str | None
    columns: Mapping[str, str]
    reversed: bool = False
    text: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    mission: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What good service leads to; the mean of its columns for a respondent.

    An ``optional`` outcome is left out when a file has none of its columns.
    """

    id: str
    columns: tuple[str, ...]
    minimum: int
    maximum: int
    combine: str = "mean"
    title: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class KanoPair:
    """A functional and a dysfunctional question, answered 1 like … 5 dislike.

    ``item`` is an item's id, or an id of its own for a pair without item; such
    a pair has a ``title``, and ``about`` names the items that it touches.
    """

    item: str
    functional: str
    dysfunctional: str
    title: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """Columns that tell who answered, where and when; all optional."""

    respondent: str | None = None
    cluster: str | None = None
    segments: tuple[str, ...] = ()
    date: str | None = None
    seconds: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire with dimensions, items and batteries.

    ``weights`` maps dimension to the column of its share of 100 points; with
    ``weights_optional`` a file may come without them. ``words`` maps language
    to placeholder to what stands in its place (``{"en": {"provider": "excellent
    bank", "company": "this bank"}}``). ``base`` and ``profile`` tell what a
    shipped instrument was made from; ``id`` is then ``base@profile``.
    """

    id: str
    version: str
    languages: tuple[str, ...]
    title: Mapping[str, str]
    batteries: tuple[Battery, ...]
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    outcomes: tuple[Outcome, ...] = ()
    kano: tuple[KanoPair, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    structure: Structure = field(default_factory=Structure)
    rights: str = ""
    sha256: str = ""
    weights_optional: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    mission: tuple[str, ...] = ()
    base: str = ""
    profile: str = ""

    def has(self, battery: str) -> bool:
        """Tell whether the instrument asks this battery."""
        return any(known.id == battery for known in self.batteries)

    def battery(self, battery: str) -> Battery:
        """Return the battery of this id; KeyError when it is not asked."""
        for known in self.batteries:
            if known.id == battery:
                return known
        raise KeyError(battery)

    def items_of(self, dimension: str) -> tuple[Item, ...]:
        """Return the items of a dimension, in the instrument's order."""
        return tuple(item for item in self.items if item.dimension == dimension)

    def items_in(self, battery: str) -> tuple[Item, ...]:
        """Return the items that have a column in this battery, in order."""
        return tuple(item for item in self.items if battery in item.columns)
