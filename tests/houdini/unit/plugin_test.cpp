// The plugin itself, in a process that is not Houdini and has no Python.
#include <silex/silex.hpp>

#include <string>

#include <gmock/gmock.h>

namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

silex::RuntimeOptions with_adapters() {
  silex::RuntimeOptions options;
  options.adapter_path = SILEX_TEST_ADAPTERS;
  return options;
}

TEST(HoudiniPlugin, LoadsIntoAnyProcessAndSaysThatItIsNotItsHost) {
  silex::Runtime runtime(with_adapters());
  EXPECT_THAT([&] { runtime.choose_adapter(); }, ThrowsMessage<silex::Error>(HasSubstr("asked: 'houdini'")));
}

TEST(HoudiniPlugin, SaysWhyItCannotBeChosenByName) {
  silex::Runtime runtime(with_adapters());
  EXPECT_THAT([&] { runtime.choose_adapter("houdini"); },
              ThrowsMessage<silex::Error>(HasSubstr("this process is not Houdini")));
}

}  // namespace
