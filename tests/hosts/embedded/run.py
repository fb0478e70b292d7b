"""Runs a mock host and judges how it ended: run.py [--caught-by REGEX] [--timeout S] -- COMMAND...

Without --caught-by it must end with status 0 and say that its scenario passed. With it, it must not, and must say
why in words that the expression finds: that is how a naive adapter is caught.
"""

import argparse
import re
import subprocess
import sys


def verdict(status, output, caught_by):
    if not caught_by:
        return "" if status == 0 and "the scenario passed" in output else f"it ended with {status}"
    if status == 0:
        return "the naive adapter was not caught"
    return "" if re.search(caught_by, output) else f"it was not caught by '{caught_by}', but ended with {status}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--caught-by", default="")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    process = subprocess.Popen(
        arguments.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    try:
        # The host's own watchdog is to be first: it says where it hangs.
        output, _ = process.communicate(timeout=arguments.timeout + 20)
        status = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        output, status = process.communicate()[0], "a hang beyond its watchdog"
    wrong = verdict(status, output, arguments.caught_by)
    print(output, end="")
    if wrong:
        print("FAILED:", wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
