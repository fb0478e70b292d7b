"""What the mock host's executable offers to the fake modules of a host, and to scenarios."""

from typing import Callable

def mode() -> str: ...  # "gui" or "batch"
def is_main_thread() -> bool: ...  # whether this is the thread with the main loop
def set_turn(function: Callable[[], object]) -> None: ...  # what one turn of the main loop does
def post() -> None: ...  # any thread: the loop makes its next turn at once, instead of within 5 ms
def turns() -> int: ...  # made so far, nested ones included
def is_quitting() -> bool: ...

# A modal dialog: turns of the main loop from inside one, until the condition holds. Whether it came to hold.
def nested(condition: Callable[[], object], seconds: float) -> bool: ...

# The calling thread sleeps with the GIL in its hand: one long call of C code.
def hold_gil(seconds: float) -> None: ...

# The main thread sleeps without the GIL and makes no turn: whoever is about to do the wrong thing has the time to.
def let_others_run(seconds: float) -> None: ...

# The loop ends after the turn that is running. "finalize": Python is ended; "exit": exit(); "_exit": nothing runs.
def quit(how: str) -> None: ...
def note(doing: str) -> None: ...  # what is said if it hangs now

# What would crash, abort or freeze the real host for good: says so and ends the process with status 70.
def fatal(why: str) -> None: ...
