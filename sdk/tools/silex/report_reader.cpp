#include "report_reader.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

namespace silex::cli {

void ReportReader::update() {
  std::ifstream in(file_, std::ios::binary);
  in.seekg(read_);
  // A line that is being written has no end yet.
  for (std::string line; std::getline(in, line) && !in.eof();) {
    read_ += static_cast<std::streamoff>(line.size()) + 1;
    take(line);
  }
}

void ReportReader::take(const std::string& line) {
  const auto entry = nlohmann::json::parse(line, nullptr, false);
  if (!entry.is_object()) return;  // somebody else wrote into it
  const auto text = [&](const char* key) { return entry.value(key, std::string()); };
  if (entry.contains("begin")) {
    has_begun_ = true;
    check_ = text("begin");
    entered_.clear();
    since_ = std::chrono::steady_clock::now();
  } else if (entry.contains("entering")) {
    entered_ = text("entering");
  } else if (entry.contains("know")) {
    validation_.known[text("know")] = text("value");
  } else if (entry.contains("end")) {
    const auto& names = validate::kResultNames;
    const auto result = std::find(names.begin(), names.end(), text("result")) - names.begin();
    if (result == std::ssize(names)) return;
    validation_.outcomes.push_back(
        {text("end"), static_cast<validate::Result>(result), text("text"), entry.value("seconds", 0.0)});
    check_.clear();
    since_ = std::chrono::steady_clock::now();
  }
}

}  // namespace silex::cli
