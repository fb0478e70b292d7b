// The libraries that are loaded into this process.
#pragma once

#include <filesystem>
#include <vector>

namespace silex::platform {

// Their files, as the system's loader knows them; the program itself is not among them. [any-thread] Takes
// the loader's lock.
std::vector<std::filesystem::path> loaded_libraries();

// The file that the code or the data at this address was loaded from; "" where it is none. [any-thread]
std::filesystem::path library_at(const void* address);

}  // namespace silex::platform
