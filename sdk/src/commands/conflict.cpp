#include "commands/conflict.hpp"

#include "commands/file_error.hpp"
#include "commands/parameters.hpp"

#include <system_error>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

constexpr const char* kBehaviour = "conflict_behaviour";

// As they are stored and sent.
constexpr int kOverride = 0;
constexpr int kAlwaysOverride = 1;
constexpr int kKeep = 2;
constexpr int kAlwaysKeep = 3;
constexpr int kRename = 4;

constexpr const char* kQuestion = R"({
  "info": {"type": "text", "label": "Conflict"},
  "conflict_behaviour": {
    "type": {"name": "radio_select", "options": {
      "Override": 0, "Keep existing": 2, "Always override": 1, "Always keep existing": 3, "Rename file": 4}},
    "value": 0, "label": "What to do"}})";

int behaviour_in(const json& value, int otherwise) {
  return value.is_number_integer() ? value.get<int>() : otherwise;
}

}  // namespace

Choice stored_choice(const CommandContext& context) {
  switch (behaviour_in(context.stored(kStoredChoice), -1)) {
    case kAlwaysOverride:
      return Choice::replace;
    case kAlwaysKeep:
      return Choice::keep;
    default:
      return Choice::ask;
  }
}

task<Answer> ask_about(CommandContext& context, const fs::path& destination, const fs::path& free,
                       const std::string& remark, const char* name_parameter) {
  json question = json::parse(kQuestion);
  question["info"]["value"] = remark + quoted(destination) + " exists already.";
  json& name = question[name_parameter];
  name["type"] = "str";
  name["label"] = "New name";
  name["value"] = free.filename().string();
  name["hide"] = true;
  const json answer = co_await context.prompt(question);

  const int behaviour = behaviour_in(answer.at(kBehaviour), kKeep);
  if (behaviour == kAlwaysOverride || behaviour == kAlwaysKeep) context.store(kStoredChoice, behaviour);
  switch (behaviour) {
    case kOverride:
    case kAlwaysOverride:
      co_return Answer{Choice::replace};
    case kRename:
      co_return Answer{Choice::ask, answer.at(name_parameter).is_null() ? "" : shown(answer[name_parameter])};
    default:
      co_return Answer{Choice::keep};
  }
}

void show_name_if_asked_for(const CommandContext& context, const char* name_parameter) {
  const json& values = context.parameters();
  const auto behaviour = values.find(kBehaviour);
  if (behaviour == values.end() || !values.contains(name_parameter)) return;  // no prompt is open
  json change = json::object();
  change["parameters"][name_parameter]["hide"] = behaviour_in(*behaviour, kOverride) != kRename;
  context.edit(change);
}

std::string fault_of_name(const std::string& name) {
  if (name.empty()) return "no name was given";
  if (name == "." || name == "..") return "'" + name + "' is the name of a folder on the way";
  if (name.find('/') != std::string::npos) return "the name '" + name + "' has a '/'";
  if (name.find('\0') != std::string::npos) return "the name has a character of the code 0";
  return "";
}

std::string with_extension_of(const fs::path& source, const std::string& name) {
  std::error_code ignored;
  if (fs::path(name).has_extension() || fs::is_directory(source, ignored)) return name;
  return name + source.extension().string();
}

}  // namespace silex::commands
