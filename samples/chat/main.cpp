// A chat in the console: chat NAME [URL]
#include <silex/silex.hpp>

#include <cstdio>
#include <exception>
#include <string>

silex::task<> chat(silex::Context ctx, std::string url, std::string name);  // chat.cpp

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: chat NAME [URL]    (URL of samples/chat/server.js: ws://127.0.0.1:5119)\n");
    return 2;
  }
  const std::string name = argv[1];
  const std::string url = argc > 2 ? argv[2] : "ws://127.0.0.1:5119";
  try {
    silex::Runtime runtime;
    runtime.start();
    runtime.spawn("chat", [&](silex::Context ctx) { return chat(ctx, url, name); }).get();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "chat: %s\n", error.what());
    return 1;
  }
  return 0;
}
