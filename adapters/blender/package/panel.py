"""The panel in the sidebar of the 3D view. It shows what silex.status() says, which never waits for anybody.

Blender redraws when something changed, and not otherwise: a timer compares what there is with what was drawn.
"""

import bpy
from silex.panel import model

_INTERVAL = 0.25  # s, between two looks
_view = model.EMPTY  # what is drawn
_is_ours = False  # whether this copy's classes are the registered ones


class SILEX_OT_cancel(bpy.types.Operator):
    """Cancel this action: what it has done so far stays, and can be undone"""

    bl_idname = "silex.cancel"
    bl_label = "Cancel"
    uuid: bpy.props.StringProperty(options={"HIDDEN"})

    def execute(self, _context):
        if model.cancel(self.uuid):
            return {"FINISHED"}
        self.report({"WARNING"}, "That action has ended already")
        return {"CANCELLED"}


class SilexRow(bpy.types.PropertyGroup):
    """A bar before Blender 4, whose layouts have no progress(): a slider that cannot be moved."""

    # Of the row with the same number in what is drawn.
    progress: bpy.props.FloatProperty(
        subtype="PERCENTAGE", min=0, max=100, precision=0, get=lambda self: _progress_of(self.name)
    )


def _progress_of(uuid):
    return next((row.progress or 0.0 for row in _view.rows if row.uuid == uuid), 0.0)


def _write(context, layout, text, icon):
    """A label in as many lines as the sidebar's width asks for: Blender cuts what is longer."""
    letter = 7 * context.preferences.system.ui_scale  # px, of the interface's font on average
    column = layout.column(align=True)
    for number, line in enumerate(model.lines(text, max(16, int(context.region.width / letter) - 8))):
        column.label(text=line, icon=icon if number == 0 else "BLANK1")


class SILEX_PT_actions(bpy.types.Panel):
    bl_label = "Silex"
    bl_idname = "SILEX_PT_actions"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = "Silex"

    def draw(self, context):
        layout = self.layout
        _write(context, layout, _view.headline, "LINKED" if _view.is_connected else "UNLINKED")
        for row in _view.rows:
            self._draw_action(context, layout.box(), row)
        if not _view.rows:
            layout.label(text="No action runs")
        if _view.warning:
            _write(context, layout, _view.warning, "ERROR")

    @staticmethod
    def _draw_action(context, box, row):
        head = box.row()
        head.label(text=row.label)
        head.operator(SILEX_OT_cancel.bl_idname, text="", icon="X", emboss=False).uuid = row.uuid
        if row.progress is None:
            box.label(text=row.state)
        elif hasattr(box, "progress"):
            box.progress(factor=row.progress / 100, text=f"{row.state}, {row.progress:.0f} %")
        else:
            slider = context.window_manager.silex_rows.get(row.uuid)
            if slider is not None:
                box.prop(slider, "progress", text=row.state, slider=True)


_CLASSES = (SilexRow, SILEX_OT_cancel, SILEX_PT_actions)


def _mirror(rows):
    """What the sliders hang on: one entry in the window manager, which no file holds, for each row."""
    mirrored = bpy.context.window_manager.silex_rows
    if [entry.name for entry in mirrored] == [row.uuid for row in rows]:
        return
    mirrored.clear()
    for row in rows:
        mirrored.add().name = row.uuid


def _refresh():
    global _view
    view = model.read()
    _mirror(view.rows)  # a file that was loaded brought a window manager of its own
    if view != _view:
        _view = view
        for window in bpy.context.window_manager.windows:
            for area in window.screen.areas:
                if area.type == "VIEW_3D":
                    area.tag_redraw()
    return _INTERVAL


def watch():
    """Begins to look for changes. Main thread, outside of Blender's restricted context."""
    if _is_ours and not bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.register(_refresh, persistent=True)


def register():
    """False, and nothing is done, where another copy's panel is there."""
    global _is_ours
    if hasattr(bpy.types, SILEX_PT_actions.bl_idname):
        return False
    for each in _CLASSES:
        bpy.utils.register_class(each)
    bpy.types.WindowManager.silex_rows = bpy.props.CollectionProperty(type=SilexRow, options={"SKIP_SAVE"})
    _is_ours = True
    return True


def unregister():
    """False, and nothing is done, where the panel is another copy's."""
    global _is_ours
    if not _is_ours:
        return False
    _is_ours = False
    if bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.unregister(_refresh)
    del bpy.types.WindowManager.silex_rows
    for each in reversed(_CLASSES):
        bpy.utils.unregister_class(each)
    return True
