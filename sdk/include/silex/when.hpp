// when_all and when_any: several tasks at once, within the task that awaits them. Whichever way that ends,
// all of them have ended when it goes on: those that are not needed any more are cancelled and waited for.
#pragma once

#include <silex/error.hpp>
#include <silex/task.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace silex {

namespace detail {

// Stands in for void where a value is needed.
template <typename T>
using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <typename T>
Stored<T> take_stored(Promise<T>& promise) {
  if constexpr (std::is_void_v<T>) {
    promise.take();
    return {};
  } else {
    return promise.take();
  }
}

// Children that run side by side, in a scope of their own that is stopped with the parent's. Lives in the
// parent's coroutine; all on the loop.
class Group : Pending {
 public:
  enum class Until { all_ended, first_ended };

  explicit Group(Until until) noexcept : until_(until) {
    cancel = [](Pending& self) noexcept { static_cast<Group&>(self).scope_->request_stop(); };
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  // Starts all; whether the parent has to be suspended then.
  template <typename ParentPromise, typename StartAll>
  bool run(std::coroutine_handle<ParentPromise> parent, StartAll&& start_all) {
    outer_ = parent.promise().scope;
    scope_.emplace(outer_->api, outer_->runtime, outer_->id);
    if (outer_->stop_requested()) {
      scope_->request_stop();
    } else {
      outer_->add(*this);
    }
    parent_ = parent;
    start_all();
    all_started_ = true;
    return running_ != 0;
  }

  // One that would be superfluous already is not started: it counts as cancelled.
  template <typename T>
  void start(const task<T>& child) {
    if (scope_->stop_requested()) {
      cut_short_ = true;
      return;
    }
    ++running_;
    const auto coroutine = child.coroutine();
    if (PromiseBase::start(coroutine, *scope_, &Group::child_finished, this)) ended(coroutine.promise());
  }

  // After all have ended: throws what the first child to fail threw, or Cancelled where some never started.
  void check_all() {
    outer_->remove(*this);
    if (failed_) std::rethrow_exception(failed_->failure);
    if (cut_short_) throw Cancelled();
  }
  // The child that ended first; throws what it threw.
  PromiseBase& first() {
    outer_->remove(*this);
    if (!first_) throw Cancelled();
    if (first_->failure) std::rethrow_exception(first_->failure);
    return *first_;
  }

 private:
  static std::coroutine_handle<> child_finished(PromiseBase& child) noexcept {
    auto& group = *static_cast<Group*>(child.owner);
    group.ended(child);
    return group.running_ == 0 && group.all_started_ ? group.parent_ : std::noop_coroutine();
  }

  void ended(PromiseBase& child) noexcept {
    --running_;
    if (!first_) first_ = &child;
    if (child.failure && !failed_) failed_ = &child;
    if (until_ == Until::first_ended || child.failure) scope_->request_stop();
  }

  const Until until_;
  TaskScope* outer_ = nullptr;
  std::optional<TaskScope> scope_;
  std::coroutine_handle<> parent_;
  std::size_t running_ = 0;
  bool all_started_ = false;
  bool cut_short_ = false;
  PromiseBase* first_ = nullptr;
  PromiseBase* failed_ = nullptr;
};

// Any number of children of one type.
template <typename T>
struct Siblings {
  bool await_ready() noexcept { return false; }
  template <typename ParentPromise>
  bool await_suspend(std::coroutine_handle<ParentPromise> parent) {
    return group.run(parent, [this] {
      for (const auto& child : children) group.start(child);
    });
  }
  std::vector<task<T>> children;
  Group group;
};

template <typename T>
struct WhenAllOf : Siblings<T> {
  explicit WhenAllOf(std::vector<task<T>> tasks)
      : Siblings<T>{std::move(tasks), Group(Group::Until::all_ended)} {}
  auto await_resume() {
    this->group.check_all();
    if constexpr (!std::is_void_v<T>) {
      std::vector<T> results;
      results.reserve(this->children.size());
      for (const auto& child : this->children) results.push_back(child.coroutine().promise().take());
      return results;
    }
  }
};

template <typename... Ts>
struct WhenAll {
  bool await_ready() noexcept { return false; }
  template <typename ParentPromise>
  bool await_suspend(std::coroutine_handle<ParentPromise> parent) {
    return group.run(parent, [this] {
      std::apply([this](const auto&... child) { (group.start(child), ...); }, children);
    });
  }
  std::tuple<Stored<Ts>...> await_resume() {
    group.check_all();
    return std::apply(
        [](const auto&... child) {
          return std::tuple<Stored<Ts>...>{take_stored(child.coroutine().promise())...};
        },
        children);
  }
  std::tuple<task<Ts>...> children;
  Group group{Group::Until::all_ended};
};

template <typename T>
struct WhenAnyOf : Siblings<T> {
  explicit WhenAnyOf(std::vector<task<T>> tasks)
      : Siblings<T>{std::move(tasks), Group(Group::Until::first_ended)} {}
  std::pair<std::size_t, Stored<T>> await_resume() {
    const PromiseBase* const first = &this->group.first();
    for (std::size_t i = 0;; ++i) {
      auto& promise = this->children[i].coroutine().promise();
      if (&promise == first) return {i, take_stored(promise)};
    }
  }
};

}  // namespace detail

// `auto [mesh, rig] = co_await when_all(load_mesh(ctx), load_rig(ctx));`: a tuple, with std::monostate for
// void. The first exception cancels the others and is thrown when they have ended.
template <typename... Ts>
[[nodiscard]] detail::WhenAll<Ts...> when_all(task<Ts>... children) {
  return {{std::move(children)...}};
}

// The same for any number: a vector in the order of `children`, or nothing for void.
template <typename T>
[[nodiscard]] detail::WhenAllOf<T> when_all(std::vector<task<T>> children) {
  return detail::WhenAllOf<T>(std::move(children));
}

// `auto [index, value] = co_await when_any(std::move(tasks));`: the first to end, by value or by exception;
// the others are cancelled and waited for. Of no tasks at all: Cancelled.
template <typename T>
[[nodiscard]] detail::WhenAnyOf<T> when_any(std::vector<task<T>> children) {
  return detail::WhenAnyOf<T>(std::move(children));
}
// The same for tasks that are named one by one.
template <typename T, typename... Ts>
requires(std::is_same_v<T, Ts>&&...)
    [[nodiscard]] detail::WhenAnyOf<T> when_any(task<T> first, task<Ts>... others) {
  std::vector<task<T>> children;
  children.reserve(1 + sizeof...(others));
  children.push_back(std::move(first));
  (children.push_back(std::move(others)), ...);
  return when_any(std::move(children));
}

}  // namespace silex
