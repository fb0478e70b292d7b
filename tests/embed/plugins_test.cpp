// The plugins themselves, in a process that is none of their hosts and has no Python.
#include <silex/silex.hpp>

#include <ostream>
#include <string>

#include <gmock/gmock.h>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

struct Host {
  const char* name;
  const char* title;
  friend void PrintTo(const Host& host, std::ostream* out) { *out << host.title; }
};

class PluginElsewhere : public testing::TestWithParam<Host> {
 protected:
  static silex::RuntimeOptions with_all_of_them() {
    silex::RuntimeOptions options;
    options.adapter_path = SILEX_TEST_ADAPTERS;
    return options;
  }
  silex::Runtime runtime{with_all_of_them()};
};

TEST_P(PluginElsewhere, LoadsIntoAnyProcessAndSaysThatItIsNotItsHost) {
  const std::string asked = "'" + std::string(GetParam().name) + "'";
  EXPECT_THAT([&] { runtime.choose_adapter(); },
              ThrowsMessage<silex::Error>(AllOf(HasSubstr("asked: "), HasSubstr(asked))));
}

TEST_P(PluginElsewhere, SaysWhyItCannotBeChosenByName) {
  const std::string refusal = "this process is not " + std::string(GetParam().title);
  EXPECT_THAT([&] { runtime.choose_adapter(GetParam().name); },
              ThrowsMessage<silex::Error>(HasSubstr(refusal)));
}

INSTANTIATE_TEST_SUITE_P(Hosts, PluginElsewhere,
                         testing::Values(Host{"blender", "Blender"}, Host{"houdini", "Houdini"},
                                         Host{"maya", "Maya"}),
                         [](const auto& chosen) { return std::string(chosen.param.title); });

}  // namespace
