// What a library exports and needs is read from its file, whatever the file holds.
#include "platform/library_contents.hpp"

#include "platform/loaded_libraries.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <unistd.h>

namespace silex::platform {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Each;
using testing::IsEmpty;
using testing::StartsWith;

class LibraryContents : public testing::Test {
 protected:
  LibraryContents() {
    std::ifstream file(SILEX_TEST_LIBRARY, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  ~LibraryContents() override { fs::remove(path); }
  void write(const std::string& content) const { std::ofstream(path, std::ios::binary) << content; }

  std::string bytes;
  const fs::path path = fs::path(testing::TempDir()) / ("contents_" + std::to_string(getpid()) + ".so");
};

TEST_F(LibraryContents, AreItsExportsAndItsNeeds) {
  const auto contents = read_library(SILEX_TEST_LIBRARY);
  ASSERT_TRUE(contents);
  EXPECT_THAT(contents->exports, Contains("silex_plugin"));
  EXPECT_THAT(contents->exports, Each(testing::Not(IsEmpty())));
  EXPECT_TRUE(std::is_sorted(contents->exports.begin(), contents->exports.end()));
  EXPECT_THAT(contents->needs, Contains(StartsWith("libc.so")));
}

TEST_F(LibraryContents, OfWhatIsNoLibraryAreNone) {
  EXPECT_FALSE(read_library("/nowhere.so"));
  EXPECT_FALSE(read_library("/"));
  write("text");
  EXPECT_FALSE(read_library(path));
}

TEST_F(LibraryContents, AreNoneWhereTheTablesAreCutOff) {
  write(bytes.substr(0, bytes.size() - bytes.size() / 4));
  EXPECT_FALSE(read_library(path));
}

// Bits that fell over anywhere in what the tables are found by: whatever it says, it reads nothing that is
// not there, which the sanitizers see.
TEST_F(LibraryContents, OfDamagedFilesAreReadWithoutHarm) {
  std::mt19937 generator(1);  // NOLINT(cert-msc51-cpp): the same each time
  constexpr std::size_t header = 64;
  const std::size_t sections = std::min<std::size_t>(bytes.size(), std::size_t{64} * 40);
  for (int round = 0; round < 500; ++round) {
    std::string damaged = bytes;
    for (int i = 0; i < 8; ++i) {
      const std::size_t at =
          round % 2 == 0 ? generator() % header : bytes.size() - 1 - generator() % sections;
      damaged[at] = static_cast<char>(generator());
    }
    write(damaged);
    static_cast<void>(read_library(path));
  }
}

TEST(LoadedLibraries, AreThoseOfThisProcess) {
  const auto libraries = loaded_libraries();
  EXPECT_THAT(libraries, Contains(testing::Property("filename", &fs::path::filename, fs::path("libc.so.6"))));
  static const int ours = 0;
  EXPECT_TRUE(fs::equivalent(library_at(&ours), "/proc/self/exe"));
  const int on_the_stack = 0;
  EXPECT_THAT(library_at(&on_the_stack).string(), IsEmpty());
}

}  // namespace
}  // namespace silex::platform
