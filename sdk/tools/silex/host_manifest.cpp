#include "host_manifest.hpp"

#include "yaml/nearest.hpp"
#include "yaml/node.hpp"
#include "yaml/reader.hpp"

#include <set>
#include <string_view>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "silex_host_";
constexpr std::string_view kEnding = ".yml";

// Takes the keys of one mapping; what is left over at the end is wrong.
class Keys {
 public:
  Keys(const yaml::Node& node, yaml::Findings& findings) : node_(node), findings_(findings) {
    if (node.kind != yaml::Kind::mapping) findings.add(finding_at(node.place, describe(node), "a mapping"));
  }

  std::string text(const char* key) {
    const yaml::Node* const value = take(key);
    if (!value) return {};
    if (value->kind != yaml::Kind::scalar) refuse(*value, key, "a text");
    return value->text;
  }

  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> found;
    for (const yaml::NodePtr& item : items(key)) {
      if (item->kind != yaml::Kind::scalar) refuse(*item, key, "texts");
      found.push_back(item->text);
    }
    return found;
  }

  std::vector<yaml::NodePtr> items(const char* key) {
    const yaml::Node* const value = take(key);
    if (!value) return {};
    if (value->kind != yaml::Kind::sequence) refuse(*value, key, "a list");
    return value->items;
  }

  void end() {
    for (const yaml::Entry& entry : node_.entries) {
      if (taken_.count(entry.key) != 0) continue;
      const std::vector<std::string_view> names(taken_.begin(), taken_.end());
      findings_.add(finding_at(entry.place, "the unknown key " + yaml::in_quotes(entry.key),
                               yaml::any_of(names), yaml::nearest_name(entry.key, names)));
    }
  }

 private:
  const yaml::Node* take(const char* key) {
    taken_.insert(key);
    if (const yaml::Entry* const entry = node_.find(key)) return entry->value.get();
    findings_.add(finding_at(node_.place, "no key " + yaml::in_quotes(key)));
    return nullptr;
  }
  void refuse(const yaml::Node& value, const char* key, const char* allowed) {
    findings_.add(finding_at(value.place, yaml::in_quotes(key) + " is " + describe(value), allowed));
  }

  const yaml::Node& node_;
  yaml::Findings& findings_;
  std::set<std::string> taken_;
};

PackageForm read_form(const yaml::Node& node, yaml::Findings& findings) {
  Keys keys(node, findings);
  PackageForm form;
  form.name = keys.text("name");
  form.places = keys.texts("places");
  form.entry = keys.text("entry");
  form.holds = keys.texts("holds");
  form.adapter = keys.text("adapter");
  form.install = keys.text("install");
  keys.end();
  return form;
}

}  // namespace

fs::path find_host_manifest(const std::string& host, const std::vector<fs::path>& folders) {
  for (const fs::path& folder : folders) {
    fs::path file = folder / (std::string(kPrefix) + host + std::string(kEnding));
    std::error_code error;
    if (fs::is_regular_file(file, error)) return file;
  }
  return {};
}

std::vector<std::string> hosts_in(const std::vector<fs::path>& folders) {
  std::set<std::string> names;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (name.size() <= kPrefix.size() + kEnding.size() || name.compare(0, kPrefix.size(), kPrefix) != 0 ||
          at->path().extension() != kEnding) {
        continue;
      }
      names.insert(name.substr(kPrefix.size(), name.size() - kPrefix.size() - kEnding.size()));
    }
  }
  return {names.begin(), names.end()};
}

std::optional<HostManifest> read_host_manifest(const fs::path& file, yaml::Findings& findings) {
  const yaml::NodePtr root = yaml::read_file(file, findings);
  if (!root) return std::nullopt;
  Keys keys(*root, findings);
  HostManifest manifest;
  manifest.title = keys.text("title");
  manifest.program = keys.text("program");
  for (const yaml::NodePtr& item : keys.items("packages")) {
    manifest.packages.push_back(read_form(*item, findings));
  }
  keys.end();
  if (!findings.empty()) return std::nullopt;
  return manifest;
}

}  // namespace silex::cli
