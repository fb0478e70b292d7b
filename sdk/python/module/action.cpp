#include "action.hpp"

#include "call.hpp"
#include "hooks.hpp"
#include "process.hpp"

#include <array>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_set>

namespace silex::python {

namespace {

constexpr const char* kCapsule = "silex.action";

// Shared by the loop, which tells, and by Python's capsule. It never touches Python but for the calls.
class Opened : public std::enable_shared_from_this<Opened> {
 public:
  explicit Opened(std::shared_ptr<Started> started) : started_(std::move(started)) {}

  // [loop-thread]
  void changed(const char* diff) {
    const std::lock_guard lock(mutex_);
    if (is_stale_) return;
    if (changes_.size() >= kChanges) {  // nobody looks: it is read anew when somebody does
      is_stale_ = true;
      changes_.clear();
      return;
    }
    changes_.emplace_back(diff);
  }
  void ended(const silex_action_outcome& outcome) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): it was one
    auto* const call = reinterpret_cast<Call*>(outcome.run);
    if (!call) return;  // a user's wish
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.erase(call) == 0) return;
    }
    tell(*call, outcome);
    drop_references_later(*call);
  }
  // The last call of the action's: who still waits is told.
  void released() {
    std::unordered_set<Call*> waiting;
    {
      const std::lock_guard lock(mutex_);
      waiting.swap(waiting_);
    }
    for (Call* const call : waiting) {
      end_with_status(*call, SILEX_ERROR_CANCELLED, "the action was closed", "");
      drop_references_later(*call);
    }
  }

  void wait(Call& call) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(&call);
  }
  bool no_longer_wait(Call& call) {
    const std::lock_guard lock(mutex_);
    return waiting_.erase(&call) != 0;
  }
  // False: too much was missed.
  bool take(std::deque<std::string>& changes) {
    const std::lock_guard lock(mutex_);
    changes.swap(changes_);
    return !std::exchange(is_stale_, false);
  }

  // With the GIL, as what follows. An undo that was asked for since ends what it interrupts, and is to go on.
  [[nodiscard]] bool cancel(const Call& call) const {
    return &call != latest || silex_action_cancel(runtime(), id) == SILEX_OK;
  }
  [[nodiscard]] silex_runtime* runtime() const noexcept { return started_->runtime(); }
  silex_id id = 0;
  const Call* latest = nullptr;  // that was begun: only to be compared with

 private:
  static constexpr std::size_t kChanges = 256;

  static void tell(Call& call, const silex_action_outcome& outcome) {
    switch (outcome.end) {
      case SILEX_ACTION_COMPLETED:
      case SILEX_ACTION_UNDONE:
        return end_with_text(call, outcome.outputs);
      case SILEX_ACTION_CANCELLED:
        return end_with_status(call, SILEX_ERROR_CANCELLED, "the action was cancelled", "");
      case SILEX_ACTION_FAILED:
        return end_with_status(call, SILEX_ERROR_EXCEPTION,
                               (std::string(outcome.command) + ": " + outcome.message).c_str(),
                               outcome.detail);
    }
  }

  const std::shared_ptr<Started> started_;
  std::mutex mutex_;
  std::deque<std::string> changes_;
  bool is_stale_ = false;
  std::unordered_set<Call*> waiting_;
};

using Shared = std::shared_ptr<Opened>;

void close_action(PyObject* capsule) {
  const std::unique_ptr<Shared> opened(static_cast<Shared*>(PyCapsule_GetPointer(capsule, kCapsule)));
  if (!opened) return PyErr_Clear();
  if ((*opened)->id != 0) static_cast<void>(silex_action_close((*opened)->runtime(), (*opened)->id));
}

Opened* opened_of(PyObject* capsule) {
  const auto* const opened = static_cast<Shared*>(PyCapsule_GetPointer(capsule, kCapsule));
  return opened ? opened->get() : nullptr;
}

// Calls that are told how a run of the action ends.
template <typename Begin>
PyObject* begin(PyObject* capsule, const char* name, Begin&& begin_run) {
  Opened* const opened = opened_of(capsule);
  if (!opened) return nullptr;
  Ref owned(as_object(new_call(name, nullptr, nullptr)));
  if (!owned) return nullptr;
  Call& call = *reinterpret_cast<Call*>(owned.get());
  call.parts->started.store(true);
  add_references(call);
  opened->wait(call);
  if (begin_run(*opened, reinterpret_cast<std::uint64_t>(&call)) == SILEX_OK) {
    opened->latest = &call;
    // Who keeps a call does not keep the action.
    call.parts->cancel = [weak = opened->weak_from_this(), &call] {
      const auto action = weak.lock();
      return action && action->cancel(call);
    };
    return owned.release();
  }
  if (opened->no_longer_wait(call)) remove_references(call);
  return raise_last_error();
}

}  // namespace

