"""Values of Python as JSON, and back."""

import json
import os


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


def write(value) -> str:
    """Raises TypeError or ValueError that says what can't be written."""
    return json.dumps(value, default=_default)


def read(text: str):
    return json.loads(text)
