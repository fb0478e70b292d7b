// Where plugins are looked for by name, and how the adapter of this process's host is found.
#include "support/loader_test.hpp"

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AdapterPath : public LoaderTest {
 protected:
  void SetUp() override {
    fs::create_directory(folder() / "one");
    fs::create_directory(folder() / "two");
  }
  // A runtime that looks in these folders, in this order.
  void look_in(std::initializer_list<const char*> names) {
    std::string path;
    for (const char* name : names) path += (path.empty() ? "" : ":") + (folder() / name).string();
    create_runtime(path.c_str());
  }
};

TEST_F(AdapterPath, IsSearchedInOrder) {
  copy("tame", "one/silex_adapter_x.so");
  copy("other_host", "two/silex_adapter_x.so");
  look_in({"two", "one"});
  silex_plugin_handle* plugin = nullptr;
  ASSERT_THAT(load("x", &plugin), Succeeds());
  EXPECT_STREQ(silex_plugin_name(plugin), "other-plugin");
}

TEST_F(AdapterPath, HasPluginsThatAreNoAdaptersToo) {
  copy("good", "one/silex_commands.so");
  look_in({"one"});
  EXPECT_THAT(load("commands"), Succeeds());
}

TEST_F(AdapterPath, PrefersAnAdapterWithinOneFolder) {
  copy("good", "one/silex_x.so");
  copy("tame", "one/silex_adapter_x.so");
  look_in({"one"});
  silex_plugin_handle* plugin = nullptr;
  ASSERT_THAT(load("x", &plugin), Succeeds());
  EXPECT_STREQ(silex_plugin_name(plugin), "tame-plugin");
}

TEST_F(AdapterPath, SkipsFoldersThatAreMissingOrEmpty) {
  copy("tame", "two/silex_adapter_tame.so");
  create_runtime(("::" + (folder() / "none").string() + "::" + (folder() / "two").string() + ":").c_str());
  EXPECT_THAT(load("tame"), Succeeds());
  EXPECT_THAT(logged(), IsEmpty());
}

TEST_F(AdapterPath, NamesWhatItLookedForAndWhere) {
  look_in({"one", "two"});
  EXPECT_THAT(load("blender"),
              FailsWith(SILEX_ERROR_FILE_NOT_FOUND, "'silex_adapter_blender.so'", "'silex_blender.so'",
                        (folder() / "one").string(), (folder() / "two").string()));
}

TEST_F(AdapterPath, ThatIsEmptySaysWhatToSet) {
  create_runtime("");
  EXPECT_THAT(load("blender"),
              FailsWith(SILEX_ERROR_FILE_NOT_FOUND, "'silex_adapter_blender.so'", "set SILEX_ADAPTER_PATH"));
}

TEST_F(AdapterPath, IsTheEnvironmentsByDefault) {
  copy("tame", "one/silex_adapter_tame.so");
  const ScopedEnvironment variable("SILEX_ADAPTER_PATH", (folder() / "one").c_str());
  create_runtime(nullptr);
  EXPECT_THAT(load("tame"), Succeeds());
}

TEST_F(AdapterPath, OfTheOptionsBeatsTheEnvironment) {
  copy("tame", "one/silex_adapter_x.so");
  copy("other_host", "two/silex_adapter_x.so");
  const ScopedEnvironment variable("SILEX_ADAPTER_PATH", (folder() / "one").c_str());
  look_in({"two"});
  silex_plugin_handle* plugin = nullptr;
  ASSERT_THAT(load("x", &plugin), Succeeds());
  EXPECT_STREQ(silex_plugin_name(plugin), "other-plugin");
}

TEST_F(AdapterPath, MayBeUnsetAltogether) {
  const ScopedEnvironment variable("SILEX_ADAPTER_PATH", nullptr);
  create_runtime(nullptr);
  EXPECT_THAT(load("tame"), FailsWith(SILEX_ERROR_FILE_NOT_FOUND, "set SILEX_ADAPTER_PATH"));
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST, "set SILEX_ADAPTER_PATH"));
}

TEST_F(AdapterPath, TellsWhatIsWrongWithTheFileOfThatName) {
  fs::create_directory(folder() / "one" / "silex_adapter_x.so");
  copy("tame", "two/silex_adapter_x.so");
  look_in({"one", "two"});
  EXPECT_THAT(load("x"), FailsWith(SILEX_ERROR_NOT_A_FILE, (folder() / "one").string()));
}

class AutoDetect : public AdapterPath {
 protected:
  static constexpr fs::perms kPublic = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                       fs::perms::others_read | fs::perms::others_exec;
};

