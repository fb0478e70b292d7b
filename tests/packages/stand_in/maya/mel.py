def eval(text):
    assert "$gMainWindow" in text
    return "MayaWindow"
