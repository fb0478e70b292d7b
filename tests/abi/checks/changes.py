"""Says what has changed between two dumps of the ABI, whether it is allowed, and what to do.

    changes.py OLD NEW               ends with 1 where anything has changed
    changes.py --compatible OLD NEW  ends with 1 where a plugin built for OLD no longer fits

sdk/docs/abi.md is the policy that this applies.
"""

import dataclasses
import sys

import dump


@dataclasses.dataclass(frozen=True)
class Change:
    what: str
    allowed: bool
    advice: str = ""  # of one that is not allowed


def members(name, old, new):
    """What has changed in a struct."""
    there = {member.name: member for member in new.members}
    for before in old.members:
        after = there.pop(before.name, None)
        place = f"{name}.{before.name}"
        if after is None:
            same_place = next((each for each in new.members if each.offset == before.offset), None)
            if same_place and same_place.type == before.type and same_place.name not in {each.name for each in old.members}:
                there.pop(same_place.name)
                yield Change(f"{place} is now called `{same_place.name}`", False,
                             "sources that use it would no longer compile: keep the name")
            else:
                yield Change(f"{place} is gone", False, "keep it; what nobody reads any more stays, and its comment says so")
        elif after.offset != before.offset:
            yield Change(f"{place} moved from byte {before.offset} to {after.offset}", False,
                         "add new members at the end of the struct, and do not let a struct inside it grow")
        elif after.type != before.type:
            yield Change(f"{place} was `{before.type}` and is `{after.type}`", False,
                         "keep it, and add a member of the new type at the end")
    for added in there.values():
        place = f"{name}.{added.name}"
        if not old.grows:
            yield Change(f"{place} was added, to a struct that does not start with its size", False,
                         "nobody could tell whether it is there: make a new struct")
        elif added.offset < old.size:
            yield Change(f"{place} was added at byte {added.offset}, inside the {old.size} bytes that it had before", False,
                         f"its `size` would not tell whether it is there: put it behind the last member, from byte {old.size} on")
        else:
            yield Change(f"{place} was added at the end, `{added.type}`", True)
    if new.size != old.size and not there:
        yield Change(f"{name} had {old.size} bytes and has {new.size}", False, "members alone may make it larger")


def values(what, old, new):
    """What has changed in enumerators and other constants."""
    for name, value in old.items():
        if name not in new:
            yield Change(f"{name} is gone", False, "keep it: plugins were compiled with its number")
        elif new[name] != value:
            yield Change(f"{name} was {value} and is {new[name]}", False, "never renumber: plugins were compiled with its number")
    for name in new.keys() - old.keys():
        yield Change(f"{name} = {new[name]} was added{what}", True)


def changes(old, new):
    for name, before in sorted(old.functions.items()):
        after = new.functions.get(name)
        if after is None:
            yield Change(f"{name}() is gone", False, "keep it; it may do nothing but say so with an error")
        elif after != before:
            yield Change(f"{name}() was `{before}` and is `{after}`", False, "keep it, and add a function of another name")
    for name in sorted(new.functions.keys() - old.functions.keys()):
        yield Change(f"`{new.functions[name]}` was added", True)
    for name, before in sorted(old.structs.items()):
        if name not in new.structs:
            yield Change(f"struct {name} is gone", False, "keep it: plugins hand it over, or are handed it")
        else:
            yield from members(name, before, new.structs[name])
    for name, before in sorted(old.enums.items()):
        if name not in new.enums:
            yield Change(f"enum {name} is gone", False, "keep it")
        else:
            yield from values(f" to {name}", before, new.enums[name])
    yield from values("", old.constants, new.constants)
    for name, before in sorted(old.types.items()):
        after = new.types.get(name)
        if after is None:
            yield Change(f"type {name} is gone", False, "keep it")
        elif after != before:
            yield Change(f"{name} was `{before}` and is `{after}`", False, "keep it, and add a type of another name")
    for kind, before, after in (("struct", old.structs, new.structs), ("enum", old.enums, new.enums),
                                ("type", old.types, new.types)):
        for name in sorted(after.keys() - before.keys()):
            yield Change(f"{kind} {name} was added", True)


def report(old, new, found):
    forbidden = [change for change in found if not change.allowed]
    allowed = [change for change in found if change.allowed]
    if forbidden and new.major == old.major:
        yield f"NOT ALLOWED within major {old.major} of the ABI, whose plugins are out there:"
        for change in forbidden:
            yield f"  {change.what}"
            yield f"      {change.advice}"
        yield "  Undo these, or, where the break is meant: a new SILEX_ABI_MAJOR, a new SOVERSION, and every plugin is built again."
    elif forbidden:
        yield f"A break, as major {new.major} allows:"
        yield from (f"  {change.what}" for change in forbidden)
    if allowed:
        yield "ALLOWED in a new minor:"
        yield from (f"  {change.what}" for change in allowed)
        if new.major == old.major and new.minor == old.minor:
            yield f"  SILEX_ABI_MINOR is {old.minor} before and after: make it {old.minor + 1} (sdk/include/silex/abi.h), unless"
            yield f"  {old.major}.{old.minor} is not released yet, and say \"Since ABI {old.major}.N\" in the comment of what was added."
    if (new.major, new.minor) != (old.major, old.minor):
        yield f"The version goes from {old.major}.{old.minor} to {new.major}.{new.minor}."


def main(arguments):
    compatible_only = arguments[:1] == ["--compatible"]
    old, new = (dump.Dump(path) for path in arguments[-2:])
    found = list(changes(old, new))
    if compatible_only:
        found = [change for change in found if not change.allowed]
    lines = list(report(old, new, found)) if found or not compatible_only else []
    if lines:
        print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
