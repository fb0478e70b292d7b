// Builds a tree from yaml-cpp's events. Its Node is not used: it drops duplicate keys silently, has no bound
// on depth or aliases, and its shared_ptr keeps Debian's archive from being linked into a shared library.
#pragma once

#include "yaml/reader.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace silex::yaml {

// For one document. Throws YAML::ParserException where a limit is passed.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::shared_ptr<const Source> source, const Limits& limits, Findings& findings)
      : source_(std::move(source)), limits_(limits), findings_(findings) {}

  // nullptr where the document was empty.
  [[nodiscard]] const NodePtr& root() const noexcept { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  // A sequence or mapping whose end has not come yet.
  struct Open {
    std::shared_ptr<Node> node;
    YAML::Mark mark;
    YAML::anchor_t anchor = 0;
    bool expects_key = true;  // of a mapping
    bool drops_value = false;
    bool merges_value = false;
    std::string key;
    Place key_place;
    std::map<std::string, Place, std::less<>> keys{};
    std::vector<NodePtr> merged{};  // below "<<": later ones win
  };

  [[nodiscard]] Place place_of(const YAML::Mark& mark) const;
  std::shared_ptr<Node> make(Kind kind, const YAML::Mark& mark, const std::string& tag) const;
  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void put(const NodePtr& node, const YAML::Mark& mark);
  void take_key(Open& mapping, const Node& node);
  void take_value(Open& mapping, const NodePtr& node, const Place& place);
  void take_merged(Open& mapping, const NodePtr& node, const Place& place);
  void merge(const Open& mapping);

  std::shared_ptr<const Source> source_;
  Limits limits_;
  Findings& findings_;
  NodePtr root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, NodePtr> anchors_;
  std::size_t nodes_ = 0;
  std::size_t merged_bytes_ = 0;  // of keys: values are shared
};

}  // namespace silex::yaml
