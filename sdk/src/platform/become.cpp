#include "platform/become.hpp"

#include <cerrno>
#include <cstdlib>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

namespace silex::platform {

std::error_code become(const std::vector<std::string>& command) {
#if defined(_WIN32)
  std::vector<const char*> words;
  for (const std::string& word : command) words.push_back(word.c_str());
  words.push_back(nullptr);
  const auto code = _spawnv(_P_WAIT, words.front(), words.data());
  if (code >= 0) std::exit(static_cast<int>(code));
#else
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execv(words.front(), words.data());
#endif
  return {errno, std::generic_category()};
}

}  // namespace silex::platform