TEST_F(AutoDetect, FindsTheOneWhoseHostThisIs) {
  copy("other_host", "one/silex_adapter_a.so");
  copy("tame", "one/silex_adapter_b.so");
  const fs::path never_asked = copy("third_host", "two/silex_adapter_c.so");
  look_in({"one", "two"});
  ASSERT_THAT(choose(nullptr), Succeeds());
  EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
  EXPECT_FALSE(is_mapped(folder() / "one/silex_adapter_a.so")) << "its host this is not";
  EXPECT_FALSE(is_mapped(never_asked));
  EXPECT_THAT(logged(), IsEmpty());
}

TEST_F(AutoDetect, NamesWhomItAskedWhereNobodyKnowsTheHost) {
  copy("other_host", "one/silex_adapter_a.so");
  copy("third_host", "two/silex_adapter_b.so");
  look_in({"one", "two"});
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST, "'other'", "'third'",
                                         (folder() / "one").string(), (folder() / "two").string()));
  EXPECT_STREQ(silex_adapter_name(runtime()), "");
}

TEST_F(AutoDetect, AsksLoadedPluginsFirstAndEachOnce) {
  const fs::path file = copy("other_host", "one/silex_adapter_other.so");
  look_in({"one"});
  ASSERT_THAT(load(file.string()), Succeeds());
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST, "'other'"));
  EXPECT_EQ(observed_in(file).detects, 1);
  EXPECT_EQ(observed_in(file).deinits, 0) << "it was loaded on purpose: it stays";
}

TEST_F(AutoDetect, SkipsWhatIsBrokenAndSaysSo) {
  write_file("one/silex_adapter_a.so", "not a library");
  copy("no_entry", "one/silex_adapter_b.so");
  copy("no_detect", "one/silex_adapter_c.so");
  copy("good", "one/silex_adapter_d.so");
  copy("tame", "one/silex_adapter_z.so");
  look_in({"one"});
  ASSERT_THAT(choose(nullptr), Succeeds());
  EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
  EXPECT_THAT(logged(), ElementsAre(HasSubstr("silex_adapter_a.so"), HasSubstr("silex_adapter_b.so"),
                                    HasSubstr("silex_adapter_c.so"), HasSubstr("silex_adapter_d.so")));
  EXPECT_FALSE(is_mapped(folder() / "one/silex_adapter_c.so"));
  EXPECT_FALSE(is_mapped(folder() / "one/silex_adapter_d.so"));
}

TEST_F(AutoDetect, DoesNotNameWhatIsBrokenAmongThoseThatItAsked) {
  copy("good", "one/silex_adapter_a.so");
  look_in({"one"});
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST, "asked: none"));
}

TEST_F(AutoDetect, IgnoresOtherFiles) {
  write_file("one/silex_adapter_readme.txt", "text");
  write_file("one/silex_commands.so", "not an adapter");
  write_file("one/libpng.so", "not ours");
  look_in({"one"});
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST));
  EXPECT_THAT(logged(), IsEmpty());
}

TEST_F(AutoDetect, WarnsOfAFolderThatItMayNotRead) {
  fs::permissions(folder(), kPublic);
  copy("tame", "two/silex_adapter_tame.so");
  fs::permissions(folder() / "one", fs::perms::none);
  look_in({"one", "two"});
  {
    const AnotherUser somebody;
    EXPECT_THAT(choose(nullptr), Succeeds());
  }
  EXPECT_THAT(logged(), ElementsAre(AllOf(HasSubstr((folder() / "one").string()), HasSubstr("ermission"))));
}

TEST_F(AutoDetect, MayBeAskedAgainAfterItFailed) {
  copy("other_host", "one/silex_adapter_a.so");
  look_in({"one"});
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST));
  copy("tame", "one/silex_adapter_b.so");
  EXPECT_THAT(choose(nullptr), Succeeds());
  EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
}

TEST_F(AutoDetect, IsNotAskedWhereANameIsGiven) {
  copy("other_host", "one/silex_adapter_other.so");
  const fs::path tame = copy("tame", "one/silex_adapter_tame.so");
  look_in({"one"});
  ASSERT_THAT(choose("other"), Succeeds());
  EXPECT_STREQ(silex_adapter_name(runtime()), "other");
  EXPECT_EQ(observed_in(folder() / "one/silex_adapter_other.so").detects, 0);
  EXPECT_FALSE(is_mapped(tame));
}

}  // namespace
}  // namespace silex::test
