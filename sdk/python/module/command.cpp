#include "command.hpp"

#include "command_run.hpp"
#include "hooks.hpp"
#include "process.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace silex::python {

namespace {

constexpr const char* kCapsule = "silex.run";

// A kind of command. It lives for ever: actions may know it.
struct PythonCommand {
  silex_command functions{};  // first: the runtime hands back a pointer to it
  std::string declaration;
  std::string path;  // the pack's name, too: each is one of its own
  PyObject* object = nullptr;
  const silex_command* listed[1]{};
  silex_command_pack pack{};

  static const PythonCommand& of(const silex_command* command) {
    return *reinterpret_cast<const PythonCommand*>(command);
  }
};

// One in an action. `kept` is what execute() keeps for undo(): a dict, made on the lane.
struct Instance {
  const PythonCommand* command = nullptr;
  PyObject* kept = nullptr;  // with the GIL
  // Those that have not ended, and some that have. setup() is called while execute() waits for an answer.
  std::vector<std::shared_ptr<CommandRun>> runs{};  // loop only
};

// What waits for the lane.
struct Start {
  std::shared_ptr<CommandRun> run;
  std::shared_ptr<Instance> instance;
  const char* kind;
  std::string parameters;
  std::string context;
};

using Shared = std::shared_ptr<Instance>;

void free_run(PyObject* capsule) {
  auto* const run = static_cast<std::shared_ptr<CommandRun>*>(PyCapsule_GetPointer(capsule, kCapsule));
  delete run;
}

std::shared_ptr<CommandRun> run_of(PyObject* capsule) {
  const auto* const run = static_cast<std::shared_ptr<CommandRun>*>(PyCapsule_GetPointer(capsule, kCapsule));
  return run ? *run : nullptr;
}

// [the lane]
void start_run(void* data) {
  const std::unique_ptr<Start> start(static_cast<Start*>(data));
  Instance& instance = *start->instance;
  if (!instance.kept) instance.kept = PyDict_New();
  auto* const held = new std::shared_ptr<CommandRun>(start->run);
  const Ref capsule(PyCapsule_New(held, kCapsule, &free_run));
  if (!capsule) delete held;
  Ref canceller(capsule && instance.kept
                    ? call_with(hooks.run_command, "OOOsss", capsule.get(), instance.command->object,
                                instance.kept, start->kind, start->parameters.c_str(), start->context.c_str())
                    : nullptr);
  if (!canceller) {
    const Ref exception = take_exception();
    const Ref traceback(call_on(hooks.traceback, exception.get()));
    PyErr_Clear();
    start->run->end({sizeof(silex_result), SILEX_ERROR_EXCEPTION, nullptr, nullptr, nullptr}, "",
                    "the command could not be started", traceback ? text_of(traceback.get()) : "");
    return;
  }
  start->run->canceller = canceller.release();
}

// [the lane] In order after start_run().
void cancel_run(void* data) {
  const std::unique_ptr<std::shared_ptr<CommandRun>> run(static_cast<std::shared_ptr<CommandRun>*>(data));
  if (!(*run)->canceller) return;
  const Ref done(call_on((*run)->canceller));
  if (!done) report_error("a command could not be cancelled");
}

// [the lane] The canceller refers to the run's Python side, and that to the run.
void forget_run(void* data) {
  const std::unique_ptr<std::shared_ptr<CommandRun>> run(static_cast<std::shared_ptr<CommandRun>*>(data));
  const Ref gone(std::exchange((*run)->canceller, nullptr));
}

void forget(std::shared_ptr<CommandRun> run) {
  process().lane.push_task(&forget_run, new std::shared_ptr<CommandRun>(std::move(run)));
}

void call(void* instance, const silex_execution* execution, const char* kind) {
  const Shared& shared = *static_cast<Shared*>(instance);
  const auto ended = std::partition(shared->runs.begin(), shared->runs.end(),
                                    [](const auto& run) { return !run->has_ended(); });
  std::for_each(ended, shared->runs.end(), [](auto& run) { forget(std::move(run)); });
  shared->runs.erase(ended, shared->runs.end());
  const auto& run = shared->runs.emplace_back(std::make_shared<CommandRun>(*execution));
  run->watch_for_stop();
  auto start = std::make_unique<Start>(Start{run, shared, kind, execution->parameters, execution->context});
  process().lane.push_task(&start_run, start.release());
}

void* create(const silex_command* self) {
  auto instance = std::make_shared<Instance>();
  instance->command = &PythonCommand::of(self);
  return new Shared(std::move(instance));
}

void destroy(void* data) {
  const std::unique_ptr<Shared> shared(static_cast<Shared*>(data));
  Instance& instance = **shared;
  for (auto& run : instance.runs) forget(std::move(run));
  // All its runs have ended, and with them what writes `kept`.
  if (instance.kept) process().lane.push_dropped(std::exchange(instance.kept, nullptr));
}

void execute(void* instance, const silex_execution* execution) {
  call(instance, execution, "execute");
}
void undo(void* instance, const silex_execution* execution) {
  call(instance, execution, "undo");
}
void set_up(void* instance, const silex_execution* execution) {
  call(instance, execution, "setup");
}
void cancel(void* instance, const silex_execution* execution) {
  for (const auto& run : (*static_cast<Shared*>(instance))->runs) {
    if (!run->is_of(execution)) continue;
    return process().lane.push_task(&cancel_run, new std::shared_ptr<CommandRun>(run));
  }
}

// All that were ever added. With the GIL.
std::vector<PythonCommand*>& commands() {
  static std::vector<PythonCommand*> all;
  return all;
}

// Asked while an action is being loaded, on whichever thread loads it.
void find_command(void* /*data*/, const char* path) {
  if (finalizing.load() || Py_IsInitialized() == 0) return;
  const Gil gil;
  const Ref found(call_with(hooks.find_command, "s", path));
  if (!found) report_error(("the command '" + std::string(path) + "' could not be imported").c_str());
}

silex_status add_to(silex_runtime* runtime, const PythonCommand& command) {
  // One of that path may be there, which this replaces for actions that are opened from now on.
  static_cast<void>(silex_commands_remove(runtime, command.path.c_str()));
  return silex_commands_add(runtime, command.path.c_str(), &command.pack);
}

}  // namespace

