#include "commands/copy_move.hpp"

#include "commands/parameters.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

std::vector<Placement> into_folder(const CommandContext& context) {
  const fs::path folder = path_in(context, "dst");
  std::vector<Placement> placements;
  for (const fs::path& source : paths_in(context, "src")) {
    placements.push_back({source, folder / source.filename()});
  }
  return placements;
}

// A destination folder for each source.
json output_of(const std::vector<Placement>& placements) {
  json output = json::object();
  output["source_paths"] = json::array();
  output["destination_dirs"] = json::array();
  for (const Placement& placement : placements) {
    output["source_paths"].push_back(placement.source.string());
    output["destination_dirs"].push_back(placement.destination.parent_path().string());
  }
  return output;
}

}  // namespace

task<json> Copy::execute(CommandContext& context) {
  std::vector<Placement> placements = into_folder(context);
  co_await place(context, placements, Way::copy);
  co_return output_of(placements);
}

task<json> Move::execute(CommandContext& context) {
  std::vector<Placement> placements = into_folder(context);
  co_await place(context, placements, Way::move);
  co_return output_of(placements);
}

task<json> Rename::execute(CommandContext& context) {
  const std::string name = text_in(context, "name");
  const std::string fault = fault_of_name(name);
  if (!fault.empty()) {
    throw wrong_parameter("the parameter 'name' can't be used, since " + fault + ": give it a file's name");
  }
  const std::vector<fs::path> sources = paths_in(context, "src");
  std::vector<Placement> placements;
  co_await context.worker([&] {
    for (const fs::path& source : sources) {
      placements.push_back({source, source.parent_path() / with_extension_of(source, name)});
    }
  });
  co_await place(context, placements, Way::move);
  json output = json::object();
  output["source_paths"] = json::array();
  output["new_paths"] = json::array();
  for (const Placement& placement : placements) {
    output["source_paths"].push_back(placement.source.string());
    output["new_paths"].push_back((placement.is_kept ? placement.source : placement.destination).string());
  }
  co_return output;
}

}  // namespace silex::commands
