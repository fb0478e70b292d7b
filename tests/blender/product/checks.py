"""What each scenario must show: a sentence, and a question to Blender's figures and to what the user saw, in order."""


def said(seen, what):
    return any(each["what"] == what for each in seen)


def order(seen):
    return [each["what"] for each in seen if each["what"] in ("answered", "cancelled", "taken back", "all is as it was")]


def updates(seen):
    return next(each for each in seen if each["what"] == "updates")


def labels(seen):
    return {each["label"] for each in seen if each["what"] == "action"}


PLAYED = ("the scenario played to its end", lambda f, s: f["failure"] is None)
SERVED = [
    ("the adapter chosen is Blender's", lambda f, s: f["host"] == "blender"),
    ("the service knew the host", lambda f, s: any(each.get("dcc") == "blender" for each in s)),
    ("the user saw it go", lambda f, s: said(s, "host gone")),
]
ACTIONS = [
    ("the user saw both actions", lambda f, s: labels(s) >= {"Build shot sh010", "Render sh020"}),
    ("and answered, cancelled and took back, in this order",
     lambda f, s: order(s) == ["answered", "cancelled", "taken back", "all is as it was"]),
    # Several changes may come in one: what the user waited for came in so many at least.
    ("in updates of both", lambda f, s: updates(s)["shot"] >= 2 and updates(s)["render"] >= 1),
    ("both ran at once", lambda f, s: f["both_ran"]),
    ("the scene was built in Python", lambda f, s: f["objects_built"] == 60),
    ("and saved", lambda f, s: f["saved_bytes"] > 10_000),
    ("it waited for an answer", lambda f, s: f["files_before_the_answer"] == ["sh010.blend"]),
    ("the shot was completed, with the commands in C++", lambda f, s: f["shot"] == "completed"),
    ("its files were there", lambda f, s: f["exported"] == ["delivered", "sh010.blend", "sh010.obj", "sh010.txt"]),
    ("the cache is what the command in C++ wrote", lambda f, s: '"shot":"sh010"' in f["cache"]),
    ("the render was cancelled", lambda f, s: f["render"] == "cancelled"),
    ("the files are gone after the undo", lambda f, s: f["files_after"] == []),
    ("the objects too", lambda f, s: f["objects_after"] == 0),
]

CHECKS = {
    "sample": [
        ("the add-on started it, from its folder", lambda f, s: "Silex 0" in f["output"] and "silex_addon/python" in f["output"]),
        ("the action ran", lambda f, s: "'Build cubes' is completed; the scene has 15 objects" in f["output"]),
        ("its output came", lambda f, s: "cubes: {'build': {'cubes': {'made': 12}}}" in f["output"]),
        ("the user saw it", lambda f, s: "Build cubes" in labels(s)),
    ],
    "whole": [
        PLAYED,
        *SERVED,
        *ACTIONS,
        ("a file was loaded while both ran", lambda f, s: f["loaded_in_the_middle"]),
        ("the runtime went on behind the load", lambda f, s: f["calls_behind_the_load"] == 100),
        ("the panel was drawn", lambda f, s: f["panel_draws"] >= 1),
        ("it was drawn again only when something changed", lambda f, s: f["panel_draws_while_nothing_changed"] == 0),
        ("its picture is not blank", lambda f, s: f["colours_in_the_panel"] >= 16),
        ("it showed both actions", lambda f, s: f["panel_labels"] == ["Build shot sh010", "Render sh020"]),
        ("and the connection", lambda f, s: f["panel_headline"].startswith("Connected to ws://127.0.0.1:")),
        ("its button cancels", lambda f, s: f["cancelled_by_the_button"] == "cancelled"),
    ],
    "background": [PLAYED, *SERVED, *ACTIONS],
    "lives": [
        PLAYED,
        ("the user saw the host come three times", lambda f, s: len([each for each in s if each["what"] == "host"]) == 3),
        ("and go as often", lambda f, s: len([each for each in s if each["what"] == "host gone"]) == 3),
        ("what was pending was told that the host is gone", lambda f, s: f["gone"] == [500, 500]),
        ("each start served its calls", lambda f, s: f["served"] == 3),
        ("a second copy was told off",
         lambda f, s: "Silex is enabled already, by another add-on; silex_addon_old does nothing" in f["output"]),
        ("its version was named", lambda f, s: "there is also Silex 0.0.9 in " in f["output"]),
        ("it took nothing along when it went", lambda f, s: f["runs_without_the_copy"] and f["panel_is_of"] == "silex_addon.panel"),
        ("nothing of the panel stays behind", lambda f, s: f["left_behind"] == []),
    ],
    "quit": [
        PLAYED,
        *SERVED,
        ("an action ran when Blender quit", lambda f, s: f["running_at_the_end"] == ["Render sh020"]),
        ("every pending call was told its end", lambda f, s: f["told"] == f["pending"] == 1000),
        ("the action was told its end", lambda f, s: f["action_told"]),
        ("a thread of Python's that waited was told", lambda f, s: f["thread_told"] in ("HostGone", "Cancelled")),
    ],
}
