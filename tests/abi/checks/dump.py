"""What a dump of the ABI (abidw's XML) says, as C would: functions, structs, enums and other types by name."""

import dataclasses
import xml.etree.ElementTree as xml


@dataclasses.dataclass(frozen=True)
class Member:
    name: str
    type: str
    offset: int  # in bytes


@dataclasses.dataclass(frozen=True)
class Struct:
    size: int  # in bytes
    members: tuple

    @property
    def grows(self):
        """Whether it starts with its size, so that a reader knows how much of it is there."""
        return bool(self.members) and self.members[0].name == "size" and self.members[0].type == "uint32_t"


class Dump:
    """One dump. Constants are what checks/surface.cmake put into one enum."""

    def __init__(self, path):
        self._nodes = {node.get("id"): node for node in xml.parse(path).iter() if node.get("id")}
        root = xml.parse(path).getroot()
        self.functions = {node.get("name"): self._function(node, node.get("name")) for node in root.iter("function-decl")}
        self.structs = {node.get("name"): self._struct(node) for node in root.iter("class-decl") if node.find("data-member") is not None}
        self.enums = {node.get("name"): {each.get("name"): int(each.get("value")) for each in node.iter("enumerator")}
                      for node in root.iter("enum-decl")}
        self.constants = {name.removeprefix("CONSTANT_"): value
                          for name, value in self.enums.pop("surface_constants", {}).items()}
        self.types = {node.get("name"): self._text(node.get("type-id")) for node in root.iter("typedef-decl")
                      if node.get("name").startswith("silex_") and node.get("name") not in {**self.structs, **self.enums}}
        self.major = self.constants.pop("SILEX_ABI_MAJOR", None)
        self.minor = self.constants.pop("SILEX_ABI_MINOR", None)

    def _struct(self, node):
        members = []
        for member in node.iter("data-member"):
            declared = member.find("var-decl")
            members.append(Member(declared.get("name"), self._text(declared.get("type-id")),
                                  int(member.get("layout-offset-in-bits")) // 8))
        return Struct(int(node.get("size-in-bits")) // 8, tuple(members))

    def _function(self, node, name):
        parameters = ", ".join(self._text(each.get("type-id")) for each in node.findall("parameter"))
        return f"{self._text(node.find('return').get('type-id'))} {name}({parameters or 'void'})"

    def _text(self, identity):
        node = self._nodes[identity]
        if node.tag == "pointer-type-def":
            to = self._nodes[node.get("type-id")]
            return self._function(to, "(*)") if to.tag == "function-type" else self._text(node.get("type-id")) + "*"
        if node.tag == "qualified-type-def":
            inner = self._text(node.get("type-id"))
            return inner + " const" if inner.endswith("*") else "const " + inner
        if node.tag == "array-type-def":
            return self._text(node.get("type-id")) + "".join(f"[{each.get('length')}]" for each in node.findall("subrange"))
        return node.get("name")
