"""The base of the client's commands, and how the runtime calls them."""

import copy
import functools
import inspect
from typing import Any, Callable, Dict, List

from silex import _command, _errors, _json

from silex_client.action.command_buffer import CommandBuffer, CommandParameters
from silex_client.action.parameter_buffer import ParameterBuffer
from silex_client.action.values import from_wire, to_wire
from silex_client.utils.enums import Execution, Status
from silex_client.utils.log import CommandLogger
from silex_client.utils.parameter_types import cast_value, type_on_wire


class CommandBase:
    """Derive from it, and write ``async def __call__(self, parameters, action_query, logger)``."""

    #: {name: {"label", "type", "value", "tooltip", "hide"}}; those of base classes come first
    parameters: Dict[str, Dict[str, Any]] = {}

    #: keys that the context of the action must have
    required_metadata: List[str] = []

    def __init__(self, command_buffer: CommandBuffer) -> None:
        self.command_buffer = command_buffer
        self.parameters = merged_parameters(type(self))

    @property
    def type_name(self) -> str:
        return type(self).__name__

    @staticmethod
    def conform_command() -> Callable:
        """Decorates __call__(): its output is kept. Parameters and metadata are checked by the runtime."""

        def decorate(function: Callable) -> Callable:
            @functools.wraps(function)
            async def conformed(command, parameters, action_query, logger):
                await action_query.async_update_websocket()
                output = await function(command, parameters, action_query, logger)
                command.command_buffer.output = command.command_buffer.output_result = output
                await action_query.async_update_websocket()
                return output

            return conformed

        return decorate

    def check_parameters(self, parameters: CommandParameters, logger) -> bool:
        missing = [name for name in self.parameters if name not in parameters]
        for name in missing:
            logger.error("The parameter %s is missing", name)
        return not missing

    def check_context_metadata(self, context_metadata: Dict[str, Any], logger) -> bool:
        missing = [key for key in self.required_metadata if key not in context_metadata]
        for key in missing:
            logger.error("The context is missing required metadata %s", key)
        return not missing

    async def prompt_user(self, action_query, new_parameters) -> CommandParameters:
        """Shows these parameters alone, waits for the user's answer, and returns all values."""
        asked = {
            name: given if isinstance(given, ParameterBuffer) else ParameterBuffer(**{"name": name, **given})
            for name, given in new_parameters.items()
        }
        await action_query.async_update_websocket()
        answer = await action_query.context.prompt({name: one.declared() for name, one in asked.items()})
        values = {name: one.get_value() for name, one in self.command_buffer.parameters.items()}
        for name, value in answer.items():
            values[name] = cast_value(asked[name].type, from_wire(value)) if name in asked else from_wire(value)
        return values

    async def __call__(self, parameters: CommandParameters, action_query, logger) -> Any:
        raise NotImplementedError("the command %s has no __call__()" % type(self).__name__)

    async def undo(self, parameters: CommandParameters, action_query, logger) -> Any:
        """Takes back what __call__() did."""

    async def setup(self, parameters: CommandParameters, action_query, logger) -> Any:
        """Prepares the command, before it runs and after each answer."""


def merged_parameters(command_class: type) -> Dict[str, Dict[str, Any]]:
    """Those of the class and its bases, the most derived last."""
    merged: Dict[str, Dict[str, Any]] = {}
    for one in reversed(inspect.getmro(command_class)):
        own = one.__dict__.get("parameters")
        if isinstance(own, dict):
            merged.update(own)
    return {name: dict(given) for name, given in merged.items()}


class _ClientCommand:
    """A class of the client's as the runtime's requests find it."""

    def __init__(self, path: str, command_class: type) -> None:
        self.path = path
        self._class = command_class
        self.undo = command_class.undo is not CommandBase.undo
        self.setup = command_class.setup is not CommandBase.setup

    async def run(self, context, kind: str) -> Any:
        from silex_client.action.action_query import CommandQuery

        command = context.kept.get("command") or self._make()
        context.kept["command"] = command
        buffer = command.command_buffer
        buffer.status = Status.INITIALIZED if kind == "setup" else Status.PROCESSING
        direction = Execution.BACKWARD if kind == "undo" else Execution.FORWARD
        query = await CommandQuery.make(context, buffer, direction)
        parameters = self._cast(context.parameters, command)
        buffer.takes_values(parameters)
        call = {"execute": command, "undo": command.undo, "setup": command.setup}[kind]
        output = await call(copy.copy(parameters), query, CommandLogger(context))
        await query.async_update_websocket()
        if kind == "execute" and buffer.status in (Status.INVALID, Status.ERROR):
            raise _errors.Error("the command set its status to %s" % Status(buffer.status).name)
        return to_wire(output, context.kept.setdefault("held", []))

    def _make(self) -> CommandBase:
        parameters = {
            name: ParameterBuffer(**{"name": name, **given})
            for name, given in merged_parameters(self._class).items()
        }
        return self._class(CommandBuffer(self.path, parameters))

    @staticmethod
    def _cast(values: Dict[str, Any], command: CommandBase) -> CommandParameters:
        cast = {}
        for name, value in values.items():
            given = command.parameters.get(name)
            value = from_wire(value)
            cast[name] = cast_value(given["type"], value) if given and "type" in given else value
        return cast


def add_class(path: str, command_class: Any) -> None:
    """Makes a class known to the runtime, as the command of that path. Nothing where it is none."""
    if not (inspect.isclass(command_class) and issubclass(command_class, CommandBase)):
        return
    parameters = {}
    for name, given in merged_parameters(command_class).items():
        unknown = set(given) - {"label", "type", "value", "tooltip", "hide", "name"}
        if unknown or "type" not in given:
            what = "has the unknown key %s" % ", ".join(sorted(unknown)) if unknown else "has no 'type'"
            raise TypeError("the parameter %r of %s %s" % (name, path, what))
        parameters[name] = {
            "type": type_on_wire(given["type"]),
            "label": given.get("label") or "",
            "tooltip": given.get("tooltip") or "",
            "hide": bool(given.get("hide", False)),
        }
        if given.get("value") is not None:
            parameters[name]["value"] = to_wire(given["value"])
    declaration = {"path": path, "metadata": list(command_class.required_metadata), "parameters": parameters}
    made = _ClientCommand(path, command_class)
    if not made.undo:
        made.undo = None
    if not made.setup:
        made.setup = None
    _json.write(declaration)  # says what can't be written, before anything is told
    _command.add(made, declaration)
