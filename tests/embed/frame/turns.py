"""A step is a turn, a number of turns, or turns until something holds; a nested loop makes turns of its own."""

import embedded

made = []


def turn():
    made.append(embedded.turns())


def scenario():
    assert embedded.is_main_thread()
    assert embedded.mode() == "gui"
    embedded.set_turn(turn)
    yield
    assert len(made) == 1
    yield 3
    assert len(made) == 4
    yield lambda: len(made) == 9
    assert len(made) == 9
    assert embedded.nested(lambda: len(made) == 12, 10)
    assert not embedded.nested(lambda: False, 0)
    embedded.quit("finalize")
    yield 5
    assert False, "no step after the one that quit"
