import probe


@probe.on_main_thread
def answer(index):
    return index * index


probe.start()
probe.play("calls")
probe.pump(20_000)
