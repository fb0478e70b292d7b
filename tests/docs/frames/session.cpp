// What stands around the README's lines about a session.
#include <silex/session.hpp>
#include <silex/silex.hpp>

#include <string>

void cancel(const std::string& uuid);
void talk(silex::Context ctx);

void talk(silex::Context ctx) {
  // @BLOCK@
}
