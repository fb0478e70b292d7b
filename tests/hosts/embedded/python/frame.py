"""Between the executable and a scenario: opens the scenario, closes the host."""

import runpy

import embedded

_closing = []


def on_close(function):
    """What the host does when its main loop has ended, before its process does. For fake hosts."""
    _closing.append(function)
    return function


def open_scenario(path):
    """The generator that the scenario's `scenario()` returns. Each step that it yields is

    - None: one turn of the main loop, or a number: so many;
    - a callable: turns until it returns something true.
    """
    return runpy.run_path(path, run_name="scenario")["scenario"]()


def close_host():
    for function in _closing:
        function()
