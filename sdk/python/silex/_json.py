"""Values of Python as JSON, and back."""

import json
import math
import os
import re


def _default(value):
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, (bytes, bytearray)):
        raise TypeError("bytes can't be handed on as JSON: encode them, as base64 say")
    if hasattr(value, "__silex_json__"):
        return value.__silex_json__()
    raise TypeError("%s can't be handed on as JSON: return numbers, text, lists and dicts of them" % type(value).__name__)


# json writes what is no JSON, and numbers that others round or refuse; text that looks so is only read once more.
_SUSPECT = re.compile(r"NaN|Infinity|\d{19}")
_LEAST, _MOST = -(2**63), 2**64 - 1


def carries(number) -> bool:
    """Whether JSON, as others read it, has this number."""
    return _LEAST <= number <= _MOST if isinstance(number, int) else math.isfinite(number)


def _refuse_constant(name: str):
    raise ValueError("the number %s can't be handed on as JSON: hand on None instead, or text" % name)


def _refuse_long(digits: str) -> None:
    if not carries(int(digits)):
        raise ValueError("the integer %s can't be handed on as JSON: it has more than 64 bits; hand on text" % digits)


def write(value) -> str:
    """Raises TypeError or ValueError that says what can't be written."""
    text = json.dumps(value, default=_default, ensure_ascii=False)
    if _SUSPECT.search(text):
        json.loads(text, parse_constant=_refuse_constant, parse_int=_refuse_long)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as half:
        around = text[max(0, half.start - 20) : half.end + 20]
        raise ValueError(
            "%a is no Unicode text and can't be handed on as JSON: names of files that are not UTF-8 come as such"
            % around
        ) from None
    return text


def read(text: str):
    return json.loads(text)
