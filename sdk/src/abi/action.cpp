// silex/action.h
#include "abi/arguments.hpp"
#include "abi/gates.hpp"
#include "action/run/load_action.hpp"
#include "action/run/runner.hpp"
#include "net/codec/json_writer.hpp"
#include "runtime/ids.hpp"

#include <silex/action.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace action = silex::action;

using action::Runner;
using silex::Core;
using silex::Status;
using silex::abi::ConnectionHandle;
using silex::abi::inside;
using silex::abi::null_argument;
using silex::abi::SessionHandle;
using silex::net::Json;

namespace {

Status unknown_action() {
  return {SILEX_ERROR_NOT_FOUND, "there is no such action: it was closed, or never opened in this run"};
}

// Calls function(runner), or says why not.
template <typename Function>
silex_status with(silex_runtime* runtime, silex_id id, Function&& function) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    const auto runner = runtime->actions()->find(id);
    return runner ? function(*runner) : unknown_action();
  });
}

// "": nothing is wrong.
Status refusing(std::string problem) {
  if (problem.empty()) return {};
  return {SILEX_ERROR_INVALID_ARGUMENT, std::move(problem)};
}

std::string text_of(const Json& value) {
  std::string text;
  silex::net::write_json(text, value);
  return text;
}

// What was handed in with the options; the last owner releases it.
class Told {
 public:
  explicit Told(const silex_action_options& from) : to_(from) {}
  void change(const Json& diff) const { to_.on_change(to_.data, text_of(diff).c_str()); }
  void end(const action::Outcome& outcome, const Json& outputs) const {
    const std::string text = text_of(outputs);
    const silex_action_outcome told{sizeof(silex_action_outcome),
                                    outcome.end,
                                    outcome.run,
                                    outcome.command.c_str(),
                                    outcome.message.c_str(),
                                    outcome.detail.c_str(),
                                    text.c_str()};
    to_.on_end(to_.data, &told);
  }
  void release() const {
    if (to_.release) to_.release(to_.data);
  }
  [[nodiscard]] bool wants_changes() const { return to_.on_change != nullptr; }
  [[nodiscard]] bool wants_end() const { return to_.on_end != nullptr; }

 private:
  const silex_action_options to_;
};

action::Audience audience_of(const std::shared_ptr<ConnectionHandle>& connection) {
  if (!connection) return {};
  const auto with_session = [of = std::weak_ptr(connection)](auto&& function) {
    const auto kept = of.lock();
    const auto session = kept ? kept->session() : nullptr;
    // An update that crosses a user's clear is refused, and meant to be.
    if (session) static_cast<void>(function(*session));
  };
  return {[with_session](Json whole) {
            with_session([&](silex::abi::SessionHandle& session) { return session.query(std::move(whole)); });
          },
          [with_session](Json diff) {
            with_session([&](silex::abi::SessionHandle& session) { return session.update(std::move(diff)); });
          },
          [with_session](const std::string& uuid) {
            with_session([&](silex::abi::SessionHandle& session) { return session.clear(uuid); });
          }};
}

std::string roots_in(const silex_action_options& options) {
  if (options.roots) return options.roots;
  const char* const roots = std::getenv("SILEX_ACTION_CONFIG");  // NOLINT(concurrency-mt-unsafe): we set none
  return roots ? roots : "";
}

// The context that the action goes by.
Status context_for(const silex_action_options& options, const std::shared_ptr<SessionHandle>& session,
                   Json& context) {
  Status read = silex::abi::read_object("silex_action_options.context", options.context, context);
  if (!read.ok()) return read;
  if (context.is_null()) {
    context = session ? Json::parse(session->context()) : Json::object();
  }
  return {};
}

Status open(silex_runtime& runtime, const silex_action_options& options, silex_id& id) {
  constexpr std::uint32_t kFlags = SILEX_ACTION_BATCH | SILEX_ACTION_STEP_BY_STEP | SILEX_ACTION_SIMPLIFY;
  if ((options.flags & ~kFlags) != 0) return silex::abi::unknown_flags("silex_action_options", options.flags);
  if (!options.name) return null_argument("silex_action_options.name", "pass the name of an action");
  std::shared_ptr<ConnectionHandle> connection;
  std::shared_ptr<SessionHandle> session;  // looked up once: another thread may close it meanwhile
  if (options.session != 0) {
    connection = runtime.connections().find(options.session);
    if (connection) session = connection->session();
    if (!session) {
      return {SILEX_ERROR_NOT_FOUND,
              "silex_action_options.session is no open connection with a session: call "
              "silex_session_begin() first"};
    }
  }
  Json context;
  Status read = context_for(options, session, context);
  if (!read.ok()) return read;
  action::Request request;
  request.name = options.name;
  if (options.category) request.category = options.category;
  const auto task_type = context.find("task_type");
  if (task_type != context.end() && task_type->is_string()) request.task_type = task_type->get<std::string>();
  action::SearchPath search_path(roots_in(options), silex::platform::kPathSeparator, runtime.definitions());
  silex::yaml::Findings findings;
  auto loaded = action::load_action(search_path, runtime.commands(), request, findings);
  if (!loaded) return {SILEX_ERROR_INVALID_ARGUMENT, findings.summary(), findings.text()};
  loaded->context_metadata = std::move(context);
  loaded->simplify = (options.flags & SILEX_ACTION_SIMPLIFY) != 0;

  const auto told = std::make_shared<const Told>(options);
  // Bound below: a runner owns what it calls.
  const auto self = std::make_shared<std::weak_ptr<Runner>>();
  action::RunnerOptions with;
  with.batch = (options.flags & SILEX_ACTION_BATCH) != 0;
  with.step_by_step = (options.flags & SILEX_ACTION_STEP_BY_STEP) != 0;
  if (told->wants_changes()) with.on_change = [told](const Json& diff) { told->change(diff); };
  if (told->wants_end()) {
    with.on_end = [told, self](const action::Outcome& outcome) {
      const auto runner = self->lock();
      told->end(outcome, runner ? runner->outputs() : Json::object());
    };
  }
  with.on_release = [told] { told->release(); };
  auto stage = std::make_shared<const action::Stage>(
      action::Stage{silex::Context(silex_get_api(), &runtime), runtime.commands(), runtime.actions(),
                    std::move(search_path), audience_of(connection)});
  const auto runner = std::make_shared<Runner>(std::move(stage), std::move(*loaded), std::move(with));
  *self = runner;
  id = silex::next_foreign_id();
  runtime.actions()->add(id, runner);
  runtime.actions()->know(runner->uuid(), runner);
  runner->open();
  return {};
}

}  // namespace

