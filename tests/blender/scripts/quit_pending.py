import probe

probe.start()
probe.play("quit_pending")
