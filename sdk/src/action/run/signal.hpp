// What a coroutine on the loop waits for, and what it does when it is cancelled meanwhile. [loop-thread]
#pragma once

#include <silex/work.hpp>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace silex::action {

// One coroutine waits for it at a time.
class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void set() {
    is_set_ = true;
    if (const auto awaiting = std::exchange(awaiting_, nullptr)) awaiting.resume();
  }
  void reset() noexcept { is_set_ = false; }

  // Waits until it is set, whether or not the waiting task is cancelled: then on_cancel() is called, which
  // sees to it that it is set soon. Gives whether it was cancelled.
  template <typename OnCancel>
  auto wait(OnCancel&& on_cancel) {
    static_assert(detail::kSurvivesAwait<OnCancel>, "this g++ miscompiles it: name the function first");
    return Awaiter<std::decay_t<OnCancel>>(*this, std::forward<OnCancel>(on_cancel));
  }

 private:
  template <typename OnCancel>
  class Awaiter : detail::Pending {
   public:
    Awaiter(Signal& signal, OnCancel on_cancel) : signal_(signal), on_cancel_(std::move(on_cancel)) {}
    bool await_ready() const noexcept { return signal_.is_set_; }
    template <typename Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      scope_ = awaiting.promise().scope;
      if (scope_->stop_requested()) {
        is_cancelled_ = true;
        on_cancel_();
        if (signal_.is_set_) return false;
      } else {
        cancel = [](Pending& self) noexcept {
          auto& awaiter = static_cast<Awaiter&>(self);
          awaiter.is_cancelled_ = true;
          awaiter.on_cancel_();  // which may end `self`
        };
        scope_->add(*this);
      }
      signal_.awaiting_ = awaiting;
      return true;
    }
    bool await_resume() noexcept {
      if (scope_) scope_->remove(*this);
      return is_cancelled_;
    }

   private:
    Signal& signal_;
    OnCancel on_cancel_;
    detail::TaskScope* scope_ = nullptr;
    bool is_cancelled_ = false;
  };

  bool is_set_ = false;
  std::coroutine_handle<> awaiting_;
};

}  // namespace silex::action
