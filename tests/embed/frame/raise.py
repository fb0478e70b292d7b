def scenario():
    yield
    raise ValueError("as it should")