silex_status silex_action_open(silex_runtime* runtime, const silex_action_options* options,
                               silex_id* action) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    if (!action)
      return null_argument("the place for the action's id", "without it nothing can be done with it");
    silex_action_options known{};
    Status copied =
        silex::abi::copy_struct("silex_action_options", options, sizeof(silex_action_options), known);
    return copied.ok() ? open(*runtime, known, *action) : copied;
  });
}

silex_status silex_action_close(silex_runtime* runtime, silex_id action) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    const auto runner = runtime->actions()->take(action);
    if (!runner) return unknown_action();
    runner->close();
    return {};
  });
}

silex_status silex_action_set(silex_runtime* runtime, silex_id action, const char* parameter,
                              const char* value) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    if (!parameter) return null_argument("the parameter", "pass [step:[command:]]name");
    if (!value) return null_argument("the value", "pass JSON");
    Json read = Json::parse(value, nullptr, false);
    if (read.is_discarded()) {
      return {SILEX_ERROR_INVALID_ARGUMENT,
              "the value of '" + std::string(parameter) + "' is no JSON: " + value};
    }
    return refusing(runner.set(parameter, std::move(read)));
  });
}

silex_status silex_action_execute(silex_runtime* runtime, silex_id action, uint64_t run) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    if (runner.execute(run)) return {};
    return {SILEX_ERROR_BUSY, "the action runs already: wait for its end, or cancel it"};
  });
}

silex_status silex_action_undo(silex_runtime* runtime, silex_id action, bool all, uint64_t run) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    runner.undo(all, run);
    return {};
  });
}

silex_status silex_action_pause(silex_runtime* runtime, silex_id action) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    runner.pause();
    return {};
  });
}

silex_status silex_action_resume(silex_runtime* runtime, silex_id action) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    runner.resume();
    return {};
  });
}

silex_status silex_action_cancel(silex_runtime* runtime, silex_id action) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    runner.cancel();
    return {};
  });
}

silex_status silex_action_skip(silex_runtime* runtime, silex_id action, const char* command) {
  return with(runtime, action, [&](Runner& runner) {
    return command ? refusing(runner.skip(command)) : null_argument("the command", "pass [step:]command");
  });
}

silex_status silex_action_answer(silex_runtime* runtime, silex_id action, const char* diff) {
  return with(runtime, action, [&](Runner& runner) -> Status {
    if (!diff) return null_argument("the answer", "pass a JSON object");
    Json answer;
    Status read = silex::abi::read_object("the answer", diff, answer);
    if (read.ok()) runner.answer(std::move(answer));
    return read;
  });
}

silex_status silex_action_read(silex_runtime* runtime, silex_id action, char* text, uint64_t size,
                               uint64_t* length) {
  return with(runtime, action, [&](const Runner& runner) -> Status {
    silex::abi::write_text(text_of(runner.read()), text, size, length);
    return {};
  });
}

silex_status silex_commands_read(silex_runtime* runtime, char* text, uint64_t size, uint64_t* length) {
  return silex::abi::guard([&]() -> Status {
    if (!runtime) return silex::abi::null_runtime();
    silex::abi::write_text(text_of(runtime->commands().to_json()), text, size, length);
    return {};
  });
}

silex_status silex_commands_add(silex_runtime* runtime, const char* pack,
                                const silex_command_pack* commands) {
  return silex::abi::guard([&]() -> Status {
    if (!runtime) return silex::abi::null_runtime();
    if (!pack || !*pack) return null_argument("the name of the pack", "pass the name to remove it by");
    if (!commands) return null_argument("the pack of commands", "pass a silex_command_pack");
    if (commands->size < sizeof *commands) {
      return silex::abi::small_struct("silex_command_pack", commands->size, sizeof *commands);
    }
    const std::vector<std::string> problems = runtime->commands().add(pack, *commands);
    if (problems.empty()) return {};
    std::string all;
    for (const std::string& problem : problems) all += problem + "\n";
    return {SILEX_ERROR_INVALID_ARGUMENT, problems.front(), all};
  });
}

silex_status silex_commands_remove(silex_runtime* runtime, const char* pack) {
  return silex::abi::guard([&]() -> Status {
    if (!runtime) return silex::abi::null_runtime();
    if (!pack) return null_argument("the name of the pack", "pass that of silex_commands_add()");
    if (runtime->commands().retire(pack)) return {};
    return {SILEX_ERROR_NOT_FOUND, "there is no pack of commands '" + std::string(pack) + "'"};
  });
}

silex_status silex_commands_on_missing(silex_runtime* runtime, void (*find)(void* data, const char* path),
                                       void* data) {
  return silex::abi::guard([&]() -> Status {
    if (!runtime) return silex::abi::null_runtime();
    runtime->commands().on_missing(find ? [find, data](const std::string& path) { find(data, path.c_str()); }
                                        : std::function<void(const std::string& path)>());
    return {};
  });
}
