"""A command in an action, as the client's commands see it."""

from typing import Any, Dict, List

from silex_client.action.parameter_buffer import ParameterBuffer, title_of
from silex_client.action.values import to_wire
from silex_client.utils.enums import Status

#: What a command is given as its parameters: {name: value}.
CommandParameters = Dict[str, Any]


class CommandBuffer:
    """What is changed here is seen by users when the command next awaits, and at its end."""

    def __init__(self, path: str, parameters: Dict[str, ParameterBuffer]) -> None:
        self.path = path
        self.name = path.rpartition(".")[2]
        self.label = title_of(self.name)
        self.tooltip = ""
        self.hide = False
        self.hide_parameters = False
        self.ask_user = False
        self.parameters = parameters
        self.status = Status.INITIALIZED
        self.progress = None
        self.output: Any = None
        self.output_result: Any = None
        self.logs: List[Dict[str, str]] = []
        self._told = self._state()
        self._told_progress = None

    def require_prompt(self) -> bool:
        return self.ask_user or any(
            parameter.value is None for parameter in self.parameters.values() if not parameter.hide
        )

    def _state(self) -> Dict[str, Any]:
        return {
            "label": self.label,
            "tooltip": self.tooltip,
            "hide": self.hide,
            "hide_parameters": self.hide_parameters,
            "parameters": {name: parameter.declared() for name, parameter in self.parameters.items()},
        }

    def takes_values(self, values: Dict[str, Any]) -> None:
        """What the runtime has for the parameters is no change of ours."""
        for name, value in values.items():
            if name in self.parameters:
                self.parameters[name].value = value
                self._told["parameters"][name] = self.parameters[name].declared()

    def take_change(self) -> Dict[str, Any]:
        """What has changed since it was last asked, as the runtime wants it; {} if nothing has."""
        now, told = self._state(), self._told
        self._told = now
        change = {key: now[key] for key in now if key != "parameters" and now[key] != told[key]}
        parameters: Dict[str, Any] = {}
        for name, declared in now["parameters"].items():
            before = told["parameters"].get(name, {})
            changed = {key: value for key, value in declared.items() if before.get(key) != value}
            if "value" in before and "value" not in declared:
                changed["value"] = None
            if changed:
                parameters[name] = changed
        if parameters:
            change["parameters"] = parameters
        return change

    def take_progress(self):
        """The progress where it has changed, else nothing."""
        if self.progress == self._told_progress:
            return []
        self._told_progress = self.progress
        return [self.progress]
