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
    text = json.dumps(value, default=_default, ensure_ascii=False)
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
