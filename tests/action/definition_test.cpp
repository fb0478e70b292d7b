// Definitions as a studio writes them: the files in tests/actions.
#include "action/definition/command_output.hpp"
#include "definition_fixture.hpp"

namespace silex::action::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Definitions : public testing::Test {
 protected:
  ActionDefinition load(const std::string& name, const std::string& task_type = {}) {
    const std::filesystem::path folder = std::filesystem::path(SILEX_TEST_CORPUS) / "good";
    const SearchPath path({folder / "project", folder / "studio", folder / "base"});
    yaml::Findings findings;
    auto definition = load_definition(path, {name, "action", task_type}, findings);
    EXPECT_TRUE(findings.empty()) << findings.text();
    return definition.value_or(ActionDefinition{});
  }
  static std::vector<std::string> names(const auto& children) {
    std::vector<std::string> all;
    for (const auto& child : children) all.push_back(child.name);
    return all;
  }
  static const ParameterDefinition& parameter(const CommandDefinition& command, const std::string& name) {
    for (const auto& p : command.parameters) {
      if (p.name == name) return p;
    }
    throw std::out_of_range(name);
  }
};

TEST_F(Definitions, TakeFromTheNextRootAndPatchOverIt) {
  const ActionDefinition publish = load("publish");
  EXPECT_EQ(publish.name, "publish");
  EXPECT_EQ(publish.label, "Publish for the film");
  EXPECT_EQ(publish.tooltip, "Publishes what is open");
  EXPECT_EQ(publish.thumbnail, "publish.png");
  EXPECT_EQ(publish.shelf, "pipeline");
  EXPECT_EQ(publish.hide, std::nullopt);
}

TEST_F(Definitions, OrderStepsByIndexAndThenAsInTheFile) {
  EXPECT_THAT(names(load("publish").steps), ElementsAre("prepare", "check", "export", "notify"));
}

TEST_F(Definitions, HaveCommandsWithParametersShortAndLong) {
  const ActionDefinition publish = load("publish");
  const CommandDefinition& write = publish.steps.at(2).commands.at(0);
  EXPECT_EQ(write.path, "files.write");
  EXPECT_EQ(write.ask_user, true);
  EXPECT_EQ(write.skip, std::nullopt);
  EXPECT_THAT(names(write.parameters), ElementsAre("target", "frames", "layers", "empty", "compress"));
  const ParameterDefinition& target = parameter(write, "target");
  EXPECT_EQ(target.label, "Where to");
  EXPECT_EQ(target.value->tag, kCommandOutputTag);
  EXPECT_EQ(target.value->text, "prepare:build_path:file");
  EXPECT_EQ(parameter(write, "frames").value->text, "1-50x5");
  EXPECT_EQ(parameter(write, "layers").value->items.size(), 2U);
  EXPECT_EQ(parameter(write, "empty").value->kind, yaml::Kind::null);
  EXPECT_EQ(publish.steps.at(1).commands.at(0).skip, true);
}

TEST_F(Definitions, TakePartsFromOtherCategories) {
  const ActionDefinition publish = load("publish");
  const StepDefinition& notify = publish.steps.at(3);
  EXPECT_EQ(notify.hide, true);
  const CommandDefinition& mail = notify.commands.at(0);
  EXPECT_EQ(mail.path, "net.mail");
  EXPECT_EQ(parameter(mail, "subject").value->text, "Something was published");
  EXPECT_TRUE(mail.place.source->name.ends_with("studio/library/steps.yaml"));
}

TEST_F(Definitions, ArePatchedForTheTypeOfTheTask) {
  EXPECT_EQ(load("publish", "modeling").steps.at(1).hide, true);
  EXPECT_EQ(load("publish", "lighting").steps.at(1).hide, std::nullopt);
  EXPECT_EQ(parameter(load("publish", "layout").steps.at(2).commands.at(0), "frames").value->text, "1-100");
}

TEST_F(Definitions, TakeFromChainsOfOthers) {
  const ActionDefinition chain = load("chain_a");
  EXPECT_EQ(chain.label, "A");
  EXPECT_EQ(chain.tooltip, "B");
  EXPECT_EQ(chain.hide, true);
  EXPECT_THAT(names(chain.steps), ElementsAre("one"));
}

TEST(SearchPath, IsSeparatedAsInPath) {
  EXPECT_THAT(SearchPath("/a::/b c:", ':').roots(), ElementsAre("/a", "/b c"));
  EXPECT_THAT(SearchPath("C:\\a;D:\\b", ';').roots().size(), 2U);
  EXPECT_THAT(SearchPath("", ':').roots(), IsEmpty());
}

TEST(SearchPath, FindsTheFirstRootAndBothEndings) {
  const std::filesystem::path folder = std::filesystem::path(SILEX_TEST_CORPUS) / "good";
  const SearchPath path({folder / "nowhere", folder / "project", folder / "studio"});
  EXPECT_EQ(path.find("action", "publish")->root, 1U);
  EXPECT_EQ(path.find("action", "publish", 2)->root, 2U);
  EXPECT_EQ(path.find("library", "steps")->file, folder / "studio/library/steps.yaml");
  EXPECT_FALSE(path.find("action", "publish", 3));
  EXPECT_THAT(path.names("library"), ElementsAre("parts", "steps", "texts"));
}

TEST(SearchPath, DoesNotLeaveItsRoots) {
  const std::filesystem::path folder = std::filesystem::path(SILEX_TEST_CORPUS) / "good";
  const SearchPath path({folder / "project"});
  for (const auto* name : {"../action/publish", "/etc/passwd", "..", ".", "", "a\\b", "C:x"}) {
    EXPECT_FALSE(path.find("action", name)) << name;
    EXPECT_FALSE(path.find(name, "publish")) << name;
  }
}

}  // namespace
}  // namespace silex::action::test
