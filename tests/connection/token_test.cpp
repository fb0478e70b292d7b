// The token that the configuration names a file for, and what such a file may be like.
#include "connection_test.hpp"
#include "support/threads_named.hpp"

#include <silex/session.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace silex::test {
namespace {

using net::test::NodeServer;
using net::test::threads_named;
using nlohmann::json;

// A service with a token lets in who sends it: from the configuration, so that a host's own programs need not
// know it.
class TokenTest : public ConnectionTest {
 protected:
  void SetUp() override {
    ConnectionTest::SetUp();
    if (IsSkipped()) return;
    server = std::make_unique<NodeServer>(json{{"token", "open sesame"}}, "silex_service.js");
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "silex.yml") << "service: {token_file: " << (folder / "token").string() << "}\n";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  // What a session of a runtime with that configuration comes to.
  std::string state_of_session() {
    Runtime configured{{.config_file = (folder / "silex.yml").string()}};
    configured.start();
    Lines states;
    SessionOptions options;
    options.on_state = [&](const SessionState& state) {
      if (state.kind == SILEX_SESSION_READY) states.add("ready");
      if (state.kind == SILEX_SESSION_REFUSED) states.add("refused: " + state.message);
    };
    const Session session(configured.context(), options, to(server->url()));
    const auto seen = states.wait_for(1);
    return seen.empty() ? "nothing" : seen.front();
  }

  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("silex_token_" + std::to_string(getpid()));
  std::unique_ptr<NodeServer> server;
};

TEST_F(TokenTest, GoesWithEachNamespace) {
  std::ofstream(folder / "token") << "open sesame\n";
  EXPECT_EQ(state_of_session(), "ready");
}

TEST_F(TokenTest, AWrongOneIsRefused) {
  std::ofstream(folder / "token") << "open barley\n";
  EXPECT_THAT(state_of_session(), HasSubstr("refused: "));
}

TEST_F(TokenTest, AFileThatIsNotThereIsNamed) {
  try {
    state_of_session();
    FAIL() << "it was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), SILEX_ERROR_INVALID_ARGUMENT);
    EXPECT_THAT(error.what(), HasSubstr((folder / "token").string()));
  }
}

TEST_F(TokenTest, AFileThatIsNoTextIsNamedAndNothingIsLeftOfTheConnection) {
  std::ofstream(folder / "token") << "s\xe9same\n";
  Runtime configured{{.config_file = (folder / "silex.yml").string()}};
  configured.start();
  silex_connection_options options{};
  options.size = sizeof options;
  silex_id connection = 0;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(configured.handle(), &options, &connection));
  EXPECT_THAT(silex_last_error()->message, HasSubstr("is no UTF-8"));
  EXPECT_EQ(SILEX_OK, silex_runtime_stop(configured.handle()));
}

// A disk that is away: who reads the token waits until it is written.
class SlowTokenTest : public TokenTest {
 protected:
  void SetUp() override {
    TokenTest::SetUp();
    if (IsSkipped()) return;
    ASSERT_EQ(mkfifo((folder / "token").c_str(), 0600), 0);
    silex_options options{};
    options.size = sizeof options;
    options.stop_timeout_ns = 1'000'000'000;  // loop and watchdog end in it, whoever reads does not
    const std::string file = (folder / "silex.yml").string();
    options.config_file = file.c_str();
    ASSERT_EQ(silex_runtime_create(&options, &slow), SILEX_OK);
    ASSERT_EQ(silex_runtime_start(slow), SILEX_OK);
    opener = std::thread([this] {
      const std::string url = server->url();
      silex_connection_options to{};
      to.size = sizeof to;
      to.url = url.c_str();
      opened = silex_connection_open(slow, &to, &connection);
    });
    token = ::open((folder / "token").c_str(), O_WRONLY);  // waits for the reader
    ASSERT_NE(token, -1);
  }
  void TearDown() override {
    if (opener.joinable()) finish();
    EXPECT_EQ(silex_runtime_destroy(slow), SILEX_OK);
    TokenTest::TearDown();
  }
  // The disk is back.
  void finish() {
    EXPECT_EQ(write(token, "open sesame\n", 12), 12);
    close(token);
    opener.join();
  }

  silex_runtime* slow = nullptr;
  std::thread opener;
  int token = -1;
  silex_id connection = 0;
  silex_status opened = SILEX_OK;
};

TEST_F(SlowTokenTest, HoldsNobodyElseUp) {
  EXPECT_EQ(silex_connection_reconnect(slow, 1), SILEX_ERROR_NOT_FOUND) << "which looked for it";
  finish();
  EXPECT_EQ(opened, SILEX_OK);
  EXPECT_EQ(silex_connection_close(slow, connection), SILEX_OK);
}

TEST_F(SlowTokenTest, IsLeftThereByAStopAndOpensNothingAfterIt) {
  EXPECT_EQ(silex_runtime_stop(slow), SILEX_ERROR_TIMED_OUT);
  EXPECT_THAT(silex_last_error()->message, HasSubstr("a thread was inside a function of the runtime"));
  finish();
  EXPECT_EQ(opened, SILEX_ERROR_NOT_RUNNING);
  EXPECT_EQ(connection, 0u);
  // A thread that was joined may be on the system's list a moment longer.
  EXPECT_TRUE(eventually([] { return threads_named("silex-net") == 0; })) << "nobody would end it any more";
}

}  // namespace
}  // namespace silex::test