bool add_commands_to(silex_runtime* runtime) {
  for (const PythonCommand* const command : commands()) {
    if (add_to(runtime, *command) != SILEX_OK) {
      raise_last_error();
      return false;
    }
  }
  if (silex_commands_on_missing(runtime, &find_command, nullptr) == SILEX_OK) return true;
  raise_last_error();
  return false;
}

PyObject* add_command(PyObject* /*module*/, PyObject* arguments) {
  const char* declaration = nullptr;
  const char* path = nullptr;
  PyObject* object = nullptr;
  int has_undo = 0;
  int has_setup = 0;
  if (!PyArg_ParseTuple(arguments, "ssOpp", &declaration, &path, &object, &has_undo, &has_setup))
    return nullptr;
  auto command = std::make_unique<PythonCommand>();
  command->declaration = declaration;
  command->path = path;
  command->functions = {
      sizeof(silex_command),           command->declaration.c_str(),       &create, &destroy, &execute,
      has_undo != 0 ? &undo : nullptr, has_setup != 0 ? &set_up : nullptr, &cancel};
  command->listed[0] = &command->functions;
  command->pack = {sizeof(silex_command_pack), 1, command->listed};
  const auto& started = process().started;
  if (started && add_to(started->runtime(), *command) != SILEX_OK) return raise_last_error();
  std::erase_if(commands(), [&](const PythonCommand* other) { return other->path == command->path; });
  command->object = new_reference(object);
  commands().push_back(command.release());
  return none();
}

PyObject* run_end(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  int status = SILEX_OK;
  const char* value = nullptr;
  const char* message = nullptr;
  const char* detail = nullptr;
  if (!PyArg_ParseTuple(arguments, "Oizss", &capsule, &status, &value, &message, &detail)) return nullptr;
  const auto run = run_of(capsule);
  if (!run) return nullptr;
  const silex_status posted = run->end({sizeof(silex_result), status, nullptr, nullptr, nullptr},
                                       value ? value : "", message, detail);
  return posted == SILEX_OK ? none() : raise_last_error();
}

PyObject* run_log(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  int level = SILEX_LOG_INFO;
  const char* text = nullptr;
  if (!PyArg_ParseTuple(arguments, "Ois", &capsule, &level, &text)) return nullptr;
  const auto run = run_of(capsule);
  if (!run) return nullptr;
  run->log(static_cast<silex_log_level>(level), text);
  return none();
}

PyObject* run_progress(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  double percent = 0;
  if (!PyArg_ParseTuple(arguments, "Od", &capsule, &percent)) return nullptr;
  const auto run = run_of(capsule);
  if (!run) return nullptr;
  run->progress(percent);
  return none();
}

PyObject* run_ask(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  const char* what = nullptr;
  const char* key = nullptr;
  const char* text = nullptr;
  if (!PyArg_ParseTuple(arguments, "Osss", &capsule, &what, &key, &text)) return nullptr;
  static constexpr std::array<std::string_view, 7> kNames{"edit",       "stored",        "store",    "prompt",
                                                          "run_action", "insert_action", "exit_step"};
  const auto run = run_of(capsule);
  if (!run) return nullptr;
  const auto* const name = std::find(kNames.begin(), kNames.end(), std::string_view(what));
  if (name == kNames.end()) {
    PyErr_Format(PyExc_ValueError, "a command can't ask for '%s'", what);
    return nullptr;
  }
  Ref owned(as_object(new_call(what, nullptr, nullptr)));
  if (!owned) return nullptr;
  Call& call = *reinterpret_cast<Call*>(owned.get());
  add_references(call);
  const silex_status posted = run->ask(static_cast<CommandRun::Ask>(name - kNames.begin()), key, text, call);
  process().lane.sweep();
  return posted == SILEX_OK ? owned.release() : raise_last_error();
}

PyObject* run_withdraw(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  PyObject* object = nullptr;
  if (!PyArg_ParseTuple(arguments, "OO!", &capsule, call_type(), &object)) return nullptr;
  const auto run = run_of(capsule);
  if (!run) return nullptr;
  // Where the runtime is stopping, it withdraws everything by itself.
  static_cast<void>(run->withdraw(*reinterpret_cast<Call*>(object)));
  return none();
}

PyObject* run_task(PyObject* /*module*/, PyObject* capsule) {
  const auto run = run_of(capsule);
  return run ? PyLong_FromUnsignedLongLong(run->task()) : nullptr;
}

}  // namespace silex::python
