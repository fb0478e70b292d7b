// The test kit for authors of adapters and commands. Needs GoogleTest with GoogleMock, and in CMake
// Silex::testing:
//
//   target_link_libraries(my_test PRIVATE Silex::testing GTest::gmock_main)
//
// - Harness: a real runtime in a host whose main loop the test turns by hand, with a clock that stands still
// - Host: that main loop, for adapters under test
// - MockAdapter: an adapter made of expectations; MockPump: the other end of an adapter
// - Completed(42), Cancelled(), TimedOut(), HostGone(), Failed(HasSubstr("...")): matchers for how work ended
// - explore(): an adapter in a hundred schedules, each of which can be done again by its seed
//
// It is headers and a plugin of 50 lines: what it does with a runtime it does through the C ABI of the
// library that is tested, and the plugin is the door through which that library takes adapters anyway. (The
// namespace is testkit, so that `testing::Test` means GoogleTest's inside namespace silex too.)
#pragma once

#include <silex/testing/choices.hpp>
#include <silex/testing/explore.hpp>
#include <silex/testing/harness.hpp>
#include <silex/testing/host.hpp>
#include <silex/testing/host_adapter.hpp>
#include <silex/testing/mock_adapter.hpp>
#include <silex/testing/mock_pump.hpp>
#include <silex/testing/outcome.hpp>
#include <silex/testing/schedule.hpp>
