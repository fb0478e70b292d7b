#include "action/run/command_library.hpp"

#include "yaml/finding.hpp"
#include "yaml/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace silex::action {

namespace {

std::string in_the(const char* what, const std::string& of) {
  return std::string(what) + " " + yaml::in_quotes(of) + " has ";
}

std::string named(const std::string& path, const std::string& pack) {
  return "the command '" + path + "' of the pack '" + pack + "'";
}

std::string about(const std::string& who, const std::string& what) {
  return who + ": " + what;
}

template <std::size_t Count>
void check_keys(const Json& from, const std::array<std::string_view, Count>& allowed,
                const std::string& whose, std::vector<std::string>& errors) {
  for (const auto& [key, value] : from.items()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    const std::string nearest = yaml::nearest_name(key, {allowed.begin(), allowed.end()});
    errors.push_back(whose + "the unknown key " + yaml::in_quotes(key) +
                     "; allowed: " + yaml::any_of({allowed.begin(), allowed.end()}) +
                     (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
  }
}

void take(bool& flag, const Json& from, const char* key, const std::string& whose,
          std::vector<std::string>& errors) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  if (found->is_boolean()) {
    flag = found->get<bool>();
  } else {
    errors.push_back(whose + "'" + key + "' as " + describe(*found) + "; allowed: true or false");
  }
}

void take(std::string& text, const Json& from, const char* key, const std::string& whose,
          std::vector<std::string>& errors) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  if (found->is_string()) {
    text = found->get<std::string>();
  } else {
    errors.push_back(whose + "'" + key + "' as " + describe(*found) + "; allowed: text");
  }
}

void take(std::vector<std::string>& texts, const Json& from, const char* key, const std::string& whose,
          std::vector<std::string>& errors) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  if (found->is_array()) {
    for (const Json& text : *found) {
      if (text.is_string()) texts.push_back(text.get<std::string>());
    }
    if (texts.size() == found->size()) return;
  }
  errors.push_back(whose + "'" + key + "' as " + describe(*found) + "; allowed: a list of text");
}

Json to_json(const CommandDeclaration& declaration) {
  Json parameters = Json::object();
  for (const ParameterDeclaration& parameter : declaration.parameters) {
    parameters[parameter.name] = {{"type", parameter.type.to_wire()},
                                  {"value", parameter.value},
                                  {"label", parameter.label},
                                  {"tooltip", parameter.tooltip},
                                  {"hide", parameter.hide}};
  }
  return {{"path", declaration.path},
          {"ask_user", declaration.ask_user},
          {"hide_parameters", declaration.hide_parameters},
          {"metadata", declaration.metadata},
          {"parameters", std::move(parameters)}};
}

}  // namespace

ParameterDeclaration read_parameter(const std::string& name, const Json& from,
                                    std::vector<std::string>& errors) {
  ParameterDeclaration parameter;
  parameter.name = name;
  const std::string whose = in_the("the parameter", name);
  if (!from.is_object()) {
    errors.push_back("the parameter '" + name + "' is " + describe(from) + "; allowed: an object");
    return parameter;
  }
  static constexpr std::array<std::string_view, 6> kKeys{"name", "type", "value", "label", "tooltip", "hide"};
  check_keys(from, kKeys, whose, errors);
  if (const auto type = from.find("type"); type != from.end()) {
    auto parsed = ParameterType::parse(*type);
    if (const auto* misfit = std::get_if<Misfit>(&parsed)) {
      errors.push_back(whose + misfit->found + "; allowed: " + misfit->allowed);
      return parameter;
    }
    parameter.type = std::get<ParameterType>(std::move(parsed));
  }
  take(parameter.label, from, "label", whose, errors);
  take(parameter.tooltip, from, "tooltip", whose, errors);
  take(parameter.hide, from, "hide", whose, errors);
  if (const auto value = from.find("value"); value != from.end()) {
    parameter.value = *value;
    if (const auto misfit = parameter.type.cast(parameter.value)) {
      errors.push_back(whose + "'value' as " + misfit->found + "; allowed: " + misfit->allowed);
    }
  }
  return parameter;
}

CommandDeclaration read_declaration(std::string_view text, std::vector<std::string>& aliases,
                                    std::vector<std::string>& errors) {
  CommandDeclaration declaration;
  const Json from = Json::parse(text, nullptr, false);
  if (!from.is_object()) {
    errors.emplace_back("its declaration is no JSON object");
    return declaration;
  }
  const std::string whose = "it has ";
  static constexpr std::array<std::string_view, 6> kKeys{"path",     "aliases",    "ask_user",
                                                         "metadata", "parameters", "hide_parameters"};
  check_keys(from, kKeys, whose, errors);
  take(declaration.path, from, "path", whose, errors);
  if (declaration.path.empty()) errors.emplace_back("it has no 'path', by which definitions name it");
  take(aliases, from, "aliases", whose, errors);
  take(declaration.ask_user, from, "ask_user", whose, errors);
  take(declaration.hide_parameters, from, "hide_parameters", whose, errors);
  take(declaration.metadata, from, "metadata", whose, errors);
  if (const auto parameters = from.find("parameters"); parameters != from.end()) {
    if (!parameters->is_object()) {
      errors.push_back("it has 'parameters' as " + describe(*parameters) + "; allowed: an object");
      return declaration;
    }
    for (const auto& [name, parameter] : parameters->items()) {
      declaration.parameters.push_back(read_parameter(name, parameter, errors));
    }
  }
  return declaration;
}

