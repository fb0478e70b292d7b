#include "yaml/finding.hpp"

#include <utility>

namespace silex::yaml {

std::string to_text(const Finding& finding) {
  std::string text = finding.file;
  if (finding.line > 0) {
    text += ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column);
  }
  text += ": " + finding.found;
  if (!finding.allowed.empty()) text += "; allowed: " + finding.allowed;
  if (!finding.nearest.empty()) text += "; did you mean '" + finding.nearest + "'?";
  return text;
}

void Findings::add(Finding finding) {
  ++count_;
  if (kept_.size() < kKept) kept_.push_back(std::move(finding));
}

std::string Findings::summary() const {
  if (kept_.empty()) return {};
  std::string text = to_text(kept_.front());
  if (count_ > 1) text += " (and " + std::to_string(count_ - 1) + " more)";
  return text;
}

std::string Findings::text() const {
  std::string text;
  for (const Finding& finding : kept_) text += (text.empty() ? "" : "\n") + to_text(finding);
  if (count_ > kept_.size()) text += "\n... and " + std::to_string(count_ - kept_.size()) + " more";
  return text;
}

std::string any_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string shown = "'";
  std::size_t end = text.size();
  if (end > longest) {
    end = longest;
    // Not inside a character of several bytes.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  }
  for (const char c : text.substr(0, end)) shown += static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
  if (end < text.size()) shown += "...";
  return shown + "'";
}

}  // namespace silex::yaml
