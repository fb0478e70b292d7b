// What is wrong with a plugin's entry, or with its init(), is told apart and worded.
#include "support/loader_test.hpp"

namespace silex::test {
namespace {

class PluginEntry : public LoaderTest {};

TEST_F(PluginEntry, IsWhatMakesALibraryAPlugin) {
  silex_plugin_handle* plugin = nullptr;
  ASSERT_THAT(load(plugin_file("good").string(), &plugin), Succeeds());
  ASSERT_NE(plugin, nullptr);
  EXPECT_STREQ(silex_plugin_name(plugin), "good");
  EXPECT_EQ(observed_in(plugin_file("good")).inits, 1);
}

TEST_F(PluginEntry, ThatIsMissingIsNamed) {
  EXPECT_THAT(load_built("no_entry"),
              FailsWith(SILEX_ERROR_NO_ENTRY, plugin_file("no_entry").string(), "exports no 'silex_plugin'"));
}

TEST_F(PluginEntry, ThatIsHiddenIsNamed) {
  EXPECT_THAT(load_built("hidden_entry"),
              FailsWith(SILEX_ERROR_NO_ENTRY, plugin_file("hidden_entry").string(), "hidden"));
}

struct Broken {
  const char* plugin;
  silex_status status;
  const char* says;
};
void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.plugin;
}

class BrokenEntry : public LoaderTest, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenEntry, IsRefusedWithWhatIsWrongAndNotCalled) {
  const auto file = plugin_file(GetParam().plugin);
  EXPECT_THAT(load(file.string()), FailsWith(GetParam().status, file.string(), GetParam().says));
  EXPECT_FALSE(is_mapped(file)) << "a library without a plugin in it has no reason to stay";
}

INSTANTIATE_TEST_SUITE_P(
    PluginEntry, BrokenEntry,
    testing::Values(Broken{"small_entry", SILEX_ERROR_BAD_ENTRY, "size"},
                    Broken{"tiny_entry", SILEX_ERROR_BAD_ENTRY, "size"},
                    Broken{"odd_entry", SILEX_ERROR_BAD_ENTRY, "no multiple of 8"},
                    Broken{"misaligned_entry", SILEX_ERROR_BAD_ENTRY, "not aligned"},
                    Broken{"no_name", SILEX_ERROR_BAD_ENTRY, "no name"},
                    Broken{"empty_name", SILEX_ERROR_BAD_ENTRY, "no name"},
                    Broken{"odd_name", SILEX_ERROR_BAD_ENTRY, "'Odd name'"},
                    Broken{"no_version", SILEX_ERROR_BAD_ENTRY, "no version"},
                    Broken{"no_init", SILEX_ERROR_BAD_ENTRY, "no init()"},
                    Broken{"no_deinit", SILEX_ERROR_BAD_ENTRY, "no deinit()"},
                    Broken{"no_get_factory", SILEX_ERROR_BAD_ENTRY, "no get_factory()"},
                    Broken{"older_major", SILEX_ERROR_ABI_MISMATCH, "version 0 of the Silex ABI"},
                    Broken{"newer_major", SILEX_ERROR_ABI_MISMATCH, "version 2 of the Silex ABI"}),
    [](const auto& test) { return std::string(test.param.plugin); });

TEST_F(PluginEntry, OfANewerMinorLoads) {
  EXPECT_THAT(load_built("newer_minor"), Succeeds());
}

TEST_F(PluginEntry, OfAnOlderMinorLoads) {
  EXPECT_THAT(load_built("older_minor"), Succeeds());
}

TEST_F(PluginEntry, ThatHasGrownAtItsEndLoads) {
  EXPECT_THAT(load_built("large_entry"), Succeeds());
}

class PluginInit : public LoaderTest {};

TEST_F(PluginInit, SeesItsHost) {
  ASSERT_THAT(load_built("good"), Succeeds());
  const silex_host* host = observed_in(plugin_file("good")).host;
  ASSERT_NE(host, nullptr);
  EXPECT_GE(host->size, sizeof(silex_host));
  EXPECT_EQ(host->abi_major, SILEX_ABI_MAJOR);
  EXPECT_EQ(host->abi_minor, SILEX_ABI_MINOR);
  EXPECT_STREQ(host->version, SILEX_TEST_VERSION);
  EXPECT_EQ(host->get_extension(host, SILEX_API_EXTENSION), silex_get_api());
  EXPECT_EQ(host->get_extension(host, "silex.api/99"), nullptr);
  EXPECT_EQ(host->get_extension(host, nullptr), nullptr);
  host->log(host, SILEX_LOG_WARNING, "said by a plugin");
  host->log(host, SILEX_LOG_WARNING, nullptr);
  host->set_error(host, nullptr);
  EXPECT_THAT(logged(), testing::ElementsAre("said by a plugin"));
}

TEST_F(PluginInit, ThatSaysNoIsQuoted) {
  const auto file = plugin_file("refuses");
  EXPECT_THAT(load(file.string()),
              FailsWith(SILEX_ERROR_INIT_FAILED, "'good'", file.string(), "there is no licence"));
  EXPECT_FALSE(is_mapped(file));
}

TEST_F(PluginInit, ThatSaysNoWithoutAWordIsToldByItsStatus) {
  const auto file = plugin_file("refuses_silently");
  EXPECT_THAT(load(file.string()),
              FailsWith(SILEX_ERROR_INIT_FAILED, "'good'", file.string(), "no reason", "status 10"));
  EXPECT_FALSE(is_mapped(file));
}

TEST_F(PluginInit, DoesNotInheritTheErrorOfAnotherPlugin) {
  static_cast<void>(load_built("refuses"));
  const Result silent = load_built("refuses_silently");
  EXPECT_THAT(silent.sentence, testing::Not(testing::HasSubstr("licence")));
}

}  // namespace
}  // namespace silex::test
