"""What each scenario must show. Each is a sentence and a question to the figures that Blender wrote."""

PLAYED = ("the scenario played to its end", lambda f: f["played"] == 1)

EXPECTATIONS = {
    "edits": [
        PLAYED,
        ("the adapter chosen is Blender's", lambda f: f["adapter"] == "blender"),
        ("both tasks got the names they asked for", lambda f: f["anna_right"] == f["bert_right"] == 1000),
        ("2000 objects are in the scene", lambda f: f["counted"] == "all there"),
        ("frames were drawn meanwhile", lambda f: f["draws"] >= 5),
        ("as many as the main loop made turns", lambda f: f["draws"] >= f["ticks"] / 2),
        ("no turn of it took as long as 3 s", lambda f: f["largest_tick_gap_ms"] < 3000),
    ],
    "heartbeat": [
        PLAYED,
        ("Python held the GIL for about 5 s", lambda f: 3 < f["gil_held_seconds"] < 15),
        ("the heartbeat went on", lambda f: f["beats"] > f["held_seconds"] * 10),
        # 20 ms, or as late as the machine made threads that only sleep.
        ("no beat was late", lambda f: f["largest_gap_ms"] <= f["allowed_gap_ms"]),
    ],
    "chain": [
        PLAYED,
        ("every call ran", lambda f: f["ran"] == 20_000),
        ("calls do not wait for ticks", lambda f: f["median_rate"] > 10 / f["tick_seconds"]),
    ],
    "quit_pending": [
        PLAYED,
        ("every call was accepted", lambda f: "refused" not in f),
        ("every call was told its end once", lambda f: f["values"] + f["gone"] + f["other"] == 10_000),
        ("those that did not run were told that the host is gone", lambda f: f["gone"] == 10_000 - f["ran"] > 0),
        ("those that ran were told so", lambda f: f["values"] == f["ran"]),
        ("every call was released", lambda f: f["released"] == 10_000),
        ("the task that waited was told", lambda f: f["task_told"] == 1),
        ("the thread that waited was told", lambda f: f["waiting_thread_told"] == 1),
    ],
    "quit_from_call": [
        PLAYED,
        ("the call that quit returned", lambda f: f["returned_from_quit"] == 1),
        ("the task was told that the host is gone", lambda f: f["task_told"] == 1),
    ],
    "file_load": [
        PLAYED,
        ("the file was loaded", lambda f: f["loaded"] == "the file's scene"),
        ("the load dropped a timer that is not persistent", lambda f: f["ordinary_timer_after_load"] == 0),
        ("calls behind the load ran", lambda f: f["calls_behind"] == 100),
        ("later ones too", lambda f: f["calls_after"] == 20),
    ],
    "restart": [
        PLAYED,
        ("five starts served their calls", lambda f: f["rounds"] == 5 and f["right"] == 500),
        ("the adapter was loaded", lambda f: f["mapped_while_loaded"]),
        ("nothing of the adapter stayed behind", lambda f: not f["mapped_when_unloaded"]),
    ],
    "background_pump": [
        PLAYED,
        ("all calls ran", lambda f: f["right"] == 100),
    ],
    "background_unpumped": [
        PLAYED,
        ("the call did not run", lambda f: "ran" not in f),
        ("it failed soon", lambda f: 0.3 <= f["after_seconds"] < 5),
        ("the error has its code", lambda f: f["code"] == 11),
        ("the error says what to do", lambda f: "silex_pump_until()" in f["error"]),
    ],
    "background_wrong_thread": [
        ("the start was refused, and said why", lambda f: "start it on the main thread" in f["error"]),
    ],
}
