// Maya's idle queue, scene messages and exit, as far as an adapter can see them.
#pragma once

#include "fake_modules.hpp"
#include "mock_python.hpp"

#include <functional>
#include <vector>

namespace silex::maya {

class FakeMaya {
 public:
  explicit FakeMaya(python::FakePython& python);

  // One idle event: calls what waits, which is then forgotten.
  void go_idle();
  // Sends kMayaExiting, with the client data that each callback takes.
  void send_exiting();
  // Maya forgets all callbacks by itself.
  void drop_callbacks();
  // Python runs `atexit` and ends.
  void end_python();

  [[nodiscard]] std::size_t waiting();         // in the idle queue, of any thread's
  [[nodiscard]] std::size_t lowest_waiting();  // of those, by evalDeferred(lowestPriority=True)
  // Waits until another thread has put so many into the queue, with a bound.
  [[nodiscard]] bool comes_to_wait(std::size_t count);
  [[nodiscard]] std::size_t callbacks() const { return callbacks_.size(); }
  [[nodiscard]] bool has_exit_functions() const { return atexit_.has_functions(); }

  python::Object* commands() { return commands_; }
  python::Object* utils() { return utils_; }
  python::Object* messages() { return messages_; }
  python::FakeThreading& threading() { return threading_; }
  void set_batch() { is_batch_ = true; }

 private:
  struct Waiting {
    python::Object* callable;
    bool is_lowest;
  };
  python::Object* about(const python::Object::Keywords& keywords);
  python::Object* add_callback(const python::Object::Arguments& arguments);
  python::Object* remove_callback(const python::Object* id);
  void enqueue(python::Object* callable, bool is_lowest);
  void call(python::Object* callable, const std::vector<python::Object*>& arguments);

  python::FakePython& python_;
  bool is_batch_ = false;
  std::vector<Waiting> queue_;
  std::vector<std::pair<double, python::Object*>> callbacks_;  // by number
  double last_id_ = 0;
  python::Object* commands_;
  python::Object* utils_;
  python::Object* messages_;
  python::FakeThreading threading_;
  python::FakeAtexit atexit_;
};

}  // namespace silex::maya
