// How the command ends.
#pragma once

namespace silex::cli {

inline constexpr int kFine = 0;
inline constexpr int kWrong = 1;  // something is wrong with what was looked at
inline constexpr int kUsage = 2;  // the command itself is wrong: an unknown option, a file that is not there
inline constexpr int kCancelled = 3;  // an action was cancelled, and none failed

}  // namespace silex::cli
