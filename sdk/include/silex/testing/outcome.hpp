// Outcome: how a task or a call ended, as a value that tests compare; and the matchers for it. Needs
// GoogleMock.
//
//   EXPECT_THAT(harness.finish(task), Completed(42));
//   EXPECT_THAT(harness.finish(task), Failed(HasSubstr("no such layer")));
#pragma once

#include <silex/abi.h>
#include <silex/error.hpp>
#include <silex/task_handle.hpp>

#include <exception>
#include <optional>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include <gmock/gmock.h>

namespace silex::testkit {

// Without a value.
struct Ending {
  silex_outcome kind = SILEX_OUTCOME_VALUE;  // how it ended
  silex_status code = SILEX_OK;              // the error's
  std::string message{};                     // the error's
  std::string detail{};                      // the error's
};

// `value` is there where `kind` is SILEX_OUTCOME_VALUE.
template <typename T = void>
struct Outcome : Ending {
  std::optional<T> value{};  // see above
};
// Of what gives no value.
template <>
struct Outcome<void> : Ending {};

// As it is shown: "was cancelled".
inline const char* name_of(silex_outcome kind) {
  switch (kind) {
    case SILEX_OUTCOME_VALUE:
      return "completed";
    case SILEX_OUTCOME_EXCEPTION:
      return "failed";
    case SILEX_OUTCOME_CANCELLED:
      return "was cancelled";
    case SILEX_OUTCOME_TIMED_OUT:
      return "timed out";
    case SILEX_OUTCOME_HOST_GONE:
      return "ended because the host is gone";
  }
  return "ended in an unknown way";
}

// As GoogleTest shows it: "failed: 'no such layer' (SILEX_ERROR_EXCEPTION)".
template <typename T>
void PrintTo(const Outcome<T>& outcome, std::ostream* out) {
  *out << name_of(outcome.kind);
  if constexpr (!std::is_void_v<T>) {
    if (outcome.value) *out << " with " << ::testing::PrintToString(*outcome.value);
  }
  if (outcome.kind == SILEX_OUTCOME_VALUE) return;
  *out << ": '" << outcome.message << "' (" << silex_status_name(outcome.code) << ")";
  if (!outcome.detail.empty()) *out << "\n" << outcome.detail;
}

// How what is thrown is told. Inside a catch.
inline Ending current_ending() {
  const auto told = [](silex_outcome kind, const Error& error) {
    return Ending{kind, error.code(), error.what(), error.detail()};
  };
  try {
    throw;
  } catch (const silex::Cancelled& error) {
    return told(SILEX_OUTCOME_CANCELLED, error);
  } catch (const silex::TimedOut& error) {
    return told(SILEX_OUTCOME_TIMED_OUT, error);
  } catch (const silex::HostGone& error) {
    return told(SILEX_OUTCOME_HOST_GONE, error);
  } catch (const Error& error) {
    return told(SILEX_OUTCOME_EXCEPTION, error);
  } catch (const std::exception& error) {
    return {SILEX_OUTCOME_EXCEPTION, SILEX_ERROR_EXCEPTION, error.what(), {}};
  } catch (...) {
    return {SILEX_OUTCOME_EXCEPTION, SILEX_ERROR_EXCEPTION, "something that is no std::exception", {}};
  }
}

// What a function comes to.
template <typename Function>
auto outcome_of(Function&& function) -> Outcome<std::remove_cvref_t<std::invoke_result_t<Function>>> {
  using Result = std::remove_cvref_t<std::invoke_result_t<Function>>;
  Outcome<Result> outcome;
  try {
    if constexpr (std::is_void_v<Result>) {
      function();
    } else {
      outcome.value = function();
    }
  } catch (...) {
    static_cast<Ending&>(outcome) = current_ending();
  }
  return outcome;
}
// What a task came to, once; waits for its end, as get() does.
template <typename T>
Outcome<T> outcome_of(TaskHandle<T> task) {
  return outcome_of([&]() -> T { return task.get(); });
}

namespace detail {

// A value that matches.
template <typename Inner>
class CompletedWith {
 public:
  explicit CompletedWith(Inner inner) : inner_(std::move(inner)) {}

  template <typename O>
  operator ::testing::Matcher<O>() const {  // NOLINT(google-explicit-constructor): as GoogleMock's are
    return ::testing::Matcher<O>(new Impl<O>(inner_));
  }

 private:
  template <typename O>
  class Impl : public ::testing::MatcherInterface<O> {
    using Value = typename decltype(std::remove_cvref_t<O>::value)::value_type;

   public:
    explicit Impl(const Inner& inner) : inner_(::testing::SafeMatcherCast<const Value&>(inner)) {}
    bool MatchAndExplain(O outcome, ::testing::MatchResultListener* listener) const override {
      if (outcome.kind == SILEX_OUTCOME_VALUE) return inner_.MatchAndExplain(*outcome.value, listener);
      *listener << "which " << name_of(outcome.kind);
      return false;
    }
    void DescribeTo(std::ostream* out) const override {
      *out << "completed, with a value that ";
      inner_.DescribeTo(out);
    }
    void DescribeNegationTo(std::ostream* out) const override {
      *out << "did not complete, or with a value that ";
      inner_.DescribeNegationTo(out);
    }

   private:
    const ::testing::Matcher<const Value&> inner_;
  };

  const Inner inner_;
};

// An end of that kind, and with it an error whose sentence matches.
class Ended {
 public:
  using is_gtest_matcher = void;
  Ended(silex_outcome kind, ::testing::Matcher<const std::string&> message)
      : kind_(kind), message_(std::move(message)) {}

  bool MatchAndExplain(const Ending& outcome, ::testing::MatchResultListener* listener) const {
    if (outcome.kind == kind_) return message_.MatchAndExplain(outcome.message, listener);
    *listener << "which " << name_of(outcome.kind);
    return false;
  }
  void DescribeTo(std::ostream* out) const {
    *out << name_of(kind_);
    const std::string message = ::testing::DescribeMatcher<const std::string&>(message_);
    if (message != "is anything") *out << ", with a message that " << message;
  }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "did not end so: ";
    DescribeTo(out);
  }

 private:
  silex_outcome kind_;
  ::testing::Matcher<const std::string&> message_;
};

}  // namespace detail

// Of any value, or of none.
inline detail::Ended Completed() {
  return {SILEX_OUTCOME_VALUE, ::testing::_};
}
// Of a value that matches; a plain value is one that is equal.
template <typename Inner>
detail::CompletedWith<Inner> Completed(Inner value) {
  return detail::CompletedWith<Inner>(std::move(value));
}
// It threw, or failed in C; `message` is matched against the sentence.
inline detail::Ended Failed(const ::testing::Matcher<const std::string&>& message = ::testing::_) {
  return {SILEX_OUTCOME_EXCEPTION, message};
}
// It was cancelled.
inline detail::Ended Cancelled(const ::testing::Matcher<const std::string&>& message = ::testing::_) {
  return {SILEX_OUTCOME_CANCELLED, message};
}
// Its timeout passed.
inline detail::Ended TimedOut(const ::testing::Matcher<const std::string&>& message = ::testing::_) {
  return {SILEX_OUTCOME_TIMED_OUT, message};
}
// The host quit, or the runtime stopped.
inline detail::Ended HostGone(const ::testing::Matcher<const std::string&>& message = ::testing::_) {
  return {SILEX_OUTCOME_HOST_GONE, message};
}

}  // namespace silex::testkit