PyObject* action_open(PyObject* /*module*/, PyObject* arguments) {
  const char* name = nullptr;
  const char* category = nullptr;
  const char* roots = nullptr;
  const char* context = nullptr;
  unsigned int flags = 0;
  if (!PyArg_ParseTuple(arguments, "szzzI", &name, &category, &roots, &context, &flags)) return nullptr;
  const auto started = running();
  if (!started) return nullptr;
  auto opened = std::make_unique<Shared>(std::make_shared<Opened>(started));
  auto told = std::make_unique<Shared>(*opened);
  silex_action_options options{};
  options.size = sizeof options;
  options.flags = flags;
  options.name = name;
  options.category = category;
  options.roots = roots;
  options.session = started->connection();
  options.context = context;
  options.data = told.get();
  options.on_change = [](void* to, const char* diff) { (*static_cast<Shared*>(to))->changed(diff); };
  options.on_end = [](void* to, const silex_action_outcome* end) {
    (*static_cast<Shared*>(to))->ended(*end);
  };
  options.release = [](void* to) {
    const std::unique_ptr<Shared> last(static_cast<Shared*>(to));
    (*last)->released();
  };
  silex_id id = 0;
  silex_status status = SILEX_OK;
  std::string message;
  std::string detail;
  {
    const WithoutGil others_go_on;  // it reads files, and may ask for commands to be imported
    status = silex_action_open(started->runtime(), &options, &id);
    if (status != SILEX_OK) {
      message = silex_last_error()->message;
      detail = silex_last_error()->detail;
    }
  }
  if (status != SILEX_OK) return raise_error(status, message.c_str(), detail.c_str());
  static_cast<void>(told.release());
  (*opened)->id = id;
  PyObject* const capsule = PyCapsule_New(opened.get(), kCapsule, &close_action);
  if (capsule) {
    static_cast<void>(opened.release());
  } else {
    static_cast<void>(silex_action_close(started->runtime(), id));
  }
  return capsule;
}

PyObject* action_read(PyObject* /*module*/, PyObject* capsule) {
  Opened* const opened = opened_of(capsule);
  if (!opened) return nullptr;
  std::string text(4096, '\0');
  for (;;) {
    std::uint64_t length = 0;
    if (silex_action_read(opened->runtime(), opened->id, text.data(), text.size(), &length) != SILEX_OK) {
      return raise_last_error();
    }
    if (length < text.size()) {
      return PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(length), "replace");
    }
    text.resize(length + 1024);  // it may grow meanwhile
  }
}

PyObject* action_changes(PyObject* /*module*/, PyObject* capsule) {
  Opened* const opened = opened_of(capsule);
  if (!opened) return nullptr;
  std::deque<std::string> changes;
  if (!opened->take(changes)) return none();
  Ref list(PyList_New(0));
  for (const std::string& change : changes) {
    const Ref text(PyUnicode_DecodeUTF8(change.data(), static_cast<Py_ssize_t>(change.size()), "replace"));
    if (!list || !text || PyList_Append(list.get(), text.get()) != 0) return nullptr;
  }
  return list.release();
}

PyObject* action_set(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  const char* parameter = nullptr;
  const char* value = nullptr;
  if (!PyArg_ParseTuple(arguments, "Oss", &capsule, &parameter, &value)) return nullptr;
  Opened* const opened = opened_of(capsule);
  if (!opened) return nullptr;
  if (silex_action_set(opened->runtime(), opened->id, parameter, value) != SILEX_OK)
    return raise_last_error();
  return none();
}

PyObject* action_execute(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  const char* name = nullptr;
  if (!PyArg_ParseTuple(arguments, "Os", &capsule, &name)) return nullptr;
  return begin(capsule, name, [](const Opened& opened, std::uint64_t run) {
    return silex_action_execute(opened.runtime(), opened.id, run);
  });
}

PyObject* action_undo(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  const char* name = nullptr;
  int all = 0;
  if (!PyArg_ParseTuple(arguments, "Osp", &capsule, &name, &all)) return nullptr;
  return begin(capsule, name, [all](const Opened& opened, std::uint64_t run) {
    return silex_action_undo(opened.runtime(), opened.id, all != 0, run);
  });
}

PyObject* action_do(PyObject* /*module*/, PyObject* arguments) {
  PyObject* capsule = nullptr;
  const char* what = nullptr;
  const char* text = nullptr;
  if (!PyArg_ParseTuple(arguments, "Oss", &capsule, &what, &text)) return nullptr;
  Opened* const opened = opened_of(capsule);
  if (!opened) return nullptr;
  const std::string_view wish = what;
  silex_runtime* const runtime = opened->runtime();
  silex_status status = SILEX_ERROR_INVALID_ARGUMENT;
  if (wish == "pause") {
    status = silex_action_pause(runtime, opened->id);
  } else if (wish == "resume") {
    status = silex_action_resume(runtime, opened->id);
  } else if (wish == "cancel") {
    status = silex_action_cancel(runtime, opened->id);
  } else if (wish == "skip") {
    status = silex_action_skip(runtime, opened->id, text);
  } else if (wish == "answer") {
    status = silex_action_answer(runtime, opened->id, text);
  } else if (wish == "close") {
    status = silex_action_close(runtime, opened->id);
    opened->id = 0;
  }
  return status == SILEX_OK ? none() : raise_last_error();
}

}  // namespace silex::python
