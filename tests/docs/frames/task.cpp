// What stands around lines of a task.
#include <silex/silex.hpp>

#include <string>
#include <vector>

std::vector<std::string> selection();
int export_files(const std::vector<std::string>& names);
void show(const std::string& text);
silex::task<> task(silex::Context ctx);

silex::task<> task(silex::Context ctx) {
  // @BLOCK@
}
