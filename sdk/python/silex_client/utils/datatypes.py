"""Small containers that commands use."""

from typing import Any


class ReadOnlyError(Exception):
    """Something that may be read, and not changed, was changed."""


class ReadOnlyDict(dict):
    """A dict that refuses to be changed."""

    def _refuse(self, *_args, **_kwargs):
        raise ReadOnlyError("this dictionary is read only: copy it, and change the copy")

    __setitem__ = __delitem__ = __ior__ = _refuse  # type: ignore[assignment]
    clear = pop = popitem = setdefault = update = _refuse  # type: ignore[assignment]

    def __copy__(self):
        return dict(self)

    def __deepcopy__(self, memo):
        import copy

        return copy.deepcopy(dict(self), memo)


class SharedVariable:
    """A value that a thread changes while a coroutine looks at it."""

    def __init__(self, value: Any) -> None:
        self.value = value


class CommandOutput(str):
    """The path of a command whose output is meant, "step:command[:key...]"."""