std::vector<std::string> CommandLibrary::add(const std::string& pack_name, const silex_command_pack& pack) {
  std::vector<std::string> errors;
  std::map<std::string, KnownCommand, std::less<>> commands;
  std::map<std::string, std::string, std::less<>> aliases;
  const std::lock_guard lock(mutex_);
  const auto is_taken = [&](const std::string& path) {
    return commands_.contains(path) || paths_of_alias_.contains(path) || commands.contains(path) ||
           aliases.contains(path);
  };
  for (std::uint32_t index = 0; index < pack.count; ++index) {
    const silex_command* const functions = pack.commands ? pack.commands[index] : nullptr;
    const std::string number = "command " + std::to_string(index + 1) + " of the pack '" + pack_name + "'";
    if (!functions || functions->size < sizeof(silex_command) || !functions->declaration ||
        !functions->execute) {
      errors.push_back(number + " lacks a member that it must have: size, declaration or execute()");
      continue;
    }
    std::vector<std::string> wrong;
    std::vector<std::string> other_paths;
    CommandDeclaration declaration = read_declaration(functions->declaration, other_paths, wrong);
    const std::string path = declaration.path;
    const std::string who = path.empty() ? number : named(path, pack_name);
    for (const std::string& error : wrong) errors.push_back(about(who, error));
    if (!wrong.empty()) continue;
    if (is_taken(path)) {
      errors.push_back(about(who, "another command has this path"));
      continue;
    }
    commands.emplace(path, KnownCommand{std::move(declaration), functions, pack_name});
    for (std::string& alias : other_paths) {
      if (is_taken(alias)) {
        errors.push_back(about(who, "another command has the path '" + alias + "'"));
      } else {
        aliases.emplace(std::move(alias), path);
      }
    }
  }
  if (!errors.empty()) return errors;
  commands_.merge(commands);
  paths_of_alias_.merge(aliases);
  return errors;
}

void CommandLibrary::remove(const std::string& pack_name) {
  const std::lock_guard lock(mutex_);
  std::erase_if(commands_, [&](const auto& entry) { return entry.second.pack == pack_name; });
  std::erase_if(paths_of_alias_, [&](const auto& entry) { return !commands_.contains(entry.second); });
}

const KnownCommand* CommandLibrary::current(std::string_view path) const {
  const auto alias = paths_of_alias_.find(path);
  const auto found = alias == paths_of_alias_.end() ? commands_.find(path) : commands_.find(alias->second);
  return found == commands_.end() ? nullptr : &found->second;
}

const KnownCommand* CommandLibrary::known(std::string_view path) const {
  const std::lock_guard lock(mutex_);
  if (const KnownCommand* const found = current(path)) return found;
  const auto retired = std::find_if(retired_.rbegin(), retired_.rend(),
                                    [&](const Commands::node_type& node) { return node.key() == path; });
  return retired == retired_.rend() ? nullptr : &retired->mapped();
}

bool CommandLibrary::retire(const std::string& pack_name) {
  const std::lock_guard lock(mutex_);
  bool had_any = false;
  for (auto entry = commands_.begin(); entry != commands_.end();) {
    const auto next = std::next(entry);
    if (entry->second.pack == pack_name) {
      retired_.push_back(commands_.extract(entry));  // it stays where it is
      had_any = true;
    }
    entry = next;
  }
  std::erase_if(paths_of_alias_, [&](const auto& alias) { return !commands_.contains(alias.second); });
  return had_any;
}

void CommandLibrary::on_missing(Missing ask) {
  auto kept = ask ? std::make_shared<const Missing>(std::move(ask)) : nullptr;
  const std::lock_guard lock(mutex_);
  missing_.swap(kept);
}

const CommandDeclaration* CommandLibrary::find(std::string_view path) const {
  std::unique_lock lock(mutex_);
  const KnownCommand* found = current(path);
  if (const auto ask = found ? nullptr : missing_) {
    lock.unlock();
    (*ask)(std::string(path));
    lock.lock();
    found = current(path);
  }
  return found ? &found->declaration : nullptr;
}

std::vector<std::string> CommandLibrary::paths() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const auto& [path, command] : commands_) all.push_back(path);
  for (const auto& [alias, path] : paths_of_alias_) all.push_back(alias);
  return all;
}

Json CommandLibrary::to_json() const {
  const std::lock_guard lock(mutex_);
  Json all = Json::array();
  for (const auto& [path, command] : commands_) {
    Json declaration = action::to_json(command.declaration);
    declaration["aliases"] = Json::array();
    for (const auto& [alias, of] : paths_of_alias_) {
      if (of == path) declaration["aliases"].push_back(alias);
    }
    all.push_back(std::move(declaration));
  }
  return all;
}

}  // namespace silex::action
