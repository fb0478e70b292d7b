// What stands around a function that is shown whole.
#include <silex/silex.hpp>

#include <string>
#include <vector>

std::vector<std::string> selection();
int export_files(const std::vector<std::string>& names);
void from_a_thread_of_my_own(silex::Context ctx);

// @BLOCK@
