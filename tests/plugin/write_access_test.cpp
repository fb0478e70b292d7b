// What anybody may change is not loaded: neither a file, nor one whose folder lets others put another in its
// place. Root owns what these tests make, and may become anybody.
#include "support/loader_test.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class WritableByAnyone : public LoaderTest {
 protected:
  // With the mode of chmod, whatever the umask.
  void make_folder(const std::string& name, mode_t mode) {
    fs::create_directories(folder() / name);
    ASSERT_EQ(chmod((folder() / name).c_str(), mode), 0);
  }
  void set_mode(const fs::path& file, mode_t mode) { ASSERT_EQ(chmod(file.c_str(), mode), 0); }
  void look_in(const std::vector<std::string>& names) {
    std::string path;
    for (const std::string& name : names) path += (path.empty() ? "" : ":") + (folder() / name).string();
    create_runtime(path.c_str());
  }
};

TEST_F(WritableByAnyone, AFileIsNotLoaded) {
  const fs::path file = copy("good", "good.so");
  set_mode(file, 0646);
  EXPECT_THAT(load(file), FailsWith(SILEX_ERROR_LIBRARY_LOAD, file.string(), "is not loaded",
                                    "anyone can write into it", "chmod o-w"));
  EXPECT_FALSE(is_mapped(file));
  set_mode(file, 0664);
  EXPECT_THAT(load(file), Succeeds()) << "a group of people who work together may write";
}

TEST_F(WritableByAnyone, AFolderIsNotLoadedFrom) {
  make_folder("open", 0777);
  const fs::path file = copy("good", "open/good.so");
  EXPECT_THAT(load(file), FailsWith(SILEX_ERROR_LIBRARY_LOAD, file.string(), "anyone can write in the folder",
                                    (folder() / "open").string()));
  EXPECT_FALSE(is_mapped(file));
  for (const mode_t of_a_group : {0775U, 02775U, 0755U, 0700U}) {
    set_mode(folder() / "open", of_a_group);
    EXPECT_THAT(load(file), Succeeds());
    create_runtime("");
  }
}

TEST_F(WritableByAnyone, AFolderWithTheStickyBitIsNoPlaceForALibraryEither) {
  make_folder("sticky", 01777);
  const fs::path file = copy("good", "sticky/good.so");
  EXPECT_THAT(load(file),
              FailsWith(SILEX_ERROR_LIBRARY_LOAD, "anyone can write", (folder() / "sticky").string()));
}

TEST_F(WritableByAnyone, AFolderWithTheStickyBitOnTheWayIsPassed) {
  make_folder("sticky", 01777);
  make_folder("sticky/ours", 0755);
  EXPECT_THAT(load(copy("good", "sticky/ours/good.so")), Succeeds());
}

TEST_F(WritableByAnyone, AFolderOnTheWayLetsOthersReplaceAllThatIsInIt) {
  make_folder("open", 0777);
  make_folder("open/tidy", 0755);
  const fs::path file = copy("good", "open/tidy/good.so");
  EXPECT_THAT(load(file),
              FailsWith(SILEX_ERROR_LIBRARY_LOAD, file.string(), (folder() / "open").string() + "'"));
}

// Whoever made it may replace it.
TEST_F(WritableByAnyone, WhatAStrangerHasPutIntoAFolderWithTheStickyBitIsNotLoaded) {
  make_folder("sticky", 01777);
  make_folder("sticky/theirs", 0755);
  const fs::path file = copy("good", "sticky/theirs/good.so");
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  ASSERT_EQ(chown((folder() / "sticky/theirs").c_str(), 12345, 12345), 0);
  EXPECT_THAT(load(file), FailsWith(SILEX_ERROR_LIBRARY_LOAD, (folder() / "sticky/theirs").string(),
                                    "belongs neither to you nor to root"));
}

// Studios install under an account of their own.
TEST_F(WritableByAnyone, WhatSomebodyElseOwnsIsLoadedWhereNobodyElseCanWrite) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  make_folder("studio", 0755);
  const fs::path file = copy("good", "studio/good.so");
  ASSERT_EQ(chown((folder() / "studio").c_str(), 12345, 12345), 0);
  ASSERT_EQ(chown(file.c_str(), 12345, 12345), 0);
  EXPECT_THAT(load(file), Succeeds());
}

TEST_F(WritableByAnyone, ALinkIsJudgedByWhereItLeads) {
  make_folder("open", 0777);
  copy("good", "open/good.so");
  fs::create_symlink(folder() / "open/good.so", folder() / "to_file.so");
  fs::create_directory_symlink("open", folder() / "to_folder");
  for (const fs::path& way : {folder() / "to_file.so", folder() / "to_folder/good.so"}) {
    EXPECT_THAT(load(way), FailsWith(SILEX_ERROR_LIBRARY_LOAD, way.string(), (folder() / "open").string()));
  }
  set_mode(folder() / "open", 0755);
  EXPECT_THAT(load(folder() / "to_folder/good.so"), Succeeds());
}

