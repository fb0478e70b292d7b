#include "embed/waker.hpp"

#include "embed/gil.hpp"
#include "embed/park.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace silex::python {

namespace {

std::atomic<bool> any_left{false};

// Where leak checkers find it.
void keep_for_good(std::function<void()> function) {
  static std::mutex& mutex = *new std::mutex;
  static std::vector<std::function<void()>>& kept = *new std::vector<std::function<void()>>;
  const std::lock_guard lock(mutex);
  kept.push_back(std::move(function));
}

}  // namespace

// Shared with the thread, which may outlive the waker. The mutex is never held while somebody waits for the
// GIL, nor while code of others runs.
struct Waker::State {
  explicit State(const PythonApi& to_use) : api(to_use) {}
  // What still refers to Python here could not be released: its thread had not ended, or Python had.
  ~State() {
    if (call_soon) keep_for_good(std::move(call_soon));
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void begin_closing() {
    const std::lock_guard lock(mutex);
    closing = true;
    changed.notify_all();
  }
  [[nodiscard]] bool is_closing() {
    const std::lock_guard lock(mutex);
    return closing;
  }
  void tell_end(bool parks) {
    // Told with the mutex held: whoever hears of it may free nothing before it is released.
    const std::lock_guard lock(mutex);
    ended = true;
    parked = parked || parks;
    changed.notify_all();
  }

  const PythonApi& api;
  std::function<void()> call_soon;  // with the GIL
  Failed failed;
  std::thread thread;
  std::mutex mutex;
  std::condition_variable changed;
  bool requested = false;
  bool closing = false;
  bool ended = false;
  bool parked = false;  // as it ended: it can't be joined
};

Waker::Waker(const PythonApi& api, std::function<void()> call_soon, Failed failed)
    : api_(api), state_(std::make_shared<State>(api)) {
  state_->call_soon = std::move(call_soon);
  state_->failed = std::move(failed);
}

Waker::~Waker() = default;

void Waker::open() {
  state_->thread = std::thread([state = state_] { run(state); });
}

void Waker::wake() noexcept {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->requested || state_->closing) return;
    state_->requested = true;
  }
  state_->changed.notify_all();
}

// Nothing here may be noexcept, or go on from what it does not know: where Python ends meanwhile, it ends a
// thread that asks for the GIL by unwinding it
// (https://docs.python.org/3.13/c-api/init.html#c.PyEval_RestoreThread).
void Waker::run(const std::shared_ptr<State>& state) {
  struct TellEnd {
    State& of;
    ~TellEnd() { of.tell_end(false); }
  } const tell_end{*state};

  for (;;) {
    {
      std::unique_lock lock(state->mutex);
      state->changed.wait(lock, [&] { return state->requested || state->closing; });
      if (state->closing) return;
      state->requested = false;
    }
    if (state->api.Py_IsInitialized() == 0) return;
    const Gil gil(state->api);
    try {
      if (!state->is_closing()) state->call_soon();
    } catch (const std::exception& error) {
      state->failed(error.what());
    } catch (...) {  // unwound in the middle of the call: the GIL is not this thread's to give back any more
      state->tell_end(true);
      park();
    }
    if (state->is_closing()) {
      state->call_soon = nullptr;
      return;
    }
  }
}

// After begin_closing().
bool Waker::join(std::chrono::milliseconds bound) noexcept {
  {
    std::unique_lock lock(state_->mutex);
    if (!state_->thread.joinable()) return !is_left_;
    is_left_ = !state_->changed.wait_for(lock, bound, [&] { return state_->ended; }) || state_->parked;
  }
  if (is_left_) {
    any_left.store(true, std::memory_order_relaxed);
    state_->thread.detach();
    return false;
  }
  state_->thread.join();
  return true;
}

bool Waker::close(std::chrono::milliseconds bound) noexcept {
  bool ended = false;
  state_->begin_closing();  // before its thread may have the GIL
  {
    const WithoutGil thread_may_need_it(api_);
    ended = join(bound);
  }
  if (ended) state_->call_soon = nullptr;
  return ended;
}

void Waker::abandon(std::chrono::milliseconds bound) noexcept {
  state_->begin_closing();
  static_cast<void>(join(bound));
}

bool any_waker_left() noexcept {
  return any_left.load(std::memory_order_relaxed);
}

}  // namespace silex::python
