"""Commands that were written for ArtFX's Python client of Silex, on this runtime, unchanged.

What their commands use is here under the same names: CommandBase, ParameterBuffer, ActionQuery, the parameter
types, execute_in_thread, prompts, Context, Config. Definitions name a class by its dotted path; it is imported when
an action that names it is first loaded. What is not here says so in a sentence.
"""

import sys


class _Missing:
    """The last to be asked for a module: what the real client has beside this says that it is not here."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith(__name__ + "."):
            raise ModuleNotFoundError(
                "%s is not in silex's package silex_client, which has what commands use of the Python client; "
                "put what the command needs of it into a module of your own" % name,
                name=name,
            )
        return None


if not any(getattr(finder, "__name__", "") == "_Missing" and finder.__module__ == __name__ for finder in sys.meta_path):
    sys.meta_path.append(_Missing)
