// What stands around lines of a Qt application.
#include <silex/silex.hpp>

#include <QApplication>

silex::task<> render(silex::Context ctx);

int main(int argc, char** argv) {
  // @BLOCK@
}
