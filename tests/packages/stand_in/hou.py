"""A stand-in for what Houdini's package calls of `hou`."""

from types import SimpleNamespace

is_ui = True
qt = SimpleNamespace(mainWindow=lambda: None)


def isUIAvailable():
    return is_ui
