#include "validation.hpp"

#include "version.hpp"

#include <algorithm>
#include <array>
#include <iomanip>
#include <ostream>

#include <nlohmann/json.hpp>

namespace silex::cli {

namespace {

using validate::Check;
using validate::Result;

constexpr std::array<const char*, 4> kMarks{"ok", "FAIL", "note", "skip"};

std::string about(const CheckOutcome& outcome) {
  const Check* const check = validate::find_check(outcome.id);
  return check ? std::string(check->about) : "";
}

std::string title_of(const Validation& validation) {
  std::string title = validation.plugin.filename().string();
  const auto add = [&](const char* key, const char* before) {
    const auto known = validation.known.find(key);
    if (known != validation.known.end() && !known->second.empty()) title += before + known->second;
  };
  add("title", ": the adapter for ");
  add("version", ", version ");
  return title;
}

std::string summary_of(const Validation& validation) {
  std::string text = std::to_string(validation.count(Result::ok)) + " ok";
  const auto add = [&](Result result, const char* what) {
    if (const std::size_t count = validation.count(result)) text += ", " + std::to_string(count) + " " + what;
  };
  add(Result::failed, "failed");
  add(Result::noted, "worth a look");
  add(Result::skipped, "skipped");
  return text;
}

// XML 1.0 has no other control characters, not even written as numbers.
std::string escaped(const std::string& text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        xml += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
    }
  }
  return xml;
}

}  // namespace

std::size_t Validation::count(Result result) const {
  return static_cast<std::size_t>(std::count_if(
      outcomes.begin(), outcomes.end(), [&](const CheckOutcome& one) { return one.result == result; }));
}

void print_text(std::ostream& out, const Validation& validation) {
  out << title_of(validation) << "\n";
  for (const CheckOutcome& outcome : validation.outcomes) {
    out << std::left << std::setw(6) << kMarks.at(static_cast<std::size_t>(outcome.result)) << std::setw(26)
        << outcome.id << (outcome.text.empty() ? about(outcome) : outcome.text) << "\n";
  }
  out << summary_of(validation) << std::endl;
}

void print_json(std::ostream& out, const Validation& validation) {
  using nlohmann::ordered_json;
  ordered_json checks = ordered_json::array();
  for (const CheckOutcome& outcome : validation.outcomes) {
    const Check* const check = validate::find_check(outcome.id);
    const bool is_error = check && check->severity == validate::Severity::error;
    checks.push_back({{"id", outcome.id},
                      {"about", about(outcome)},
                      {"severity", is_error ? "error" : "warning"},
                      {"result", validate::kResultNames.at(static_cast<std::size_t>(outcome.result))},
                      {"text", outcome.text},
                      {"seconds", outcome.seconds}});
  }
  ordered_json summary;
  for (std::size_t i = 0; i < validate::kResultNames.size(); ++i) {
    summary[std::string(validate::kResultNames.at(i))] = validation.count(static_cast<Result>(i));
  }
  const ordered_json all{{"silex", kVersion},           {"plugin", validation.plugin.string()},
                         {"known", validation.known},   {"host", validation.host},
                         {"checks", std::move(checks)}, {"summary", std::move(summary)}};
  out << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << std::endl;
}

void print_junit(std::ostream& out, const Validation& validation) {
  double seconds = 0;
  for (const CheckOutcome& outcome : validation.outcomes) seconds += outcome.seconds;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"silex validate "
      << escaped(validation.plugin.filename().string()) << "\" tests=\"" << validation.outcomes.size()
      << "\" failures=\"" << validation.count(Result::failed) << "\" errors=\"0\" skipped=\""
      << validation.count(Result::skipped) << "\" time=\"" << seconds << "\">\n";
  for (const CheckOutcome& outcome : validation.outcomes) {
    const std::size_t dot = outcome.id.find('.');
    out << "<testcase classname=\"" << outcome.id.substr(0, dot) << "\" name=\"" << outcome.id.substr(dot + 1)
        << "\" time=\"" << outcome.seconds << "\">";
    const std::string text = escaped(outcome.text);
    if (outcome.result == Result::failed) out << "<failure message=\"" << text << "\"/>";
    if (outcome.result == Result::skipped) out << "<skipped message=\"" << text << "\"/>";
    if (outcome.result == Result::noted) out << "<system-out>" << text << "</system-out>";
    out << "</testcase>\n";
  }
  out << "</testsuite>\n</testsuites>\n";
}

}  // namespace silex::cli
