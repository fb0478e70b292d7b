// Two copies of libsilex in one process, as two packages bring them: each has runtimes of its own, and each
// does its work.
#include "support/loader_test.hpp"

#include <dlfcn.h>

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

// The other one, through its exported functions.
class OtherCopy {
 public:
  explicit OtherCopy(const fs::path& file) : library_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    EXPECT_NE(library_, nullptr) << dlerror();
  }
  template <typename Function>
  Function* get(const char* name, Function* /*own*/) const {
    auto* const found = reinterpret_cast<Function*>(dlsym(library_, name));
    EXPECT_NE(found, nullptr) << name;
    return found;
  }

 private:
  void* const library_;
};
#define OF_THE_OTHER(other, function) (other).get(#function, &(function))

class TwoCopies : public LoaderTest {
 protected:
  fs::path copy_library() {
    Dl_info own{};
    EXPECT_NE(dladdr(reinterpret_cast<const void*>(&silex_get_api), &own), 0);
    fs::create_directory(folder() / "package");
    const fs::path file = folder() / "package" / "libsilex.so.1";
    fs::copy_file(fs::canonical(own.dli_fname), file);
    return file;
  }
  static void take_line(void* lines, silex_log_level level, const char* line) {
    if (level >= SILEX_LOG_WARNING) static_cast<std::vector<std::string>*>(lines)->emplace_back(line);
  }
};

TEST_F(TwoCopies, AreSaidByTheSecondAndWorkSideBySide) {
  EXPECT_THAT(logged(), IsEmpty()) << "there is one yet";
  const fs::path file = copy_library();
  const OtherCopy other(file);

  std::vector<std::string> lines;
  silex_options options{};
  options.size = sizeof options;
  options.adapter_path = "";
  options.log_sink = &take_line;
  options.log_data = &lines;
  silex_runtime* second = nullptr;
  ASSERT_EQ(OF_THE_OTHER(other, silex_runtime_create)(&options, &second), SILEX_OK);
  EXPECT_THAT(lines, testing::ElementsAre(AllOf(HasSubstr("two copies of libsilex"), HasSubstr(file.string()),
                                                HasSubstr("remove one"))));
  EXPECT_NE(OF_THE_OTHER(other, silex_get_api)(), silex_get_api()) << "nothing of one is used by the other";

  // One adapter serves both: it is told of two runtimes.
  const fs::path adapter = copy("tame", "tame.so");
  ASSERT_THAT(load(adapter), Succeeds());
  ASSERT_EQ(OF_THE_OTHER(other, silex_plugin_load)(second, adapter.c_str(), nullptr), SILEX_OK);
  EXPECT_EQ(observed_in(adapter).inits, 2);

  ASSERT_THAT(start(), Succeeds());
  ASSERT_EQ(OF_THE_OTHER(other, silex_runtime_start)(second), SILEX_OK);
  EXPECT_TRUE(runs_a_call());
  int ran = 0;
  silex_work work{};
  work.size = sizeof work;
  work.data = &ran;
  work.run = [](void* data, const silex_scope*) -> silex_status {
    ++*static_cast<int*>(data);
    return SILEX_OK;
  };
  ASSERT_EQ(OF_THE_OTHER(other, silex_defer)(second, &work, nullptr), SILEX_OK);
  ASSERT_EQ(silex_drain(runtime(), nullptr), SILEX_OK);
  EXPECT_EQ(ran, 0) << "it is in the other's queue";
  ASSERT_EQ(OF_THE_OTHER(other, silex_drain)(second, nullptr), SILEX_OK);
  EXPECT_EQ(ran, 1);

  EXPECT_THAT(stop(), Succeeds());
  ASSERT_EQ(OF_THE_OTHER(other, silex_defer)(second, &work, nullptr), SILEX_OK) << "it goes on alone";
  ASSERT_EQ(OF_THE_OTHER(other, silex_drain)(second, nullptr), SILEX_OK);
  EXPECT_EQ(ran, 2);
  EXPECT_EQ(OF_THE_OTHER(other, silex_runtime_destroy)(second), SILEX_OK);
}

}  // namespace
}  // namespace silex::test
