"""Stubs, as editors use them."""


def about(**keywords):
    pass


def evalDeferred(*arguments, **keywords):
    pass
