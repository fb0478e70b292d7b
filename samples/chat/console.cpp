#include "console.hpp"

#include <iostream>
#include <random>
#include <set>

#include <nlohmann/json.hpp>

std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

std::string message_from(const std::string& name, const std::string& text) {
  static std::random_device random;
  const std::string id = std::to_string(random()) + "-" + std::to_string(random());
  return nlohmann::json::array({{{"id", id}, {"from", name}, {"text", text}}}).dump();
}

void show(const std::string& message) {
  static std::set<std::string> shown;  // on the loop alone
  const auto said = nlohmann::json::parse(message).at(0);
  if (!shown.insert(said.at("id")).second) return;
  std::cout << said.at("from").get<std::string>() << ": " << said.at("text").get<std::string>() << std::endl;
}
