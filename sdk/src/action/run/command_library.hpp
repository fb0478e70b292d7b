// The commands of the packs that are loaded, by their paths.
#pragma once

#include "action/model/catalogue.hpp"

#include <silex/command.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

struct KnownCommand {
  CommandDeclaration declaration;
  const silex_command* functions = nullptr;
  std::string pack;
};

// [any-thread], but for remove(): on the main thread, while no action knows the pack's commands.
class CommandLibrary final : public Catalogue {
 public:
  // What is wrong with it, one sentence each; then nothing is added. A path that is there already is wrong.
  std::vector<std::string> add(const std::string& pack_name, const silex_command_pack& pack);
  void remove(const std::string& pack_name);
  // Actions that know its commands keep them; nobody finds them any more. Whether there were any.
  bool retire(const std::string& pack_name);
  // Asked by find() for what is not there, and may add it; not under a lock.
  using Missing = std::function<void(const std::string& path)>;
  void on_missing(Missing ask);

  [[nodiscard]] const CommandDeclaration* find(std::string_view path) const override;
  [[nodiscard]] std::vector<std::string> paths() const override;
  // For actions that are open: one that was retired since, too. nullptr where there is none.
  [[nodiscard]] const KnownCommand* known(std::string_view path) const;
  // All declarations, by path.
  [[nodiscard]] Json to_json() const;

 private:
  // Under the lock.
  [[nodiscard]] const KnownCommand* current(std::string_view path) const;

  mutable std::mutex mutex_;
  using Commands = std::map<std::string, KnownCommand, std::less<>>;
  Commands commands_;                                               // by path
  std::map<std::string, std::string, std::less<>> paths_of_alias_;  // which is not among those
  std::vector<Commands::node_type> retired_;
  std::shared_ptr<const Missing> missing_;
};

// Reads what silex_command.declaration says; what is wrong goes to `errors`, half a sentence each.
CommandDeclaration read_declaration(std::string_view text, std::vector<std::string>& aliases,
                                    std::vector<std::string>& errors);
// A parameter as a declaration or a prompt has it.
ParameterDeclaration read_parameter(const std::string& name, const Json& from,
                                    std::vector<std::string>& errors);

}  // namespace silex::action
