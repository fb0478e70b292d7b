"""The add-on is disabled with calls pending and enabled again, and a second copy of it comes and goes."""

import addon_utils
import bpy
import silex
from stage import figures, is_connected, play_in_steps

ADDON, COPY = "silex_addon", "silex_addon_old"
figures.update(gone=[], served=0)


def panel_type():
    return getattr(bpy.types, "SILEX_PT_actions", None)


def served():
    """Waits for a call on the main thread, behind the connection."""
    yield lambda: silex.is_running() and is_connected()
    call = silex.defer(lambda: 7)
    yield call.done
    figures["served"] += call.result() == 7


def scenario():
    yield from served()
    addon_utils.enable(COPY)
    yield lambda: True
    addon_utils.disable(COPY)
    figures["runs_without_the_copy"] = silex.is_running()
    figures["panel_is_of"] = panel_type().__module__
    for _ in range(2):
        pending = [silex.defer(lambda: 0) for _ in range(500)]
        addon_utils.disable(ADDON)
        assert not silex.is_running()
        figures["gone"].append(len([call for call in pending if isinstance(call.exception(), silex.HostGone)]))
        figures["left_behind"] = [name for name in dir(bpy.types) if "SILEX" in name]
        addon_utils.enable(ADDON)
        yield from served()


play_in_steps(scenario)
