#include "check_list.hpp"

#include <algorithm>

namespace silex::validate {

const std::vector<Check>& all_checks() {
  constexpr auto error = Severity::error;
  constexpr auto warning = Severity::warning;
  static const std::vector<Check> checks{
      {"file.loadable", "The file is a library for this machine.", error, Needs::file, ""},
      {"file.permissions", "Nobody else can change the file, or put another one in its place.", error,
       Needs::file, "file.loadable"},
      {"library.exports", "It exports its entry and nothing else.", error, Needs::file, "file.loadable"},
      {"library.links", "It needs no library but the system's.", error, Needs::file, "file.loadable"},
      {"library.load", "The system loads it, and its static initialisers come to their end.", error,
       Needs::plugin, "file.loadable"},
      {"entry.symbol", "It has an entry, 'silex_plugin'.", error, Needs::plugin, "library.load"},
      {"entry.version", "It was built for this major of the ABI.", error, Needs::plugin, "entry.symbol"},
      {"entry.size", "The entry has the size and the alignment of its struct.", error, Needs::plugin,
       "entry.version"},
      {"entry.members", "The entry has all that it must have.", error, Needs::plugin, "entry.size"},
      {"plugin.init", "init() succeeds, and deinit() ends it.", error, Needs::plugin, "entry.members"},
      {"plugin.two_runtimes", "Two runtimes may have it, and the one that is gone is not called.", error,
       Needs::plugin, "plugin.init"},
      {"abi.exceptions", "No C++ exception leaves its functions.", error, Needs::plugin, "plugin.init"},
      {"factory.adapter", "It has the factory of an adapter.", error, Needs::plugin, "plugin.init"},
      {"factory.unknown_id", "It has no factory for an id that it does not know.", error, Needs::plugin,
       "plugin.init"},
      {"factory.size", "The factory has the size and the alignment of its struct.", error, Needs::plugin,
       "factory.adapter"},
      {"factory.members", "The factory has all that it must have.", error, Needs::plugin, "factory.size"},
      {"factory.static", "The factory and its texts stand in static storage, and stay where they are.", error,
       Needs::plugin, "factory.members"},
      {"factory.file_name", "The file has the name by which the adapter is looked for.", warning,
       Needs::plugin, "factory.members"},
      {"factory.detect", "detect() answers the same twice, and leaves no thread and no library behind.",
       error, Needs::plugin, "factory.members"},
      {"factory.create_refused", "Where its host is not, create() makes nothing and says why.", error,
       Needs::plugin, "factory.members"},
      {"adapter.size", "The adapter has the size and the alignment of its struct.", error, Needs::any_host,
       "factory.members"},
      {"adapter.members", "The adapter has all that it must have.", error, Needs::any_host, "adapter.size"},
      {"adapter.destroy", "It may be destroyed without ever having been attached.", error, Needs::any_host,
       "adapter.members"},
      {"adapter.attach", "attach() succeeds, and detach() ends it.", error, Needs::any_host,
       "adapter.members"},
      {"adapter.mode", "attach() tells the mode that the host is in.", error, Needs::any_host,
       "adapter.attach"},
      {"adapter.attach_drains", "attach() drains nothing itself.", error, Needs::any_host, "adapter.attach"},
      {"adapter.attach_refused", "Where the host refuses, attach() says why and leaves nothing behind.",
       error, Needs::any_host, "adapter.attach"},
      {"adapter.batch", "In a batch host nothing is drained but by who pumps.", error, Needs::any_host,
       "adapter.mode"},
      {"adapter.wake", "wake() from any thread is followed by a drain.", error, Needs::host,
       "adapter.attach"},
      {"adapter.drain_thread", "Each drain comes on the main thread.", error, Needs::host, "adapter.attach"},
      {"adapter.idle", "The host is left alone while nobody wakes it.", error, Needs::host, "adapter.attach"},
      {"adapter.wake_once", "One wake() is followed by one drain.", error, Needs::host, "adapter.wake"},
      {"adapter.wake_inline", "wake() on the main thread does not drain by itself.", error, Needs::host,
       "adapter.wake"},
      {"adapter.wake_blocks", "wake() returns while the main thread is held.", error, Needs::host,
       "adapter.wake"},
      {"adapter.slow_host", "A host that is held for a while drains when it is free again.", error,
       Needs::host, "adapter.wake"},
      {"adapter.wake_many", "Many a wake() before the drain are no fault, and bring no more drains.", error,
       Needs::host, "adapter.wake"},
      {"adapter.wake_in_drain", "wake() while a drain runs is followed by another one.", error, Needs::host,
       "adapter.wake"},
      {"adapter.nested_loop", "A loop of the host inside a drain drains, too.", error, Needs::host,
       "adapter.wake"},
      {"adapter.drain_report", "What a drain is given to report into has its size set.", error, Needs::host,
       "adapter.wake"},
      {"adapter.two_adapters", "Two adapters wake and drain each for itself.", error, Needs::host,
       "adapter.wake"},
      {"adapter.attach_again", "It may be attached again after it was detached.", error, Needs::host,
       "adapter.wake"},
      {"adapter.wake_after_detach", "After detach(), what was still asked for comes, and no more.", error,
       Needs::host, "adapter.wake"},
      {"adapter.pump_references", "Every reference of the pump is given back, and none twice.", error,
       Needs::host, "adapter.wake"},
      {"adapter.detach_in_drain", "It may be detached from inside a drain.", error, Needs::host,
       "adapter.wake"},
      {"plugin.deinit", "Where the host holds nothing of it, deinit() lets its code go.", error, Needs::host,
       "adapter.wake"},
      {"plugin.threads", "No thread of it is left after deinit().", error, Needs::host, "adapter.wake"},
      {"plugin.unload", "No code of it is called after deinit() has let it go.", error, Needs::host,
       "adapter.wake"},
      {"adapter.quit", "The end of the host is told to the pump, on the main thread.", error, Needs::any_host,
       "adapter.attach"},
  };
  return checks;
}

const Check* find_check(std::string_view id) {
  const auto& checks = all_checks();
  const auto found =
      std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

}  // namespace silex::validate
