"""Values of commands as JSON: what JSON has no word for goes as a mark, and comes back as the same object."""

import enum
import itertools
import os
import weakref
from typing import Any, List, Optional

from silex import _json

_MARK = "$python"


class _Held:
    def __init__(self, value: Any) -> None:
        self.value = value


_held: "weakref.WeakValueDictionary[int, _Held]" = weakref.WeakValueDictionary()
_numbers = itertools.count(1)


def to_wire(value: Any, keep: Optional[List] = None) -> Any:
    """`keep` holds the objects that go as marks: they live as long as it. Without it their text goes."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and _json.carries(value):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, dict):
        return {str(key): to_wire(item, keep) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_wire(item, keep) for item in value]
    if isinstance(value, (set, frozenset)):
        return [to_wire(item, keep) for item in sorted(value, key=str)]
    if type(value).__name__ == "FrameSet" or keep is None:
        return str(value)
    held = _Held(value)
    keep.append(held)
    number = next(_numbers)
    _held[number] = held
    return {_MARK: number, "text": str(value)}


def from_wire(value: Any) -> Any:
    if isinstance(value, list):
        return [from_wire(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _MARK in value:
        held = _held.get(value[_MARK])
        return held.value if held is not None else value.get("text")
    return {key: from_wire(item) for key, item in value.items()}
