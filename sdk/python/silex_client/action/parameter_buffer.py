"""A parameter of a command in an action."""

from typing import Any, Optional

from silex_client.utils.parameter_types import AnyParameter, CommandParameterMeta, cast_value, type_on_wire


def title_of(name: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in name).title()


class ParameterBuffer:
    """What is changed here is seen by users when the command next awaits, and at its end."""

    def __init__(
        self,
        name: str = "",
        type: Any = None,
        label: Optional[str] = None,
        value: Any = None,
        tooltip: Optional[str] = None,
        hide: bool = False,
        **others,
    ) -> None:
        if others:
            raise TypeError("a parameter has no %s" % ", ".join(sorted(others)))
        self.name = name
        self.type = AnyParameter if type is None else type
        self.label = label if label is not None else title_of(name)
        self.value = value
        self.tooltip = tooltip
        self.hide = hide
        if self.value is None and isinstance(self.type, CommandParameterMeta):
            self.value = self.type.get_default()

    @classmethod
    def construct(cls, data, parent=None) -> "ParameterBuffer":
        return cls(**data)

    @property
    def input(self) -> Any:
        return self.value

    @input.setter
    def input(self, value: Any) -> None:
        self.value = value

    def get_value(self, action_query=None) -> Any:
        return cast_value(self.type, self.value)

    get_output = get_value

    def rebuild_type(self, *args, **kwargs) -> None:
        """The same type with other options."""
        if isinstance(self.type, CommandParameterMeta):
            self.type = self.type.rebuild(*args, **kwargs)
            if self.value is None:
                self.value = self.type.get_default()

    def declared(self) -> dict:
        """As the runtime wants it."""
        from silex_client.action.values import to_wire

        declared = {"type": type_on_wire(self.type), "label": self.label, "hide": bool(self.hide)}
        if self.tooltip:
            declared["tooltip"] = self.tooltip
        if self.value is not None:
            declared["value"] = to_wire(self.value)
        return declared
