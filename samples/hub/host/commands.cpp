// What the demo's actions do: one thing on a worker, one on the main thread, one that asks, and one that is
// wrong.
#include "scene.hpp"

#include <silex/command.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <dlfcn.h>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t kPlate = std::size_t{1} << 20;  // bytes

// Looked up, not linked: the pack loads in every process, and says so where there is no scene.
const demo_scene& scene() {
  const auto* const found = static_cast<const demo_scene*>(dlsym(RTLD_DEFAULT, "demo_scene_api"));
  if (!found)
    throw silex::Error(SILEX_ERROR_NOT_FOUND, "this process has no scene: run the action in hub_host");
  return *found;
}

// What a command has made in a folder that a user has named, who may have named one of his own: what was
// there before is neither overwritten nor taken back.
class Made {
 public:
  // A folder in `path` that nobody else has: each run has one, so that an action can be launched again. A
  // command that is tried again keeps its own.
  const fs::path& folder_in(const fs::path& path) {
    fs::path& own = own_[path];
    if (own.empty() && fs::create_directories(path)) folders_.push_back(path);
    for (int run = 1; own.empty(); ++run) {
      const fs::path next = path / ("run_" + std::to_string(run));
      if (fs::exists(fs::symlink_status(next)) || !fs::create_directory(next)) continue;
      folders_.push_back(next);
      own = next;
    }
    return own;
  }
  // Before it is written. A command that is tried again goes over its own files.
  void file(const fs::path& path) {
    if (files_.contains(path)) return;
    if (fs::exists(fs::symlink_status(path))) {
      throw silex::Error(SILEX_ERROR_INVALID_ARGUMENT,
                         "'" + path.string() + "' is there already: somebody else has put it there");
    }
    files_.insert(path);
  }
  void take_back() {
    for (const fs::path& file : files_) fs::remove(file);
    files_.clear();
    std::error_code not_empty;  // somebody has put something there since, which stays
    for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) fs::remove(*folder, not_empty);
    folders_.clear();
    own_.clear();
  }

 private:
  std::vector<fs::path> folders_;     // a folder stands before those in it
  std::map<fs::path, fs::path> own_;  // by the folder that a user has named
  std::set<fs::path> files_;
};

struct MakePlates : silex::Command {
  static constexpr const char* declaration = R"({"path": "demo.MakePlates", "parameters": {
    "count": {"type": {"name": "range", "start": 1, "end": 100, "increment": 1}, "tooltip": "of a megabyte each"},
    "folder": {"type": "str"}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    const fs::path folder = context.get<std::string>("folder");
    const int count = context.get<int>("count");
    const auto make = [&] {
      const fs::path& own = made.folder_in(folder);
      for (int i = 1; i <= count; ++i) {
        const fs::path plate = own / ("plate." + std::to_string(1000 + i) + ".exr");
        made.file(plate);
        std::ofstream(plate) << std::string(kPlate, 'x');
        context.progress(100.0 * i / count);
      }
    };
    co_await context.worker(make);
    context.log("made " + std::to_string(count) + " plates");
    co_return silex::json{{"folder", made.folder_in(folder).string()}, {"count", count}};
  }
  silex::task<> undo(silex::CommandContext& context) override {
    co_await context.worker([&] { made.take_back(); });
  }
  Made made;
};

// As slowly as a share may be: a worker may block.
struct CopyPlates : silex::Command {
  static constexpr const char* declaration = R"({"path": "demo.CopyPlates", "parameters": {
    "from": {"type": "str"}, "to": {"type": "str"},
    "megabytes_per_second": {"type": "float", "label": "MB/s"}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    const fs::path to = context.get<std::string>("to");
    const fs::path from = context.get<std::string>("from");
    const auto pause =
        std::chrono::duration<double>(1.0 / std::max(context.get<double>("megabytes_per_second"), 0.1));
    std::vector<fs::path> plates;
    fs::path own;
    const auto prepare = [&] {
      for (const auto& entry : fs::directory_iterator(from)) plates.push_back(entry.path());
      std::sort(plates.begin(), plates.end());
      own = made.folder_in(to);
    };
    co_await context.worker(prepare);
    for (std::size_t i = 0; i < plates.size(); ++i) {  // between two of them it can be cancelled
      const auto copy = [&] {
        const fs::path copied = own / plates[i].filename();
        made.file(copied);
        fs::copy_file(plates[i], copied, fs::copy_options::overwrite_existing);
        std::this_thread::sleep_for(pause);
      };
      co_await context.worker(copy);
      context.progress(100.0 * static_cast<double>(i + 1) / static_cast<double>(plates.size()));
      if ((i + 1) % 8 == 0) context.log("copied " + std::to_string(i + 1) + " plates");
    }
    co_return plates.size();
  }
  silex::task<> undo(silex::CommandContext& context) override {
    co_await context.worker([&] { made.take_back(); });
  }
  Made made;
};

struct BuildScene : silex::Command {
  static constexpr const char* declaration = R"({"path": "demo.BuildScene", "parameters": {
    "count": {"type": {"name": "range", "start": 10, "end": 1000, "increment": 10}}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    const int count = context.get<int>("count");
    for (; built < count; ++built) {
      // An object costs what it costs in a real host: some milliseconds of its main thread.
      const auto name = "object" + std::to_string(built);
      co_await context.main_thread([&] { scene().add_object(name.c_str(), 8); });
      context.progress(100.0 * (built + 1) / count);
      if (built % 40 == 0) context.log("object" + std::to_string(built) + " is in the scene");
      co_await context.sleep(8ms);
    }
    co_return count;
  }
  silex::task<> undo(silex::CommandContext& context) override {
    co_await context.main_thread([&] { scene().remove_objects(built); });
    built = 0;
  }
  int built = 0;
};

struct Review : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "demo.Review", "parameters": {"shot": {"type": "str"}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    const auto shot = context.get<std::string>("shot");
    const silex::json question = {
        {"verdict",
         {{"label", "Is " + shot + " fine?"},
          {"type",
           {{"name", "radio_select"}, {"options", {{"Approved", "approved"}, {"Retake", "retake"}}}}}}},
        {"note", {{"label", "Note"}, {"type", {{"name", "str"}, {"multiline", true}}}, {"value", ""}}},
        {"stars", {{"label", "Stars"}, {"type", "int"}, {"value", 3}}}};
    silex::json answer = co_await context.prompt(question);
    context.log(shot + ": " + answer["verdict"].dump());
    co_return answer;
  }
};

// What must not be done: it holds the loop, and with it every action of this host, though not its connection.
struct BlockLoop : silex::Command {
  static constexpr const char* declaration = R"({"path": "demo.BlockLoop", "parameters": {
    "seconds": {"type": {"name": "range", "start": 1, "end": 30, "increment": 1}}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    const int seconds = context.get<int>("seconds");
    context.log("holding the loop for " + std::to_string(seconds) + " s");
    co_await context.sleep(50ms);  // that users see it begin
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    context.log(SILEX_LOG_WARNING, "this should have been a worker's");
    co_return seconds;
  }
};

}  // namespace

SILEX_COMMAND_PACK(demo, "1.0", MakePlates, CopyPlates, BuildScene, Review, BlockLoop)
