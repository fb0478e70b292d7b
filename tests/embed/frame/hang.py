import embedded


def scenario():
    yield
    embedded.hold_gil(1000)
