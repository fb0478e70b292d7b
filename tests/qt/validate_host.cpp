// A Qt application in which `silex validate` checks the adapter; see silex/validate.h.
#include <silex/validate.h>

#include <QCoreApplication>
#include <QTimer>
#include <cstdlib>

#include <dlfcn.h>

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  if (!library) return 2;
  const auto turn = reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL));
  const silex_validate_host offered{sizeof offered, [] { QCoreApplication::processEvents(); }, nullptr};
  QTimer idle;
  QObject::connect(&idle, &QTimer::timeout, [&] {
    if (!turn(&offered)) QCoreApplication::quit();
  });
  idle.start(0);
  return QCoreApplication::exec();
}
