import time

import probe

probe.start(no_pump_ms=300)
probe.play("unpumped")
end = time.monotonic() + 10
while not probe.has_ended() and time.monotonic() < end:
    time.sleep(0.01)  # the main thread, which does not pump: that is the test
