#include "check_list.hpp"

#include <algorithm>

namespace silex::validate {

const std::vector<Check>& all_checks() {
  constexpr auto error = Severity::error;
  constexpr auto warning = Severity::warning;
  // clang-format off
  static const std::vector<Check> checks{
      {"file.loadable", error, Needs::file, {},
       "The file is a library for this machine."},
      {"file.permissions", error, Needs::file, {"file.loadable"},
       "Nobody else can change the file, or put another one in its place."},
      {"library.exports", error, Needs::file, {"file.loadable"},
       "It exports its entry and nothing else."},
      {"library.links", error, Needs::file, {"file.loadable"},
       "It needs no library but the system's."},
      {"library.load", error, Needs::plugin, {"file.permissions"},
       "The system loads it, and its static initialisers come to their end."},
      {"entry.symbol", error, Needs::plugin, {"library.load"},
       "It has an entry, 'silex_plugin'."},
      {"entry.version", error, Needs::plugin, {"entry.symbol"},
       "It was built for this major of the ABI."},
      {"entry.size", error, Needs::plugin, {"entry.version"},
       "The entry has the size and the alignment of its struct."},
      {"entry.members", error, Needs::plugin, {"entry.size"},
       "The entry has all that it must have."},
      {"plugin.init", error, Needs::plugin, {"entry.members"},
       "init() succeeds, and deinit() ends it."},
      {"plugin.two_runtimes", error, Needs::plugin, {"plugin.init"},
       "Two runtimes may have it, and the one that is gone is not called."},
      {"abi.exceptions", error, Needs::plugin, {"plugin.init"},
       "No C++ exception leaves its functions."},
      {"factory.adapter", error, Needs::plugin, {"plugin.init"},
       "It has the factory of an adapter."},
      {"factory.unknown_id", error, Needs::plugin, {"plugin.init"},
       "It has no factory for an id that it does not know."},
      {"factory.size", error, Needs::plugin, {"factory.adapter"},
       "The factory has the size and the alignment of its struct."},
      {"factory.members", error, Needs::plugin, {"factory.size"},
       "The factory has all that it must have."},
      {"factory.static", error, Needs::plugin, {"factory.members"},
       "The factory and its texts stand in static storage, and stay where they are."},
      {"factory.file_name", warning, Needs::plugin, {"factory.members"},
       "The file has the name by which the adapter is looked for."},
      {"factory.detect", error, Needs::plugin, {"factory.members"},
       "detect() answers the same twice, and leaves no thread and no library behind."},
      {"factory.create_refused", error, Needs::plugin, {"factory.members"},
       "Where its host is not, create() makes nothing and says why."},
      {"adapter.size", error, Needs::any_host, {"factory.members"},
       "The adapter has the size and the alignment of its struct."},
      {"adapter.members", error, Needs::any_host, {"adapter.size"},
       "The adapter has all that it must have."},
      {"adapter.destroy", error, Needs::any_host, {"adapter.members"},
       "It may be destroyed without ever having been attached."},
      {"adapter.attach", error, Needs::any_host, {"adapter.members"},
       "attach() succeeds, and detach() ends it."},
      {"adapter.mode", error, Needs::any_host, {"adapter.attach"},
       "attach() tells the mode that the host is in."},
      {"adapter.attach_drains", error, Needs::any_host, {"adapter.attach"},
       "attach() drains nothing itself."},
      {"adapter.attach_refused", error, Needs::any_host, {"adapter.attach"},
       "Where the host refuses, attach() says why and leaves nothing behind."},
      {"adapter.batch", error, Needs::any_host, {"adapter.mode"},
       "In a batch host nothing is drained but by who pumps."},
      {"adapter.wake", error, Needs::host, {"adapter.attach"},
       "wake() from any thread is followed by a drain."},
      {"adapter.drain_thread", error, Needs::host, {"adapter.wake"},
       "Each drain comes on the main thread."},
      {"adapter.idle", error, Needs::host, {"adapter.wake"},
       "The host is left alone while nobody wakes it."},
      {"adapter.wake_once", error, Needs::host, {"adapter.idle"},
       "One wake() is followed by one drain."},
      {"adapter.wake_inline", error, Needs::host, {"adapter.wake"},
       "wake() on the main thread does not drain by itself."},
      {"adapter.wake_blocks", error, Needs::host, {"adapter.wake"},
       "wake() returns while the main thread is held."},
      {"adapter.slow_host", error, Needs::host, {"adapter.wake"},
       "A host that is held for a while drains when it is free again."},
      {"adapter.wake_many", error, Needs::host, {"adapter.wake_once", "adapter.wake_blocks"},
       "Many a wake() before the drain are no fault, and bring no more drains."},
      {"adapter.wake_in_drain", error, Needs::host, {"adapter.drain_thread", "adapter.wake_blocks"},
       "wake() while a drain runs is followed by another one."},
      {"adapter.nested_loop", error, Needs::host, {"adapter.wake_in_drain"},
       "A loop of the host inside a drain drains, too."},
      {"adapter.drain_report", error, Needs::host, {"adapter.wake"},
       "What a drain is given to report into has its size set."},
      {"adapter.two_adapters", error, Needs::host, {"adapter.wake"},
       "Two adapters wake and drain each for itself."},
      {"adapter.attach_again", error, Needs::host, {"adapter.wake"},
       "It may be attached again after it was detached."},
      {"adapter.wake_after_detach", error, Needs::host, {"adapter.wake_once"},
       "After detach(), what was still asked for comes, and no more."},
      {"adapter.pump_references", error, Needs::host, {"adapter.wake"},
       "Every reference of the pump is given back, and none twice."},
      {"adapter.detach_in_drain", error, Needs::host, {"adapter.drain_thread"},
       "It may be detached from inside a drain."},
      {"plugin.deinit", error, Needs::host, {"adapter.wake"},
       "Where the host holds nothing of it, deinit() lets its code go."},
      {"plugin.threads", error, Needs::host, {"adapter.wake"},
       "No thread of it is left after deinit()."},
      {"plugin.unload", error, Needs::host, {"adapter.wake"},
       "No code of it is called after deinit() has let it go."},
      {"adapter.quit", error, Needs::host, {"adapter.attach"},
       "The end of the host is told to the pump, on the main thread."},
  };
  // clang-format on
  return checks;
}

const Check* find_check(std::string_view id) {
  const auto& checks = all_checks();
  const auto found =
      std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

}  // namespace silex::validate
