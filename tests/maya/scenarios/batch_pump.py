"""In batch, whoever waits pumps."""

import embedded
import probe


def scenario():
    runtime = probe.Probe().start()
    on_main = []
    for round in range(1, 4):
        runtime.defer(lambda index: on_main.append(embedded.is_main_thread()), 100)
        runtime.pump(20)
        assert runtime.told == 100 * round
    assert on_main == [True] * 300
    runtime.defer(None, 10)  # and quits with calls pending
    yield
    embedded.quit("finalize")
