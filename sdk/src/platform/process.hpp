// This process, as others on the machine know it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace silex::platform {

std::uint64_t process_id() noexcept;

// Whose process it is: the name to log in with, or the number where there is none.
std::string user_name();

// How many threads it has; 0 where the system does not say.
std::size_t thread_count();

// The file that runs; "" where the system does not say.
std::filesystem::path program_file();

}  // namespace silex::platform
