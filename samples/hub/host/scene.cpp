#include "scene.hpp"

#include "toy_host.h"

#include <algorithm>
#include <string>
#include <vector>

namespace {

std::vector<std::string> objects;

void add_object(const char* name, std::uint32_t milliseconds) {
  objects.emplace_back(name);
  toy_host_be_busy(milliseconds);
}

void remove_objects(int count) {
  objects.resize(objects.size() - std::min(objects.size(), static_cast<std::size_t>(std::max(count, 0))));
}

}  // namespace

const demo_scene demo_scene_api = {sizeof(demo_scene), add_object, remove_objects};
