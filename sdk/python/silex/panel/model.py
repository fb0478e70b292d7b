"""What every panel shows: the runtime's status as text. Any thread; nothing here waits."""

import textwrap
from typing import NamedTuple, Optional, Tuple

import silex
from silex import dropin


class Row(NamedTuple):
    """One running action."""

    uuid: str
    label: str
    state: str
    progress: Optional[float]  # 0 to 100; None where no command of it tells


class View(NamedTuple):
    """All of a panel. Two that are equal look the same."""

    headline: str
    is_connected: bool
    rows: Tuple[Row, ...]
    warning: str


EMPTY = View("Silex does not run", False, (), "")

_CONNECTION = {
    "off": "Not connected: neither SILEX_SERVICE_URL nor SILEX_CONFIG names a service",
    "connecting": "Connecting to {url}",
    "connected": "Connected to {url}",
    "back-off": "Not connected, and tried again: {why}",
}


def read():
    """What is to be shown now. Whatever goes wrong is shown too: hosts drop a timer that raises, or print it each time."""
    try:
        return _read()
    except Exception as error:
        return EMPTY._replace(warning=f"The panel could not read the status: {error}")


def _read():
    if not silex.is_running():
        return EMPTY._replace(warning=dropin.problem)
    status = silex.status()
    rows = tuple(
        Row(action.uuid, action.label or action.name, _words(action.status), action.progress)
        for action in status.actions
    )
    url = status.url or "the configured service"
    headline = _CONNECTION.get(status.connection, status.connection).format(
        url=url, why=status.message or f"{url} does not answer"
    )
    return View(headline, status.connection == "connected", rows, status.last_warning or "")


def cancel(uuid):
    """Cancels that action; False where it has ended."""
    for action in silex.actions():
        if action.uuid == uuid:
            action.cancel()
            return True
    return False


def lines(text, width):
    """The text in lines of at most so many characters, for panels that do not wrap."""
    return textwrap.wrap(text, width)


def as_text(view):
    """The panel where there is no window to show it in."""
    shown = [view.headline]
    for row in view.rows:
        progress = "" if row.progress is None else f" {row.progress:.0f} %"
        shown.append(f"  {row.label}: {row.state}{progress}")
    if not view.rows:
        shown.append("  no action runs")
    if view.warning:
        shown.append(f"  warning: {view.warning}")
    return "\n".join(shown)


def _words(status):
    return "needs an answer" if status == "waiting_for_response" else status.replace("_", " ")
