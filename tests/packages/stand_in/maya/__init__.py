"""A stand-in for what Maya's package calls of `maya`: an idle queue that a test empties, plug-ins, menus."""
