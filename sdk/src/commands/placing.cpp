#include "commands/placing.hpp"

#include "commands/file_error.hpp"
#include "commands/parameters.hpp"

#include <map>
#include <string>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

Links links_for(Way way) {
  return way == Way::copy ? Links::follow : Links::keep;
}

// Before anything is done.
void prepare(std::vector<Placement>& placements, Way way, const Watch& watch) {
  std::map<fs::path, fs::path> sources;  // by destination
  for (Placement& placement : placements) {
    if (!is_there(placement.source)) {
      throw file_error(quoted(placement.source) + " does not exist: check its path");
    }
    std::error_code error;
    if (way == Way::copy && !fs::exists(placement.source, error)) {
      throw file_error(quoted(placement.source) +
                       " is a link to something that does not exist: leave it out");
    }
    const auto [other, is_new] = sources.emplace(placement.destination, placement.source);
    if (!is_new) {
      throw file_error(quoted(other->second) + " and " + quoted(placement.source) + " would both become " +
                       quoted(placement.destination) + ": give each a name of its own");
    }
    check_places(placement.source, placement.destination);
  }
  for (Placement& placement : placements) {
    placement.weight = bytes_in(placement.source, links_for(way), watch) + 1;  // empty files count too
  }
}

std::uintmax_t weight_of(const std::vector<Placement>& placements, std::size_t count) {
  std::uintmax_t sum = 0;
  for (std::size_t index = 0; index < count; ++index) sum += placements[index].weight;
  return sum;
}

void report(const CommandContext& context, std::uintmax_t done, std::uintmax_t total) {
  context.progress(100.0 * static_cast<double>(done) / static_cast<double>(total));
}

}  // namespace

task<> PlacingCommand::setup(CommandContext& context) {
  show_name_if_asked_for(context, name_parameter_);
  co_return;
}

std::size_t PlacingCommand::place_until_conflict(const CommandContext& context, StopToken stop,
                                                 std::vector<Placement>& placements, std::size_t next,
                                                 Way way) {
  const std::uintmax_t total = weight_of(placements, placements.size());
  std::uintmax_t before = weight_of(placements, next);
  std::uintmax_t copied = 0;
  Watch watch;
  watch.stop_requested = [&] { return stop.stop_requested(); };
  watch.copied = [&](std::uintmax_t bytes) { report(context, before + (copied += bytes), total); };
  for (; next < placements.size(); ++next) {
    Placement& placement = placements[next];
    const Choice choice = choice_for_one_ != Choice::ask ? choice_for_one_ : choice_;
    const bool is_conflict = is_there(placement.destination);
    if (is_conflict && choice == Choice::ask) return next;
    choice_for_one_ = Choice::ask;
    placement.is_kept = is_conflict && choice == Choice::keep;
    if (placement.is_kept) {
      context.log(quoted(placement.destination) + " exists and is kept");
    } else {
      const Existing existing = is_conflict ? Existing::replace : Existing::refuse;
      journal(context).make_folders(placement.destination.parent_path());
      if (way == Way::copy) {
        journal(context).copy(placement.source, placement.destination, existing, watch);
      } else {
        journal(context).move(placement.source, placement.destination, existing, watch);
      }
    }
    before += placement.weight;
    copied = 0;
    report(context, before, total);
  }
  return next;
}

task<> PlacingCommand::resolve(CommandContext& context, Placement& placement) {
  fs::path free;
  co_await context.worker([&] { free = free_neighbour(placement.destination); });
  std::string remark;
  for (;;) {
    const Answer answer = co_await ask_about(context, placement.destination, free, remark, name_parameter_);
    choice_for_one_ = answer.choice;
    if (answer.choice != Choice::ask) break;
    const std::string fault = fault_of_name(answer.new_name);
    if (fault.empty()) {
      std::string name;
      co_await context.worker([&] { name = with_extension_of(placement.source, answer.new_name); });
      placement.destination = placement.destination.parent_path() / name;
      break;
    }
    remark = "Choose another name: " + fault + ". ";
  }
  choice_ = stored_choice(context);
}

task<> PlacingCommand::place(CommandContext& context, std::vector<Placement>& placements, Way way) {
  choice_ = flag_in(context, "force") ? Choice::replace : stored_choice(context);
  choice_for_one_ = Choice::ask;
  co_await context.worker([&](StopToken stop) {
    Watch watch;
    watch.stop_requested = [&] { return stop.stop_requested(); };
    prepare(placements, way, watch);
  });
  for (std::size_t next = 0; next < placements.size();) {
    co_await context.worker(
        [&](StopToken stop) { next = place_until_conflict(context, stop, placements, next, way); });
    if (next < placements.size()) co_await resolve(context, placements[next]);
  }
}

}  // namespace silex::commands
