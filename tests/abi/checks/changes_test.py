"""What changes.py and layout.py say of each kind of change: changes_test.py INCLUDE ABIDW CC CMAKE

Each case edits a copy of the real headers.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent


class ChangesTest(unittest.TestCase):
    include = abidw = compiler = cmake = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.before = cls.dump("before", {})

    @classmethod
    def dump(cls, name, edits):
        """The dump of the headers after edits: {header: [(old, new), ...]}."""
        folder = cls.folder / name
        shutil.copytree(cls.include, folder / "include")
        for header, replacements in edits.items():
            path = folder / "include/silex" / header
            text = path.read_text()
            for old, new in replacements:
                if text.count(old) != 1:
                    raise AssertionError(f"{header} has {text.count(old)} times: {old}")
                text = text.replace(old, new)
            path.write_text(text)
        include = folder / "include"
        run(cls.cmake, f"-DINCLUDE={include}", f"-DOUTPUT={folder}/surface.c", "-P", HERE / "surface.cmake")
        run(cls.compiler, "-std=c11", "-g", "-gdwarf-4", "-fPIC", "-shared", f"-I{include}", "-o", folder / "surface.so",
            folder / "surface.c")
        run(cls.abidw, "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--type-id-style",
            "hash", "--out-file", folder / "surface.abi", folder / "surface.so")
        return folder / "surface.abi"

    def said_of(self, header, *replacements):
        after = self.dump(self.id(), {header: replacements})
        ended = subprocess.run([sys.executable, "-B", HERE / "changes.py", self.before, after], capture_output=True,
                               text=True)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        compatible = subprocess.run([sys.executable, "-B", HERE / "changes.py", "--compatible", self.before, after],
                                    capture_output=True)
        self.assertEqual(compatible.returncode, 1 if "NOT ALLOWED" in ended.stdout else 0)
        return ended.stdout

    def assert_allowed(self, said, *sentences):
        self.assertNotIn("NOT ALLOWED", said)
        for sentence in ("ALLOWED in a new minor", *sentences):
            self.assertIn(sentence, said)

    def assert_forbidden(self, said, *sentences):
        for sentence in ("NOT ALLOWED within major 1", "SILEX_ABI_MAJOR", *sentences):
            self.assertIn(sentence, said)

    def test_nothing_is_said_where_only_comments_changed(self):
        after = self.dump(self.id(), {"work.h": [("/* What to run. ", "/* What is to be run. ")]})
        self.assertEqual(run(sys.executable, "-B", HERE / "changes.py", self.before, after).strip(), "")

    def test_a_member_at_the_end_needs_a_new_minor(self):
        said = self.said_of("adapter.h", ("  void (*destroy)(void* self);", "  void (*destroy)(void* self);\n  void (*more)(void);"))
        self.assert_allowed(said, "silex_adapter.more was added at the end", "make it 4")

    def test_a_member_with_the_minor_raised(self):
        after = self.dump(self.id(), {"abi.h": [("#define SILEX_ABI_MINOR 3u", "#define SILEX_ABI_MINOR 4u")],
                                      "adapter.h": [("  void (*destroy)(void* self);",
                                                     "  void (*destroy)(void* self);\n  void (*more)(void);")]})
        said = subprocess.run([sys.executable, "-B", HERE / "changes.py", self.before, after], capture_output=True,
                              text=True).stdout
        self.assert_allowed(said, "The version goes from 1.3 to 1.4.")
        self.assertNotIn("make it", said)

    def test_a_member_in_the_middle(self):
        said = self.said_of("work.h", ("  uint64_t timeout_ns;", "  uint64_t priority;\n  uint64_t timeout_ns;"))
        self.assert_forbidden(said, "silex_work.timeout_ns moved from byte 24 to 32", "at the end of the struct",
                              "silex_work.priority was added at byte 24, inside the 64 bytes")

    def test_a_member_in_the_padding_at_the_end(self):
        said = self.said_of("connection.h", ("  bool recovered;", "  bool more;\n  bool recovered;"))
        self.assert_forbidden(said, "silex_connection_state.recovered moved from byte 32 to 33")
        self.assertIn("its `size` would not tell", said)

    def test_a_member_of_a_struct_without_a_size(self):
        said = self.said_of("metrics.h", ("  uint64_t buckets[SILEX_HISTOGRAM_BUCKETS];",
                                          "  uint64_t buckets[SILEX_HISTOGRAM_BUCKETS];\n  uint64_t min_ns;"))
        self.assert_forbidden(said, "silex_histogram.min_ns was added, to a struct that does not start with its size",
                              "silex_metrics.call_run moved")

    def test_a_member_that_goes(self):
        said = self.said_of("plugin.h", ("  const char* version; /* the plugin's own */\n", ""))
        self.assert_forbidden(said, "silex_plugin_entry.version is gone")

    def test_a_member_of_another_name(self):
        said = self.said_of("adapter.h", ("  const char* title;", "  const char* label;"))
        self.assert_forbidden(said, "silex_adapter_factory.title is now called `label`")

    def test_a_member_of_another_type(self):
        said = self.said_of("command.h", ("  uint32_t count;", "  int32_t count;"))
        self.assert_forbidden(said, "silex_command_pack.count was `uint32_t` and is `int32_t`")

    def test_a_function_of_a_plugin_with_another_parameter(self):
        said = self.said_of("adapter.h", ("  void (*detach)(void* self);", "  void (*detach)(void* self, bool quits);"))
        self.assert_forbidden(said, "silex_adapter.detach was `void (*)(void*)` and is `void (*)(void*, bool)`")

    def test_an_enumerator_that_is_renumbered(self):
        said = self.said_of("event.h", ("  SILEX_EVENT_SLOW_CALL = 3,", "  SILEX_EVENT_SLOW_CALL = 7,"))
        self.assert_forbidden(said, "SILEX_EVENT_SLOW_CALL was 3 and is 7", "never renumber")

    def test_a_status_that_is_renumbered(self):
        said = self.said_of("error.h", ("  SILEX_ERROR_BUSY = 13,", "  SILEX_ERROR_BUSY = 19,"))
        self.assert_forbidden(said, "SILEX_ERROR_BUSY was 13 and is 19")

    def test_a_status_more(self):
        said = self.said_of("error.h", ("  SILEX_ERROR_PLUGIN_BUSY = 43 ", "  SILEX_ERROR_NEW = 44, SILEX_ERROR_PLUGIN_BUSY = 43 "))
        self.assert_allowed(said, "SILEX_ERROR_NEW = 44 was added")

    def test_a_function_more_and_one_less(self):
        said = self.said_of("log.h", ("SILEX_API silex_status silex_log(", "SILEX_API silex_status silex_write("))
        self.assert_forbidden(said, "silex_log() is gone", "silex_write(silex_runtime*, silex_log_level, const char*)` was added")

    def test_a_type_of_another_width(self):
        said = self.said_of("abi.h", ("typedef uint64_t silex_task_id;", "typedef uint32_t silex_task_id;"))
        self.assert_forbidden(said, "silex_task_id was `uint64_t` and is `uint32_t`")

    def test_a_new_struct_must_have_its_assertions(self):
        after = self.dump(self.id(), {"log.h": [("SILEX_END_C", "typedef struct silex_new { uint32_t size; } silex_new;\nSILEX_END_C")]})
        ended = subprocess.run([sys.executable, "-B", HERE / "layout.py", after, HERE.parent / "layout.c", self.include],
                               capture_output=True, text=True)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("SIZE(silex_new, 4);\nAT(silex_new, size, 0);\n", ended.stdout)


def run(*command):
    ended = subprocess.run([str(each) for each in command], capture_output=True, text=True)
    if ended.returncode:
        raise AssertionError(f"{command} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")
    return ended.stdout


if __name__ == "__main__":
    ChangesTest.include, ChangesTest.abidw, ChangesTest.compiler, ChangesTest.cmake = sys.argv[1:5]
    unittest.main(argv=sys.argv[:1])
