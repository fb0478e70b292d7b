#include "config/load.hpp"

#include "config/key_table.hpp"
#include "config/units.hpp"
#include "yaml/nearest.hpp"
#include "yaml/reader.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace silex::config {

namespace {

using yaml::Findings;
using yaml::Node;
using yaml::NodePtr;

class Loader {
 public:
  explicit Loader(Findings& findings) : findings_(findings) {}

  void read_file(const std::string& file);
  void read_environment(const Environment& environment);
  // What no key can say for itself.
  void check_together();

  [[nodiscard]] Config take() { return std::move(config_); }

 private:
  void read_section(const Section& section, const Node& node);
  void assign_key(const Key& key, const Node& value);
  void refuse_name(const yaml::Entry& entry, const std::string& what,
                   const std::vector<std::string_view>& names);

  Findings& findings_;
  Config config_;
  yaml::Place reconnect_;  // of the value of that section that was set last
};

void Loader::read_file(const std::string& file) {
  const NodePtr root = yaml::read_file(file, findings_);
  if (!root || root->kind == yaml::Kind::null) return;
  if (root->kind != yaml::Kind::mapping) {
    findings_.add(finding_at(root->place, describe(*root), "a mapping of sections"));
    return;
  }
  std::vector<std::string_view> names;
  for (const Section& section : sections()) names.push_back(section.name);
  for (const yaml::Entry& entry : root->entries) {
    const auto known = std::find(names.begin(), names.end(), entry.key);
    if (known == names.end()) {
      refuse_name(entry, "the unknown section ", names);
    } else {
      read_section(sections()[static_cast<std::size_t>(known - names.begin())], *entry.value);
    }
  }
}

void Loader::read_section(const Section& section, const Node& node) {
  if (node.kind == yaml::Kind::null) return;
  if (node.kind != yaml::Kind::mapping) {
    findings_.add(finding_at(
        node.place, describe(node) + " as the section '" + std::string(section.name) + "'", "a mapping"));
    return;
  }
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (key.section == section.name) names.push_back(key.name);
  }
  for (const yaml::Entry& entry : node.entries) {
    const auto known = std::find_if(keys().begin(), keys().end(), [&](const Key& key) {
      return key.section == section.name && key.name == entry.key;
    });
    if (known == keys().end()) {
      refuse_name(entry, "the unknown key ", names);
    } else {
      assign_key(*known, *entry.value);
    }
  }
}

void Loader::refuse_name(const yaml::Entry& entry, const std::string& what,
                         const std::vector<std::string_view>& names) {
  findings_.add(finding_at(entry.place, what + yaml::in_quotes(entry.key), yaml::any_of(names),
                           yaml::nearest_name(entry.key, names)));
}

void Loader::assign_key(const Key& key, const Node& value) {
  if (key.section == "reconnect") reconnect_ = value.place;
  if (const auto refusal = assign(key.field, value, config_)) {
    findings_.add(finding_at(refusal->place,
                             std::string(key.section) + "." + std::string(key.name) + " is " + refusal->found,
                             allowed_in(key.field)));
  }
}

// The value that a file would hold; nullptr, with a finding, where it can't be read.
NodePtr value_of(const Key& key, const std::string& name, const std::string& text, char separator,
                 Findings& findings) {
  if (std::holds_alternative<HeadersField>(key.field)) return yaml::read_text(text, name, findings);
  auto node = std::make_shared<Node>();
  node->place.source = std::make_shared<const yaml::Source>(yaml::Source{name, text});
  node->kind = yaml::Kind::scalar;
  node->text = text;
  if (!std::holds_alternative<FoldersField>(key.field)) return node;
  auto folders = std::make_shared<Node>();
  folders->kind = yaml::Kind::sequence;
  folders->place = node->place;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    // As in PATH, where two separators in a row are an accident.
    if (end > begin) {
      auto folder = std::make_shared<Node>(*node);
      folder->text = text.substr(begin, end - begin);
      folders->items.push_back(std::move(folder));
    }
    begin = end + 1;
  }
  return folders;
}

void Loader::read_environment(const Environment& environment) {
  for (const Key& key : keys()) {
    const std::string name = variable_of(key);
    const char* const text = environment.get(name.c_str());
    if (!text || !*text) continue;
    const NodePtr value = value_of(key, name, text, environment.path_separator, findings_);
    if (value) assign_key(key, *value);
  }
}

void Loader::check_together() {
  const Reconnect& reconnect = config_.reconnect;
  if (reconnect.first <= reconnect.longest) return;
  findings_.add(finding_at(reconnect_,
                           "reconnect.first is " + to_text(reconnect.first) +
                               ", which is more than reconnect.longest, " + to_text(reconnect.longest),
                           "a first wait that is not the longest"));
}

}  // namespace

Config load(const std::string& file, const Environment& environment, Findings& findings) {
  Loader loader(findings);
  if (!file.empty()) loader.read_file(file);
  loader.read_environment(environment);
  loader.check_together();
  return loader.take();
}

}  // namespace silex::config
