#include "commands/remove.hpp"

#include "commands/file_error.hpp"
#include "commands/parameters.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

// Calls act(path) for each, with progress, until it is asked to stop.
template <typename Act>
void for_each(const CommandContext& context, const StopToken& stop, const std::vector<fs::path>& paths,
              const Act& act) {
  for (std::size_t index = 0; index < paths.size(); ++index) {
    if (stop.stop_requested()) throw Cancelled();
    act(paths[index]);
    context.progress(100.0 * static_cast<double>(index + 1) / static_cast<double>(paths.size()));
  }
}

}  // namespace

task<json> Remove::execute(CommandContext& context) {
  const std::vector<fs::path> paths = paths_in(context, "file_path");
  co_await context.worker([&](StopToken stop) {
    for (const fs::path& path : paths) {
      if (!is_there(path)) throw file_error(quoted(path) + " does not exist: check its path");
    }
    for_each(context, stop, paths, [&](const fs::path& path) {
      if (is_there(path)) journal(context).remove(path);  // else it has gone with its folder
    });
  });
  co_return json();
}

task<json> MakeDirectories::execute(CommandContext& context) {
  const std::vector<fs::path> paths = paths_in(context, "path");
  co_await context.worker([&](StopToken stop) {
    for_each(context, stop, paths, [&](const fs::path& path) { journal(context).make_folders(path); });
  });
  json output = json::object();
  output["paths"] = json::array();
  for (const fs::path& path : paths) output["paths"].push_back(path.string());
  co_return output;
}

}  // namespace silex::commands
