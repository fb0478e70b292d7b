// The actions of this host: what it offers to users, and what they have launched.
#pragma once

#include <silex/action.hpp>
#include <silex/silex.hpp>

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace demo {

class Stage {
 public:
  explicit Stage(silex::Context context) : context_(context) {}

  // Each of `names` with its label and its parameters, for the context's "launchable". Reads their
  // definitions.
  [[nodiscard]] silex::json offers(const std::vector<std::string>& names) const;

  // Starts an action, its parameters by "step:command:name". Throws silex::Error. [any-thread]
  void launch(const silex::Session& session, const std::string& name, const silex::json& parameters);

  // Forgets all of them: before the session goes.
  void clear();

 private:
  const silex::Context context_;
  std::mutex mutex_;
  std::list<std::unique_ptr<silex::Action>> actions_;
};

}  // namespace demo