TEST_F(WritableByAnyone, ALinkInAFolderThatAnyoneCanWriteIsNotFollowed) {
  make_folder("open", 0777);
  make_folder("tidy", 0755);
  copy("good", "tidy/good.so");
  fs::create_directory_symlink("../tidy", folder() / "open/link");
  EXPECT_THAT(load(folder() / "open/link/good.so"),
              FailsWith(SILEX_ERROR_LIBRARY_LOAD, (folder() / "open").string()));
}

TEST_F(WritableByAnyone, AFolderOfTheAdapterPathIsPassedOverAndNamed) {
  make_folder("open", 0777);
  make_folder("tidy", 0755);
  const fs::path passed_over = copy("other_host", "open/silex_adapter_x.so");
  copy("tame", "tidy/silex_adapter_x.so");
  look_in({"open", "tidy"});
  silex_plugin_handle* plugin = nullptr;
  ASSERT_THAT(load("x", &plugin), Succeeds());
  EXPECT_STREQ(silex_plugin_name(plugin), "tame-plugin");
  ASSERT_THAT(choose(nullptr), Succeeds());
  EXPECT_FALSE(is_mapped(passed_over));
  EXPECT_THAT(logged(),
              ElementsAre(AllOf(HasSubstr("nothing is loaded from '" + (folder() / "open").string()),
                                HasSubstr("anyone can write"), HasSubstr("chmod o-w"))))
      << "it is said once";
}

TEST_F(WritableByAnyone, AFolderThatAloneHasTheAdapterIsNamedWhereNoneIsFound) {
  make_folder("open", 0777);
  copy("tame", "open/silex_adapter_tame.so");
  look_in({"open"});
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST, (folder() / "open").string()));
  EXPECT_THAT(load("tame"),
              FailsWith(SILEX_ERROR_FILE_NOT_FOUND, "silex_adapter_tame.so", (folder() / "open").string()));
  EXPECT_THAT(logged(), ElementsAre(HasSubstr("anyone can write")));
}

class FolderOfTheAdapterPath : public WritableByAnyone {};

TEST_F(FolderOfTheAdapterPath, ThatIsRelativeIsPassedOverAndNamed) {
  make_folder("plugins", 0755);
  copy("tame", "plugins/silex_adapter_tame.so");
  const fs::path here = fs::current_path();
  fs::current_path(folder());
  create_runtime("plugins:./plugins:.");
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST));
  EXPECT_THAT(load("tame"), FailsWith(SILEX_ERROR_FILE_NOT_FOUND));
  EXPECT_THAT(logged(),
              ElementsAre(AllOf(HasSubstr("'plugins'"), HasSubstr("relative"), HasSubstr("in full")),
                          HasSubstr("'./plugins'"), HasSubstr("'.'")));
  create_runtime((folder() / "plugins").c_str());
  EXPECT_THAT(choose(nullptr), Succeeds());
  fs::current_path(here);
}

TEST_F(FolderOfTheAdapterPath, ThatIsAFileIsPassedOverAndNamed) {
  write_file("file", "text");
  make_folder("tidy", 0755);
  copy("tame", "tidy/silex_adapter_tame.so");
  look_in({"file", "tidy"});
  EXPECT_THAT(load("tame"), Succeeds());
  EXPECT_THAT(logged(), ElementsAre(AllOf(HasSubstr("'" + (folder() / "file").string() + "'"),
                                          HasSubstr("no folder"))));
}

TEST_F(FolderOfTheAdapterPath, ThatIsALinkToItselfIsPassedOverAndNamed) {
  fs::create_directory_symlink("one", folder() / "two");
  fs::create_directory_symlink("two", folder() / "one");
  make_folder("tidy", 0755);
  copy("tame", "tidy/silex_adapter_tame.so");
  look_in({"one", "tidy"});
  EXPECT_THAT(choose(nullptr), Succeeds());
  EXPECT_THAT(load("tame"), Succeeds());
  EXPECT_THAT(logged(),
              ElementsAre(AllOf(HasSubstr((folder() / "one").string()), HasSubstr("symbolic links"))));
}

TEST_F(FolderOfTheAdapterPath, ThatMayNotBeReadIsPassedOverByNameToo) {
  set_mode(folder(), 0755);
  make_folder("secret", 0700);
  make_folder("tidy", 0755);
  copy("other_host", "secret/silex_adapter_x.so");
  copy("tame", "tidy/silex_adapter_x.so");
  look_in({"secret", "tidy"});
  {
    const AnotherUser somebody;
    EXPECT_THAT(load("x"), Succeeds());
  }
  EXPECT_THAT(logged(),
              ElementsAre(AllOf(HasSubstr((folder() / "secret").string()), HasSubstr("ermission"))));
}

TEST_F(FolderOfTheAdapterPath, MayBeALinkToOneThatIsFine) {
  make_folder("tidy", 0755);
  copy("tame", "tidy/silex_adapter_tame.so");
  fs::create_directory_symlink("tidy", folder() / "link");
  look_in({"link"});
  EXPECT_THAT(choose(nullptr), Succeeds());
  EXPECT_THAT(logged(), IsEmpty());
}

}  // namespace
}  // namespace silex::test
