// silex doctor --host: what is found of a host's packages, and what is missing.
#include "silex_command.hpp"

#include <filesystem>
#include <string>

namespace silex::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A host of which only its manifest is known; its adapter is the test host's.
class DoctorHost : public SilexCommand {
 protected:
  static constexpr const char* kManifest = R"(
title: Canvas
program: canvas
packages:
- name: add-on
  places: ['${CANVAS_PATH}', ~/canvas/*/addons]
  entry: silex.txt
  holds: [silex/run.py, 'silex/core.*']
  adapter: silex/lib/silex_adapter_toy.*
  install: unzip it there
)";

  DoctorHost() { write("lib/silex_host_canvas.yml", kManifest); }

  std::string place(const std::string& name) const { return (folder / name).string(); }

  void put_package(const std::string& in) const {
    write(in + "/silex.txt", "");
    write(in + "/silex/run.py", "");
    write(in + "/silex/core.so", "");
    std::filesystem::create_directories(folder / in / "silex/lib");
    std::filesystem::copy_file(SILEX_TEST_TOY_ADAPTER "/silex_adapter_toy.so",
                               folder / in / "silex/lib/silex_adapter_toy.so");
  }

  Ended doctor(const std::string& variables, const std::string& host = "canvas") const {
    return run("doctor --host " + host, "SILEX_ADAPTER_PATH=" + place("lib") + " HOME=" + place("home") +
                                            " SILEX_SERVICE_URL=ws://127.0.0.1:1 " + variables);
  }
};

TEST_F(DoctorHost, FindsAWholePackageWhereAVariablePoints) {
  put_package("one");
  const Ended ended = doctor("CANVAS_PATH=/nowhere:" + place("one"));
  EXPECT_THAT(ended.output, AllOf(HasSubstr("note  host          Canvas: no program 'canvas' on PATH"),
                                  HasSubstr("ok    package       add-on in " + place("one") + "\n"),
                                  HasSubstr("ok    adapter       toy (" + place("one") + "/silex/lib/"),
                                  Not(HasSubstr("wrong package"))));
}

TEST_F(DoctorHost, FindsItInAnyVersionsFolderOfTheUser) {
  put_package("home/canvas/2.1/addons");
  std::filesystem::create_directories(folder / "home/canvas/1.0/addons");
  EXPECT_THAT(doctor("").output,
              HasSubstr("ok    package       add-on in " + place("home/canvas/2.1/addons")));
}

TEST_F(DoctorHost, FindsTheProgramOnPath) {
  write("bin/canvas", "");
  EXPECT_THAT(doctor("PATH=" + place("bin") + ":/usr/bin:/bin").output,
              HasSubstr("ok    host          Canvas: " + place("bin/canvas")));
}

TEST_F(DoctorHost, SaysWhereItLookedAndWhatToDoWhereThereIsNone) {
  std::filesystem::create_directories(folder / "home/canvas/1.0/addons");
  const Ended ended = doctor("");
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("wrong package       none in " + place("home/canvas/1.0/addons") +
                                      ": unzip it there"));
  std::filesystem::remove_all(folder / "home");
  EXPECT_THAT(doctor("").output, HasSubstr("none in ${CANVAS_PATH}, ~/canvas/*/addons: unzip it there"));
}

TEST_F(DoctorHost, NamesWhatAPackageLacks) {
  put_package("one");
  std::filesystem::remove(folder / "one/silex/core.so");
  const Ended ended = doctor("CANVAS_PATH=" + place("one"));
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("is not whole, it lacks silex/core.*: install it again"));
}

TEST_F(DoctorHost, SaysWhyAnAdapterCannotBeLoaded) {
  put_package("one");
  write("one/silex/lib/silex_adapter_toy.so", "no library");
  const Ended ended = doctor("CANVAS_PATH=" + place("one"));
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("wrong adapter       "));
}

TEST_F(DoctorHost, TwoPackagesAreOneTooMany) {
  put_package("one");
  put_package("two");
  const Ended ended = doctor("CANVAS_PATH=" + place("one") + ":" + place("two"));
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("wrong package       there are 2: "));
  // Each version of a host has a folder of its own, and sees no other.
  put_package("canvas/1/addons");
  put_package("canvas/2/addons");
  EXPECT_THAT(doctor("HOME=" + place("")).output, Not(HasSubstr("there are 2")));
  // One folder by two names is one.
  EXPECT_THAT(doctor("CANVAS_PATH=" + place("one") + ":" + place("two/../one")).output,
              Not(HasSubstr("there are 2")));
}

TEST_F(DoctorHost, AHostThatNobodyKnowsIsAWrongCommand) {
  const Ended ended = doctor("", "sketchpad");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("nothing is known of the host 'sketchpad'; known are:"), HasSubstr(" canvas")));
}

TEST_F(DoctorHost, AManifestWithErrorsIsNamedWithTheirLines) {
  const std::string file = write("lib/silex_host_canvas.yml", "titel: Canvas\nprogram: [a]\npackages: {}\n");
  const Ended ended = doctor("");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output, AllOf(HasSubstr(file + ":1:1: "), HasSubstr("did you mean 'title'?"),
                                  HasSubstr(file + ":2:"), HasSubstr(file + ":3:")));
}

TEST_F(DoctorHost, KnowsTheHostsOfThisTree) {
  for (const std::string host : {"blender", "houdini", "maya"}) {
    const std::string manifest = std::string(SILEX_TEST_HOSTS) + "/" + host + "/host.yml";
    std::filesystem::copy_file(manifest, folder / "lib" / ("silex_host_" + host + ".yml"));
    EXPECT_THAT(doctor("", host).output, HasSubstr("wrong package       none in "));
  }
}

}  // namespace
}  // namespace silex::test
