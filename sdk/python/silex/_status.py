"""What a panel shows, at a glance."""

from . import _life, _silex


class ActionStatus:
    """A running action, as it stood."""

    __slots__ = ("uuid", "name", "label", "status", "progress")

    def __init__(self, action):
        for name in self.__slots__:
            setattr(self, name, getattr(action, name))

    def __repr__(self):
        return "ActionStatus(%s)" % ", ".join("%s=%r" % (name, getattr(self, name)) for name in self.__slots__)


class Status:
    """How things stood at one moment; nothing in it changes."""

    __slots__ = ("running", "connection", "message", "url", "host", "actions", "last_warning")

    def __init__(self, running, connection, message, url, host, actions, last_warning):
        self.running = running
        #: "off", "connecting", "connected" or "back-off"
        self.connection = connection
        #: why, where the service is away
        self.message = message
        #: the service's; "" without one, and where only the configuration names it
        self.url = url
        #: the adapter's name; "standalone" where there is none
        self.host = host
        #: running actions: each .uuid .name .label .status .progress (0..100 or None)
        self.actions = actions
        self.last_warning = last_warning

    def __repr__(self):
        return "Status(%s)" % ", ".join("%s=%r" % (name, getattr(self, name)) for name in self.__slots__)


def status() -> Status:
    """How things stand. Never blocks; any thread."""
    now = _silex.standing()
    if now is None:
        return Status(False, "off", "", "", "standalone", [], "")
    connection, message, url, host, warning = now
    running = _silex.is_running()
    return Status(running, connection if running else "off", message, url, host, _actions(), warning)


def _actions():
    running = _life.of_loaded("_action", "running")
    return [ActionStatus(action) for action in running()] if running else []
