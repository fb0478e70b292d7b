"""The types of parameters: classes that cast a value, and say what they are on the wire."""

import pathlib
from typing import Any, Callable, Dict, Optional, Sequence

_PathClass = type(pathlib.Path())


class CommandParameterMeta(type):
    """The class of types with options. ``serialize()``: the type on the wire; ``get_default()``: the value where
    none is given; ``rebuild(...)``: the type with other options."""

    def serialize(cls) -> Dict[str, Any]:
        return {"name": cls.__name__}

    def get_default(cls) -> Any:
        return None

    def rebuild(cls, *args, **kwargs):
        return cls


def _make(name: str, base: type, wire: Dict[str, Any], default: Any, rebuild: Callable, cast=None):
    members: Dict[str, Any] = {
        "serialize": staticmethod(lambda: dict(wire)),
        "get_default": staticmethod(lambda: list(default) if isinstance(default, list) else default),
        "rebuild": staticmethod(rebuild),
    }
    if cast is not None:
        members["__init__"] = lambda self, value=(): base.__init__(self, cast(value))
    return CommandParameterMeta(name, (base,), members)


class AnyParameter:
    """Any value; users do not see it."""

    def __new__(cls, value):
        return value


def type_on_wire(kind: Any) -> Any:
    """What a type is called on the wire. Raises TypeError where it is none that parameters can have."""
    if isinstance(kind, CommandParameterMeta):
        return kind.serialize()
    if kind is AnyParameter or kind is object:
        return "any"
    simple = {str: "str", int: "int", float: "float", bool: "bool", pathlib.Path: "Path", _PathClass: "Path"}
    if kind in simple:
        return simple[kind]
    if kind is ListParameter or kind in (list, tuple):
        return {"name": "list", "itemType": "any"}
    if kind is dict:
        return {"name": "dict", "key": "str", "value": "any"}
    if getattr(kind, "__name__", "") == "FrameSet":
        return "FrameSet"
    raise TypeError(
        "%r is no type that a parameter can have: use one of silex_client.utils.parameter_types, or str, int, float, "
        "bool, list, dict, pathlib.Path or fileseq.FrameSet" % (kind,)
    )


def _as_list(cast) -> Callable:
    return lambda value: [cast(item) for item in (value if isinstance(value, (list, tuple)) else [value])]


class ListParameter(list):
    """A list of anything. ListParameterMeta() says of what."""

    def __init__(self, value=()):
        super().__init__(value if isinstance(value, (list, tuple)) else [value])


def TaskParameterMeta():
    return _make("TaskParameter", str, {"name": "task"}, "", TaskParameterMeta)


def IntArrayParameterMeta(size: int):
    wire = {"name": "int_array", "size": size}
    return _make("IntArrayParameter", list, wire, [0] * size, IntArrayParameterMeta, _as_list(int))


def RangeParameterMeta(
    start: int,
    end: int,
    increment: int = 1,
    value_label: Optional[str] = None,
    marks: bool = False,
    n_marks: Optional[int] = None,
):
    wire = {
        "name": "range",
        "start": start,
        "end": end,
        "increment": increment,
        "value_label": value_label,
        "marks": marks,
        "n_marks": n_marks,
    }
    return _make("RangeParameter", int, wire, start, RangeParameterMeta)


def _options(names: Sequence, labelled: Dict[str, Any]) -> Dict[str, Any]:
    return {**labelled, **{str(name): name for name in names}}


def _first(options: Dict[str, Any]) -> Any:
    return next(iter(options.values()), None)


def SelectParameterMeta(*names, **labelled):
    options = _options(names, labelled)
    return _make("SelectParameter", str, {"name": "select", "options": options}, _first(options), SelectParameterMeta)


def RadioSelectParameterMeta(*names, **labelled):
    options = _options(names, labelled)
    wire = {"name": "radio_select", "options": options}
    return _make("RadioSelectParameter", str, wire, _first(options), RadioSelectParameterMeta)


def MultipleSelectParameterMeta(*names, **labelled):
    options = _options(names, labelled)
    wire = {"name": "multiple_select", "options": options}
    default = [_first(options)] if options else []
    return _make("MultipleSelectParameter", list, wire, default, MultipleSelectParameterMeta, _as_list(lambda item: item))


def PathParameterMeta(extensions: Optional[Sequence[str]] = None, multiple: bool = False):
    wire = {"name": "Path", "extensions": list(extensions or ["*"]), "multiple": multiple}
    if multiple:
        return _make("PathParameter", list, wire, None, PathParameterMeta, _as_list(pathlib.Path))
    return _make("PathParameter", _PathClass, wire, None, PathParameterMeta)


def TaskFileParameterMeta(extensions: Optional[Sequence[str]] = None, multiple: bool = False, directory: bool = False):
    wire = {"name": "task_file", "extensions": list(extensions or ["*"]), "multiple": multiple, "directory": directory}
    if multiple:
        return _make("TaskFileParameter", list, wire, None, TaskFileParameterMeta, _as_list(pathlib.Path))
    return _make("TaskFileParameter", _PathClass, wire, None, TaskFileParameterMeta)


def ListParameterMeta(parameter_type):
    wire = {"name": "list", "itemType": type_on_wire(parameter_type)}
    return _make("ListParameter", list, wire, [], ListParameterMeta, _as_list(parameter_type))


def EditableListParameterMeta(parameter_type):
    wire = {"name": "editable_list", "itemType": type_on_wire(parameter_type)}
    return _make("EditableListParameter", list, wire, [], EditableListParameterMeta, _as_list(parameter_type))


def TextParameterMeta(color: Optional[str] = None, progress: Any = None):
    wire = {"name": "text", "color": color, "progress": progress}
    return _make("TextParameter", str, wire, "", TextParameterMeta)


def StringParameterMeta(multiline: bool = False, max_lenght: int = 1000):
    wire = {"name": "str", "multiline": multiline, "maxLenght": max_lenght}
    return _make("StringParameter", str, wire, "", StringParameterMeta)


def DictParameterMeta(key_type, value_type):
    wire = {"name": "dict", "key": type_on_wire(key_type), "value": type_on_wire(value_type)}

    def cast(value):
        return {key_type(key): value_type(item) for key, item in dict(value).items()}

    return _make("DictParameter", dict, wire, None, DictParameterMeta, cast)


_CHOICES = ("select", "radio_select")


def cast_value(kind: Any, value: Any) -> Any:
    """A value from the wire as the command wants it. A choice is what the option stands for, text or not."""
    if value is None or kind is AnyParameter or kind is object:
        return value
    if isinstance(kind, CommandParameterMeta) and kind.serialize().get("name") in _CHOICES:
        return value
    return kind(value)
