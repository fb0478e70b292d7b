"""A panel with the connection, the running actions and the last warning: Qt where the host has it, text otherwise."""

from . import model


def show(parent=None, parent_named=None):
    """Opens the panel, or brings it to the front; returns the widget. Main thread.

    parent: a QWidget to stay in front of; or parent_named: the objectName of a top-level one.
    Where there is no Qt application, the panel is printed and None returned.
    """
    from . import qt

    if qt.is_available():
        return qt.show(parent, parent_named)
    print(model.as_text(model.read()), flush=True)
    return None


def close():
    """Closes the panel where it is open: a package that goes takes it along. Main thread."""
    from . import qt

    qt.close()
