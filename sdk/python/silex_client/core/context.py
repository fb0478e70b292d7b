"""Where a command is: the host's context, and the loop that coroutines step on."""

from typing import Any, Dict, Optional

import silex
from silex import _lane

from silex_client.utils.datatypes import ReadOnlyDict


class EventLoop:
    """The Python lane."""

    @property
    def loop(self):
        return _lane.opened().loop

    @property
    def is_running(self) -> bool:
        return silex.is_running()

    def register_task(self, coroutine):
        """Steps a coroutine on the lane. Returns a concurrent.futures.Future."""
        return silex.run(coroutine).future()


class Context:
    """The one of this process."""

    _instance: Optional["Context"] = None

    def __init__(self) -> None:
        self.event_loop = EventLoop()

    @classmethod
    def get(cls) -> "Context":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    @property
    def metadata(self) -> Dict[str, Any]:
        """Who this host is to the service: project, task, user, uuid ..."""
        return ReadOnlyDict(silex.context())

    @property
    def name(self) -> str:
        return self.metadata.get("name", "")

    @property
    def ws_connection(self):
        from silex_client.action.action_query import _Connection

        return _Connection()
