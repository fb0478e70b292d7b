// What waits for the Python lane: ended calls whose callbacks are to be called, and references that were
// given up without the GIL. Everything but drain() needs no GIL, and may be called from any thread.
#pragma once

#include "call.hpp"

#include <mutex>
#include <vector>

namespace silex::python {

class LaneQueue {
 public:
  LaneQueue() = default;
  LaneQueue(const LaneQueue&) = delete;
  LaneQueue& operator=(const LaneQueue&) = delete;

  // Owns the reference that comes with the call.
  void push_ended(Call* call) noexcept;
  // Owns the reference. It wakes nobody: it goes at the next occasion.
  void push_dropped(PyObject* object) noexcept;
  // Something that only Python can do: function(argument), with a reference to both. Wakes the lane.
  using Task = void (*)(void* data);
  void push_task(Task task, void* data) noexcept;

  // From now on the file descriptor turns readable when there is something to do; -1 with an error set.
  int open();
  // Of that descriptor: a lane that was left behind may end after another one was opened.
  void close(int read_end);
  [[nodiscard]] bool is_open() const noexcept { return open_.load(std::memory_order_relaxed); }

  // Calls what waits for being called, and lets go of the rest. With the GIL.
  void drain();
  // Lets go of what was dropped. With the GIL.
  void sweep();

 private:
  struct Item {
    Call* ended;
    Task task;
    void* data;
  };
  void push(const Item& item) noexcept;

  std::mutex mutex_;
  std::vector<Item> items_;
  std::vector<PyObject*> dropped_;
  bool signalled_ = false;
  std::atomic<bool> open_{false};
  std::atomic<bool> has_dropped_{false};
  int read_end_ = -1;
  int write_end_ = -1;
};

}  // namespace silex::python
