// Each check catches the adapter that is broken for it, and no other check does.
#include "validate_fixture.hpp"

#include <algorithm>

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Broken {
  const char* name;   // of the file in broken/
  const char* check;  // that catches it
  const char* says;
};
void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.name;
}

const std::vector<Broken>& all_broken() {
  static const std::vector<Broken> all{
      {"library_exports", "library.exports", "'crc32_of_ours'"},
      {"library_links", "library.links", "'libpython3.99.so'"},
      {"library_load", "library.load", "SIGABRT"},
      {"entry_symbol", "entry.symbol", "exports no 'silex_plugin'"},
      {"entry_version", "entry.version", "version 2 of the ABI"},
      {"entry_size", "entry.size", "no multiple of 8"},
      {"entry_members", "entry.members", "no version"},
      {"plugin_init", "plugin.init", "SIGSEGV"},
      {"plugin_init_exits", "plugin.init", "exit code 0"},
      {"plugin_init_busy", "plugin.init", "deinit() right after init()"},
      {"plugin_two_runtimes", "plugin.two_runtimes", "set_error() of a silex_host"},
      {"abi_exceptions", "abi.exceptions", "left get_factory(), which must not happen: no such factory"},
      {"factory_adapter", "factory.adapter", "nothing for 'silex.adapter/1'"},
      {"factory_unknown_id", "factory.unknown_id", "'silex.unknown/1'"},
      {"factory_size", "factory.size", "smaller than that of the first version"},
      {"factory_members", "factory.members", "no title"},
      {"factory_static", "factory.static", "static storage"},
      {"factory_detect", "factory.detect", "starts a thread"},
      {"factory_create_refused", "factory.create_refused", "does not say why"},
      {"adapter_size", "adapter.size", "smaller than that of the first version"},
      {"adapter_members", "adapter.members", "no wake()"},
      {"adapter_destroy", "adapter.destroy", "in destroy()"},
      {"adapter_attach", "adapter.attach", "'there are no timers'"},
      {"adapter_mode", "adapter.mode", "without writing"},
      {"adapter_mode_of_batch", "adapter.mode", "SILEX_HOST_INTERACTIVE in a batch host"},
      {"adapter_attach_drains", "adapter.attach_drains", "attach() drains the pump"},
      {"adapter_attach_refused", "adapter.attach_refused", "kept 1 reference(s)"},
      {"adapter_batch", "adapter.batch", "drains by itself"},
      {"adapter_wake", "adapter.wake", "no drain came"},
      {"adapter_drain_thread", "adapter.drain_thread", "another thread"},
      {"adapter_idle", "adapter.idle", "times a second though nobody wakes it"},
      {"adapter_wake_once", "adapter.wake_once", "2 drains came for one wake()"},
      {"adapter_wake_inline", "adapter.wake_inline", "drains at once"},
      {"adapter_wake_blocks", "adapter.wake_blocks", "did not return while the main thread was held"},
      {"adapter_slow_host", "adapter.slow_host", "held its main thread"},
      {"adapter_wake_many", "adapter.wake_many", "called again before a drain"},
      {"adapter_wake_in_drain", "adapter.wake_in_drain", "while a drain ran"},
      {"adapter_nested_loop", "adapter.nested_loop", "behind a modal dialog"},
      {"adapter_drain_report", "adapter.drain_report", "size is not set"},
      {"adapter_two_adapters", "adapter.two_adapters", "the first was woken"},
      {"adapter_attach_again", "adapter.attach_again", "attach() no. 2"},
      {"adapter_wake_after_detach", "adapter.wake_after_detach", "goes on calling drain()"},
      {"adapter_pump_references", "adapter.pump_references", "1 reference(s) of the pump are left"},
      {"adapter_pump_references_borrowed", "adapter.pump_references", "drain() was called when all"},
      {"adapter_detach_in_drain", "adapter.detach_in_drain", "log() was called"},
      {"plugin_deinit", "plugin.deinit", "says that it is busy"},
      {"plugin_threads", "plugin.threads", "1 thread(s) are left"},
      {"plugin_unload", "plugin.unload", "SILEX_ERROR_PLUGIN_BUSY"},
      {"adapter_quit", "adapter.quit", "nobody called quit()"},
  };
  return all;
}

class BrokenAdapter : public Validate, public ::testing::WithParamInterface<Broken> {
 protected:
  // Without its host, in it, and in a batch one: what is found in all of them, and what is said of it.
  void look_everywhere() {
    for (const std::string& where : {std::string(), in_host("interactive"), " --batch" + in_host("batch")}) {
      const Report found = report(broken(GetParam().name) + " --patience 10" + where);
      EXPECT_EQ(found.code, found.ids("failed").empty() ? 0 : 1);
      for (const char* const kind : {"failed", "noted"}) {
        for (const std::string& id : found.ids(kind)) {
          ids.insert(id);
          said += found.text(id) + "\n";
        }
      }
    }
  }
  std::set<std::string> ids;
  std::string said;
};

