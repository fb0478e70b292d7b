"""Silex in Houdini: when it starts, and its panel. Main thread only.

Nothing is deferred by hdefereval here: its blocking call hangs for good on the main thread, and hython has none.
"""

import hou


def say(line):
    print(line, flush=True)


def python_ready():
    """From pythonrc.py, in Houdini and in hython. It starts nothing: hython has no idle loop, so a script that wants the
    runtime there calls silex.start() and silex.pump_until(). What is wrong with the installation is told here."""
    import silex.dropin

    silex.dropin.tell_copies(say)


def ui_ready():
    """From uiready.py: Houdini's window is there and its event loop is about to turn."""
    import silex.dropin

    if silex.dropin.wanted() and hou.isUIAvailable():
        silex.dropin.start(say)


def show_panel():
    """Opens the panel beside Houdini's main window; the shelf's tool calls it."""
    import silex.panel

    return silex.panel.show(parent=hou.qt.mainWindow())
