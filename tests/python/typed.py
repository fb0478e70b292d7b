"""A studio's file as the guides show it, with its types; test_types.py has mypy read it, and nothing runs it."""

from __future__ import annotations

import pathlib
from typing import Any, Dict, List, Optional, Tuple

import silex
from typing_extensions import assert_type


@silex.command("studio.Cubes", parameters={"count": int})
def cubes(context: silex.CommandContext, count: int) -> Dict[str, int]:
    context.progress(50)
    context.progress(None)
    context.log("made %d" % count, "warning")
    return {"made": count}


@cubes.undo
def no_cubes(context: silex.CommandContext, count: int) -> None:
    context.log("took back %d cubes" % count)


@silex.command("studio.Export", {"file": "Path", "frames": {"type": "FrameSet", "value": "1-10"}}, metadata=["project"])
async def export(context: silex.CommandContext, file: str, frames: str) -> Dict[str, Any]:
    path = context.kept["file"] = pathlib.Path(file)
    assert_type(await context.worker(path.write_text, context.metadata["project"]), int)
    assert_type(await context.main_thread(lambda: "node", timeout=1.0), str)
    answer = await context.prompt({"replace": {"type": "bool", "label": "Replace it?"}})
    await context.store("exported", answer["replace"])
    context.store_soon("again", [await context.stored("exported"), context.stored_now("other")])
    await context.run_action("other", parameters={"n": 21})
    assert_type(await context.insert_action("more", label="More", hide_commands=True), Dict[str, str])
    await context.exit_step()
    return {"file": file}


@export.setup
async def prepare(context: silex.CommandContext) -> None:
    await context.edit({"label": "Prepared", "parameters": {"file": {"value": "b"}}})


@export.undo
async def take_back(context: silex.CommandContext) -> None:
    await context.worker(context.kept["file"].unlink)


def check(context: silex.CommandContext) -> None:
    assert_type(cubes.path, str)
    assert_type(cubes(context, 3), Dict[str, int])
    cubes(context, "three")  # type: ignore[arg-type]
    cubes.redo  # type: ignore[attr-defined]
    context.progress("half")  # type: ignore[arg-type]


def main() -> None:
    silex.start("ws://127.0.0.1:5118", actions=pathlib.Path("/studio"), context={"project": "north"})
    action = silex.action("export", batch=True).set("export:file", "a.abc")
    assert_type(action, silex.Action)
    assert_type(action.execute().result(30)["write"], Dict[str, Any])
    action.undo(all=True).result()
    action.answer({"step:cmd:name": "sphere"})
    action.pause()
    action.resume()
    action.skip("write:new")
    action.cancel()
    action.close()
    assert_type((action.uuid, action.name, action.label, action.status), Tuple[str, str, str, str])
    assert_type(action.progress, Optional[float])
    assert_type([running.read() for running in silex.actions()], List[Dict[str, Any]])
    silex.action(5)  # type: ignore[arg-type]
    silex.on("launch", lambda name: silex.log("launched " + str(name)))
    assert_type(silex.pump_until(silex.emit("/dcc", "ready", {"name": "a"})), List[Any])
    assert_type(silex.defer(len, "four").result(), int)
    silex.stop()