TEST_P(BrokenAdapter, IsCaughtByItsCheckAlone) {
  look_everywhere();
  EXPECT_THAT(ids, ElementsAre(GetParam().check)) << said;
  EXPECT_THAT(said, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(Validate, BrokenAdapter, ::testing::ValuesIn(all_broken()),
                         [](const auto& test) { return std::string(test.param.name); });

class GoodAdapter : public Validate {};

TEST_F(GoodAdapter, PassesEachCheckSomewhere) {
  std::set<std::string> passed;
  for (const std::string& where : {std::string(), in_host("interactive"),
                                   " --isolate" + in_host("interactive"), " --batch" + in_host("batch")}) {
    const Report found = report(broken("good") + " --patience 20" + where);
    EXPECT_EQ(found.code, 0) << where;
    EXPECT_THAT(found.ids("failed"), IsEmpty());
    EXPECT_THAT(found.ids("noted"), IsEmpty());
    passed.merge(found.ids("ok"));
  }
  EXPECT_EQ(passed, all_ids());
}

TEST_F(GoodAdapter, WhereItsHostIsNotIsToldToBeCheckedThere) {
  const Report found = report(broken("good"));
  EXPECT_THAT(found.ids("skipped"), Contains("adapter.wake"));
  EXPECT_THAT(found.text("adapter.wake"), HasSubstr("--host"));
}

class BrokenFile : public Validate {
 protected:
  std::string copy_of_good(const std::string& name) {
    fs::copy_file(broken("good"), folder / name, fs::copy_options::overwrite_existing);
    return (folder / name).string();
  }
  // What is found of it, beside what is skipped.
  void expect_alone(const std::string& file, const char* result, const char* check, const char* says) {
    const Report found = report(file);
    EXPECT_EQ(found.code, std::string(result) == "failed" ? 1 : 0);
    EXPECT_THAT(found.ids(result), ElementsAre(check));
    EXPECT_THAT(found.text(check), HasSubstr(says));
    for (const char* const other : {"failed", "noted"}) {
      if (std::string(other) == result) continue;
      EXPECT_THAT(found.ids(other), IsEmpty());
    }
  }
};

TEST_F(BrokenFile, ThatIsNoLibraryIsNotLoaded) {
  expect_alone(
      write("silex_adapter_validated.so", "text, and no library of any kind, be it long enough for one"),
      "failed", "file.loadable", "is not a shared library");
}

TEST_F(BrokenFile, ThatAnyoneCanWriteIsAFinding) {
  const std::string file = copy_of_good("silex_adapter_validated.so");
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  expect_alone(file, "failed", "file.permissions", "anyone can write into it");
  EXPECT_THAT(report(file).text("library.load"), HasSubstr("file.permissions did not pass"))
      << "nothing of it is run";
}

TEST_F(BrokenFile, OfAnotherNameIsWorthALook) {
  expect_alone(copy_of_good("validated.so"), "noted", "factory.file_name", "'silex_adapter_validated.so'");
}

// So that no check can be added without one.
TEST_F(Validate, EachCheckHasAnAdapterThatIsBrokenForIt) {
  std::set<std::string> caught{"file.loadable", "file.permissions", "factory.file_name"};  // those above
  for (const Broken& broken : all_broken()) caught.insert(broken.check);
  EXPECT_EQ(caught, all_ids());
}

TEST_F(Validate, APluginThatHangsIsAFinding) {
  const Report found = report(broken("plugin_init_hangs") + " --patience 0.1 --check plugin.init");
  EXPECT_EQ(found.code, 1);
  EXPECT_THAT(found.ids("failed"), ElementsAre("plugin.init"));
  EXPECT_THAT(found.text("plugin.init"),
              ::testing::AllOf(HasSubstr("did nothing for"), HasSubstr("in init()")));
}

// The host is started again for the checks that come after.
TEST_F(Validate, APluginThatBringsItsHostDownIsAFindingAndTheRestIsChecked) {
  const Report found = report(broken("adapter_destroy") + in_host("interactive"));
  EXPECT_THAT(found.ids("failed"), ElementsAre("adapter.destroy"));
  EXPECT_THAT(found.ids("ok"), Contains("adapter.quit"));
  EXPECT_EQ(found.json["checks"].size(), all_ids().size());
}

}  // namespace
}  // namespace silex::test
