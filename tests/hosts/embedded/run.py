"""Runs a mock host and judges how it ended: run.py [--caught-by REGEX] [--timeout S] [--long-rounds N] -- COMMAND...

Without --caught-by it must end with status 0 and say that its scenario passed. With it, it must not, and must say
why in words that the expression finds: that is how a naive adapter is caught. With SILEX_TEST_LONG it is run as often
as --long-rounds says.
"""

import argparse
import os
import re
import subprocess
import sys


def verdict(status, output, caught_by):
    if not caught_by:
        return "" if status == 0 and "the scenario passed" in output else f"it ended with {status}"
    if status == 0:
        return "the naive adapter was not caught"
    return "" if re.search(caught_by, output) else f"it was not caught by '{caught_by}', but ended with {status}"


def run(arguments):
    process = subprocess.Popen(
        arguments.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    try:
        # The host's own watchdog is to be first: it says where it hangs.
        output, _ = process.communicate(timeout=arguments.timeout + 20)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        process.kill()
        return "a hang beyond its watchdog", process.communicate()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--caught-by", default="")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--long-rounds", type=int, default=1)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    for number in range(1, 1 + (arguments.long_rounds if os.environ.get("SILEX_TEST_LONG") else 1)):
        status, output = run(arguments)
        wrong = verdict(status, output, arguments.caught_by)
        print(output, end="")
        if wrong:
            print(f"FAILED: {wrong} (round {number})")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
