// A Qt application in which `silex validate` checks the adapter; see silex/validate.h.
#include <silex/validate.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <cstdlib>

#include <dlfcn.h>

namespace {

// An event loop inside of whatever runs, as a modal dialog has one, for a moment.
void run_once() {
  QEventLoop dialog;
  QTimer::singleShot(1, &dialog, &QEventLoop::quit);
  dialog.exec();
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  if (!library) return 2;
  const auto turn = reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL));
  const silex_validate_host offered{sizeof offered, &run_once, nullptr};
  QTimer idle;
  QObject::connect(&idle, &QTimer::timeout, [&] {
    if (!turn(&offered)) QCoreApplication::quit();
  });
  idle.start(0);
  return QCoreApplication::exec();
}
