#include "lane.hpp"

#include "hooks.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace silex::python {

namespace {

void call_back(Call* call) {
  const Ref kept(as_object(call));  // owned: it came with the queue
  const Ref callbacks(std::exchange(call->parts->callbacks, nullptr));
  if (!callbacks) return;
  const Py_ssize_t count = PyList_Size(callbacks.get());
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const pair = PyList_GetItem(callbacks.get(), i);
    const Ref done(call_on(PyTuple_GetItem(pair, 0), PyTuple_GetItem(pair, 1)));
    if (!done) report_error("a callback of a call raised");
  }
}

}  // namespace

void LaneQueue::push_ended(Call* call) noexcept {
  push({call, nullptr, nullptr});
}

void LaneQueue::push_task(Task task, void* data) noexcept {
  push({nullptr, task, data});
}

void LaneQueue::push(const Item& item) noexcept {
  const std::lock_guard lock(mutex_);
  items_.push_back(item);
  if (signalled_ || write_end_ < 0) return;
  signalled_ = true;
  const char byte = 0;
  while (::write(write_end_, &byte, 1) < 0 && errno == EINTR) {
  }
}

void LaneQueue::push_dropped(PyObject* object) noexcept {
  const std::lock_guard lock(mutex_);
  dropped_.push_back(object);
  has_dropped_.store(true, std::memory_order_release);
}

int LaneQueue::open() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  const std::lock_guard lock(mutex_);
  read_end_ = ends[0];
  write_end_ = ends[1];
  signalled_ = !items_.empty();
  const char byte = 0;
  if (signalled_ && ::write(write_end_, &byte, 1) < 0) signalled_ = false;
  open_.store(true, std::memory_order_relaxed);
  return read_end_;
}

void LaneQueue::close(int read_end) {
  const std::lock_guard lock(mutex_);
  if (read_end < 0 || read_end != read_end_) return;
  open_.store(false, std::memory_order_relaxed);
  ::close(read_end_);
  ::close(write_end_);
  read_end_ = -1;
  write_end_ = -1;
  signalled_ = false;
}

void LaneQueue::drain() {
  std::vector<Item> items;
  {
    const std::lock_guard lock(mutex_);
    std::array<char, 64> bytes{};
    if (signalled_ && read_end_ >= 0) {
      while (::read(read_end_, bytes.data(), bytes.size()) < 0 && errno == EINTR) {
      }
    }
    signalled_ = false;
    items.swap(items_);
  }
  for (const Item& item : items) {
    if (item.ended) {
      call_back(item.ended);
    } else {
      item.task(item.data);
    }
  }
  sweep();
}

void LaneQueue::sweep() {
  if (!has_dropped_.load(std::memory_order_acquire)) return;
  std::vector<PyObject*> dropped;
  {
    const std::lock_guard lock(mutex_);
    dropped.swap(dropped_);
    has_dropped_.store(false, std::memory_order_relaxed);
  }
  for (PyObject* const object : dropped) drop(object);
}

}  // namespace silex::python
