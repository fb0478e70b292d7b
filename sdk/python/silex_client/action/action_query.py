"""Actions, as the client's commands and shelves see them."""

import asyncio
import itertools
import weakref
from collections.abc import MutableMapping
from typing import Any, Dict, Iterator, Optional

import silex

from silex_client.action.values import from_wire, to_wire
from silex_client.utils.datatypes import ReadOnlyDict
from silex_client.utils.enums import Execution, Status

_STORE = "silex_client_store"


class _Shared:
    """What Python put into the store of one action, as it is."""

    def __init__(self) -> None:
        self.objects: Dict[str, Any] = {}
        self.held: list = []  # what went as marks


class Store(MutableMapping):
    """The action's store: what Python put there as it is, and what others put there as JSON."""

    def __init__(self, shared: _Shared, context) -> None:
        self._shared = shared
        self._context = context

    def __setitem__(self, key: str, value: Any) -> None:
        self._shared.objects[key] = value
        self._context.store_soon(key, to_wire(value, self._shared.held))

    def __getitem__(self, key: str) -> Any:
        if key in self._shared.objects:
            return self._shared.objects[key]
        value = from_wire(self._context.stored_now(key))
        if value is None:
            raise KeyError(key)
        return value

    def __delitem__(self, key: str) -> None:
        del self._shared.objects[key]
        self._context.store_soon(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shared.objects)

    def __len__(self) -> int:
        return len(self._shared.objects)


_shared: "weakref.WeakValueDictionary[int, _Shared]" = weakref.WeakValueDictionary()
_numbers = itertools.count(1)


async def _store_of(context) -> Store:
    """The one of the action that the command is in."""
    number = await context.stored(_STORE)
    shared = _shared.get(number) if number is not None else None
    if shared is None:
        shared, number = _Shared(), next(_numbers)
        _shared[number] = shared
        await context.store(_STORE, number)
    context.kept["store"] = shared  # as long as a command of the action's lives
    return Store(shared, context)


class _Connection:
    """Whether users see what is told."""

    @property
    def is_running(self) -> bool:
        return silex.status().connection != "off"


class CommandQuery:
    """What a command is given as its `action_query`."""

    def __init__(self, context, buffer, direction, store) -> None:
        from silex_client.core.context import Context

        #: silex.command()'s context, for what is new
        self.context = context
        self.context_metadata = ReadOnlyDict(context.metadata)
        self.execution_type = direction
        self.store = store
        self.status = Status.PROCESSING
        self.ws_connection = _Connection()
        self.event_loop = Context.get().event_loop
        self._buffer = buffer

    @classmethod
    async def make(cls, context, buffer, direction: Execution) -> "CommandQuery":
        return cls(context, buffer, direction, await _store_of(context))

    async def async_update_websocket(self, apply_response: bool = False):
        """Users see what the command changed in itself."""
        for progress in self._buffer.take_progress():
            self.context.progress(progress)
        change = self._buffer.take_change()
        if change:
            await self.context.edit(change)
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def update_websocket(self, apply_response: bool = False):
        return silex.run(self.async_update_websocket()).future()

    def __getattr__(self, name: str):
        raise AttributeError(
            "silex's action_query has no %r: it has context_metadata, store, execution_type, update_websocket(), and as "
            "`context` what silex.command() gives, with run_action() and insert_action()" % name
        )


class ActionQuery:
    """Runs an action: ``ActionQuery("publish").execute()``."""

    def __init__(self, name: str, resolved_config: Any = None, category: str = "action", simplify: bool = False) -> None:
        if resolved_config is not None:
            raise TypeError("silex runs actions that are found by their names: put the definition into a file")
        self.name = name
        self._options = {"category": category, "simplify": simplify}
        self._action: Optional[silex._action.Action] = None
        self._parameters: Dict[str, Any] = {}

    def set_parameter(self, parameter_name: str, value: Any, **_others) -> None:
        self._parameters[parameter_name] = to_wire(value)
        if self._action is not None:
            self._action.set(parameter_name, to_wire(value))

    def execute(self, batch: bool = False, step_by_step: bool = False):
        """Returns a concurrent.futures.Future."""
        if self._action is None:
            self._action = silex.action(self.name, batch=batch, step_by_step=step_by_step, **self._options)
            for parameter, value in self._parameters.items():
                self._action.set(parameter, value)
        return self._action.execute().future()

    def cancel(self, emit_clear: bool = True) -> None:
        if self._action is not None:
            self._action.cancel()

    def undo(self, all_commands: bool = False) -> None:
        if self._action is not None:
            self._action.undo(all_commands)

    def stop(self) -> None:
        if self._action is not None:
            self._action.pause()

    def redo(self):
        return self.execute()

    @property
    def status(self) -> Status:
        return Status(self._action.read().get("status", 1)) if self._action else Status.INITIALIZED

    @property
    def is_running(self) -> bool:
        return self.status in (Status.PROCESSING, Status.WAITING_FOR_RESPONSE)

    @property
    def uuid(self) -> Optional[str]:
        return self._action.uuid if self._action else None
