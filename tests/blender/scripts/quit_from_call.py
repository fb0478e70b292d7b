import probe

probe.start()
probe.play("quit_from_call")
