"""check.py finds what is wrong with a block: each case is a page of its own."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent


class CheckTest(unittest.TestCase):
    def check(self, *lines):
        """Checks a page that lies beside the tree: the paths in it are the tree's."""
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text("\n".join(lines) + "\n")
            ended = subprocess.run([sys.executable, "-B", HERE / "check.py", page], capture_output=True, text=True)
            self.said = ended.stdout + ended.stderr
            return ended.returncode

    def assert_wrong(self, sentence, *lines):
        self.assertEqual(self.check(*lines), 1, self.said)
        self.assertIn(sentence, self.said)

    def assert_right(self, *lines):
        self.assertEqual(self.check(*lines), 0, self.said)

    def test_a_block_that_nobody_checks(self):
        self.assert_wrong("nobody checks this block", "```sh", "true", "```")

    def test_a_check_that_there_is_not(self):
        self.assert_wrong("there is no check 'looked'", "<!-- checked: looked at -->", "```", "```")

    def test_a_block_without_an_end(self):
        self.assertEqual(self.check("```sh", "true"), 1)
        self.assertIn("has no end", self.said)

    def test_another_text_than_the_file(self):
        self.assert_wrong("it is not LICENSE", "<!-- checked: is LICENSE -->", "```", "something else", "```")
        self.assert_wrong("not in LICENSE", "<!-- checked: part of LICENSE -->", "```", "something else", "```")
        self.assert_right("<!-- checked: part of LICENSE -->", "```", "MIT License", "```")

    def test_code_that_does_not_compile(self):
        self.assert_wrong("error", "<!-- checked: compiles -->", "```c", "int main(void) { return silex; }", "```")
        self.assert_wrong("unused", "<!-- checked: compiles -->", "```cpp", "static void f(int x) {}", "```")
        self.assert_right("<!-- checked: compiles -->", "```c", "#include <silex/silex.h>", "```")

    def test_a_program_that_fails(self):
        self.assert_wrong("ended with 3", "<!-- checked: runs -->", "```c", "int main(void) { return 3; }", "```")
        self.assert_wrong("ended with 1", "<!-- checked: runs -->", "```python", "raise SystemExit(1)", "```")
        self.assert_wrong("ended with 1", "<!-- checked: step -->", "```sh", "false", "true", "```")

    def test_what_is_not_printed(self):
        program = ["<!-- checked: runs -->", "```python", "print('one')", "print('two 2')", "```", "<!-- checked: printed -->", "```"]
        self.assert_wrong("this line was not printed", *program, "two 2", "one", "```")
        self.assert_wrong("this line was not printed", *program, "on", "```")
        self.assert_right(*program, "one", "two ...", "```")

    def test_files_and_steps_follow_one_another(self):
        self.assert_right("This is `a/b.txt`:", "", "<!-- checked: file a/b.txt -->", "```", "text", "```", "<!-- checked: step -->", "```sh", "cat a/b.txt",
                          "```", "<!-- checked: printed -->", "```", "text", "```")

    def test_a_file_whose_name_readers_are_not_told(self):
        self.assert_wrong("readers are not told", "This:", "", "<!-- checked: file a/b.txt -->", "```", "text", "```")

    def test_a_definition_with_an_error(self):
        self.assert_wrong("silex", "<!-- checked: definition a -->", "```yaml", "a: {steps: {one: {commands: {x: {pth: silex.Pass}}}}}",
                          "```")

    def test_what_a_command_names(self):
        for line, sentence in (("tests/no_such.sh", "there is no tests/no_such.sh"), ("cmake --preset nobody", "no preset nobody"),
                               ("cmake --build build/dev --target nobody", "no target nobody"),
                               ("ctest --preset dev -L nobody", "no test has the label nobody"),
                               ("samples/demo.sh nobody", "does not know 'nobody'")):
            self.assert_wrong(sentence, "<!-- checked: named -->", "```sh", line, "```")
        self.assert_right("<!-- checked: named -->", "```sh", "samples/demo.sh chat  # a chat", "ctest --preset dev -L abi", "```")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    unittest.main()
