"""How the kernel's inner loops are compiled, and the two machine words they are made of.

Importing this module imports numba; nothing else may do so at import time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ParamSpec, Protocol, TypeVar, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.core.typing.templates import signature
from numba.extending import intrinsic
from numpy.typing import NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_Values = Sequence[object]


class _Array(Protocol):
    data: object


class _Signature(Protocol):
    args: Sequence[object]


class _Target(Protocol):
    """What is used of numba's context of code generation."""

    def make_array(self, kind: object) -> Callable[[object, object, object], _Array]: ...

    def get_dummy_value(self) -> object: ...


class _Builder(Protocol):
    """What is used of llvmlite's builder of instructions."""

    def ctpop(self, word: object) -> object: ...

    def load(self, place: object, *, align: int) -> object: ...

    def store(self, word: object, place: object, *, align: int) -> object: ...

    def gep(self, place: object, steps: Sequence[object]) -> object: ...

    def bitcast(self, place: object, kind: object) -> object: ...


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile a function without the interpreter lock; keep the machine code on disk.

    numba keeps it beside the source, else in the user's cache folder; where
    neither can be written, the function is compiled anew in every process.
    """
    try:
        found: Callable[Parameters, Result] = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        found = njit(nogil=True)(function)
    return found


def _typed(result: object, *given: object) -> object:
    return signature(result, *given)  # type: ignore[no-untyped-call]


def _popcount(_context: object, _word: object) -> tuple[object, object]:
    def build(_target: object, builder: _Builder, _signature: object, given: _Values) -> object:
        return builder.ctpop(given[0])

    return _typed(types.uint64, types.uint64), build


def _eight_bytes(_context: object, row: object, _first: object) -> tuple[object, object]:
    def build(target: _Target, builder: _Builder, found: _Signature, given: _Values) -> object:
        return builder.load(_place(target, builder, found, given), align=1)

    return _typed(types.uint64, row, types.int64), build


def _put_eight_bytes(
    _context: object, row: object, _first: object, _word: object
) -> tuple[object, object]:
    def build(target: _Target, builder: _Builder, found: _Signature, given: _Values) -> object:
        builder.store(given[2], _place(target, builder, found, given), align=1)
        return target.get_dummy_value()

    return _typed(types.void, row, types.int64, types.uint64), build


def _place(target: _Target, builder: _Builder, found: _Signature, given: _Values) -> object:
    array = target.make_array(found.args[0])(target, builder, given[0])
    return builder.bitcast(builder.gep(array.data, [given[1]]), ir.IntType(64).as_pointer())


popcount = cast("Callable[[np.uint64], np.uint64]", intrinsic(_popcount))
eight_bytes = cast("Callable[[NDArray[np.uint8], int], np.uint64]", intrinsic(_eight_bytes))
put_eight_bytes = cast(
    "Callable[[NDArray[np.uint8], int, np.uint64], None]", intrinsic(_put_eight_bytes)
)
