#include "display.hpp"

#include "platform/terminal.hpp"

#include <algorithm>
#include <array>
#include <iostream>

namespace silex::cli {

namespace {

constexpr std::array<const char*, 6> kStatuses{"completed",  "back at the start", "waits for an answer",
                                               "processing", "invalid",           "error"};
constexpr std::size_t kBar = 24;

const char* name_of(int status) {
  return status >= 0 && status < static_cast<int>(kStatuses.size())
             ? kStatuses.at(static_cast<std::size_t>(status))
             : "";
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string bar(const WatchedAction& action, std::size_t label_width, std::size_t columns) {
  const int percent = action.percent();
  const std::size_t full = kBar * static_cast<std::size_t>(percent) / 100;
  std::string line = action.label() + std::string(label_width - width_of(action.label()), ' ') + " [" +
                     std::string(full, '#') + std::string(kBar - full, '.') + "] ";
  const std::string number = std::to_string(percent);
  line += std::string(3 - std::min<std::size_t>(number.size(), 3), ' ') + number + " % ";
  const ShownCommand present = action.present();
  if (percent < 100) line += present.label + ": " + name_of(present.status);
  return cut(line, columns);
}

}  // namespace

std::string cut(const std::string& text, std::size_t columns) {
  std::size_t at = 0;
  for (std::size_t width = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && width++ == columns) break;
  }
  return text.substr(0, at);
}

void Display::update(const std::vector<std::unique_ptr<WatchedAction>>& actions) {
  for (const auto& action : actions) {
    action->update([&](const ShownCommand& command, const json& part) { changed(*action, command, part); });
  }
  if (!is_terminal_) return;
  const std::size_t columns = platform::terminal_columns();
  std::size_t label_width = 0;
  for (const auto& action : actions) label_width = std::max(label_width, width_of(action->label()));
  std::string lines;
  for (const auto& action : actions) lines += "\r\033[K" + bar(*action, label_width, columns - 1) + "\n";
  if (lines == last_ && drawn_ == actions.size()) return;
  // One write, so that nothing flickers.
  std::string text = drawn_ > 0 ? "\033[" + std::to_string(drawn_) + "A" : "";
  text += lines;
  std::cout << text << std::flush;
  drawn_ = actions.size();
  last_ = lines;
}

void Display::changed(const WatchedAction& action, const ShownCommand& command, const json& part) {
  const std::string whose = action.label() + ": " + command.label + ": ";
  if (const auto logs = part.find("logs"); logs != part.end()) {
    std::size_t& said = said_[action.state().value("uuid", "") + command.step + ":" + command.name];
    for (std::size_t line = std::min(said, logs->size()); line < logs->size(); ++line) {
      say(whose + (*logs)[line].value("message", ""));
    }
    said = logs->size();
  }
  if (!is_terminal_ && part.contains("status")) say(whose + name_of(command.status));
}

void Display::say(const std::string& line) {
  clear();
  std::cout << line << std::endl;
}

void Display::clear() {
  if (drawn_ == 0) return;
  std::cout << "\033[" << drawn_ << "A\r\033[J" << std::flush;
  drawn_ = 0;
  last_.clear();
}

}  // namespace silex::cli
