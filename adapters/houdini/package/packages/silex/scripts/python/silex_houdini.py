"""Silex in Houdini: when it starts, and its panel. Main thread only.

Nothing is deferred by hdefereval here: its blocking call hangs for good on the main thread, and hython has none.
"""

import sys

import hou


def say(line):
    print(line, flush=True)


def can_import():
    """Whether `import silex` works. Where it does not, that is said in a sentence, and Houdini goes on."""
    try:
        import silex.dropin  # noqa: F401
    except (ImportError, SyntaxError) as error:
        say(
            "Silex does not run in Python %d.%d: %s: it needs Python 3.9 or newer, so Houdini 19.5 or newer, and the glibc "
            "of the machine it was built on or newer" % (sys.version_info[0], sys.version_info[1], error)
        )
        return False
    return True


def python_ready():
    """From pythonrc.py, in Houdini and in hython. It starts nothing: hython has no idle loop, so a script that wants the
    runtime there calls silex.start() and silex.pump_until(). What is wrong with the installation is told here."""
    if not can_import():
        return
    import silex.dropin

    silex.dropin.tell_copies(say)


def ui_ready():
    """From uiready.py: Houdini's window is there and its event loop is about to turn."""
    if not can_import():
        return
    import silex.dropin

    if silex.dropin.wanted() and hou.isUIAvailable():
        silex.dropin.start(say)


def show_panel():
    """Opens the panel beside Houdini's main window; the shelf's tool calls it."""
    if not can_import():
        return None
    import silex.panel

    return silex.panel.show(parent=hou.qt.mainWindow())
