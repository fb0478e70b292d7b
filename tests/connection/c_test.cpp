// The functions of connection.h as a C program sees them: what they refuse, and what they count.
#include "connection_test.hpp"

namespace silex::test {
namespace {

class ConnectionInC : public ConnectionTest {
 protected:
  void SetUp() override { runtime.start(); }
  silex_id open(const char* url = "ws://127.0.0.1:1") {
    silex_connection_options options{};
    options.size = sizeof options;
    options.url = url;
    silex_id id = 0;
    EXPECT_EQ(SILEX_OK, silex_connection_open(runtime.handle(), &options, &id));
    return id;
  }
  static std::string error() { return silex_last_error()->message; }
};

TEST_F(ConnectionInC, OptionsMayBeNull) {
  silex_id id = 0;
  ASSERT_EQ(SILEX_OK, silex_connection_open(runtime.handle(), nullptr, &id));
  EXPECT_NE(0u, id);
  EXPECT_EQ(SILEX_OK, silex_connection_close(runtime.handle(), id));
}

TEST_F(ConnectionInC, EachFunctionRefusesAnIdThatIsNone) {
  silex_listener listener{};
  listener.size = sizeof listener;
  silex_emission emission{};
  emission.size = sizeof emission;
  silex_connection_statistics statistics{};
  statistics.size = sizeof statistics;
  auto* const handle = runtime.handle();
  for (const silex_id id : {silex_id{0}, silex_id{12345}}) {
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_close(handle, id));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_join(handle, id, "/dcc", nullptr));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_leave(handle, id, "/dcc"));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_listen(handle, id, &listener));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_reply(handle, id, 1, nullptr));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_emit(handle, id, &emission, nullptr));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_reconnect(handle, id));
    EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_read(handle, id, &statistics));
    EXPECT_EQ("there is no such connection: it was closed, or never opened in this run", error());
  }
}

TEST_F(ConnectionInC, OpeningRefusesWhatIsWrong) {
  auto* const handle = runtime.handle();
  silex_id id = 0;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(nullptr, nullptr, &id));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(handle, nullptr, nullptr));
  silex_connection_options options{};
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(handle, &options, &id));
  EXPECT_THAT(error(), HasSubstr("silex_connection_options.size is 0"));
  options.size = sizeof options;
  options.flags = 1024;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(handle, &options, &id));
  EXPECT_THAT(error(), HasSubstr("silex_connection_options.flags is 1024"));
  options.flags = 0;
  options.auth = "[]";
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_open(handle, &options, &id));
  EXPECT_EQ("silex_connection_options.auth is of the JSON type array: it must be an object", error());
  EXPECT_EQ(0u, id);
}

TEST_F(ConnectionInC, AskingRefusesWhatIsWrong) {
  auto* const handle = runtime.handle();
  const silex_id id = open();
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_join(handle, id, "dcc", nullptr));
  EXPECT_THAT(error(), HasSubstr("it must start with '/'"));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_join(handle, id, "/dcc", "{"));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_listen(handle, id, nullptr));
  silex_listener listener{};
  listener.size = sizeof listener;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_listen(handle, id, &listener));
  EXPECT_THAT(error(), HasSubstr("silex_listener.name is NULL"));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_reply(handle, id, 5, nullptr));
  EXPECT_THAT(error(), HasSubstr("no acknowledgement is owed"));
  silex_emission emission{};
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_emit(handle, id, &emission, nullptr));
  emission.size = sizeof emission;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_emit(handle, id, &emission, nullptr));
  EXPECT_THAT(error(), HasSubstr("silex_emission.name is NULL"));
  emission.name = "event";
  emission.flags = 64;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_emit(handle, id, &emission, nullptr));
  emission.flags = SILEX_EMIT_LATEST;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_emit(handle, id, &emission, nullptr));
  EXPECT_THAT(error(), HasSubstr("silex_emission.key is NULL"));
  emission.flags = 0;
  emission.arguments.attachment_count = 1;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_emit(handle, id, &emission, nullptr));
  EXPECT_THAT(error(), HasSubstr("silex_emission.arguments.attachments is NULL"));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_read(handle, id, nullptr));
  silex_connection_statistics statistics{};
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_connection_read(handle, id, &statistics));
}

TEST_F(ConnectionInC, AListenerIsReleasedOnceHoweverItGoes) {
  auto* const handle = runtime.handle();
  const silex_id id = open();
  Lines released;
  silex_listener listener{};
  listener.size = sizeof listener;
  listener.name = "event";
  listener.data = &released;
  listener.event = [](void*, const silex_incoming*) {};
  listener.release = [](void* data) { static_cast<Lines*>(data)->add("released"); };
  ASSERT_EQ(SILEX_OK, silex_connection_listen(handle, id, &listener));
  ASSERT_EQ(SILEX_OK, silex_connection_listen(handle, id, &listener));  // takes the first one's place
  EXPECT_EQ(1u, released.wait_for(1).size());
  listener.event = nullptr;
  ASSERT_EQ(SILEX_OK, silex_connection_listen(handle, id, &listener));
  EXPECT_EQ(2u, released.wait_for(2).size());
  listener.event = [](void*, const silex_incoming*) {};
  listener.nsp = "/nobody/joined/this";  // refused on the net thread, and released there
  ASSERT_EQ(SILEX_OK, silex_connection_listen(handle, id, &listener));
  EXPECT_EQ(3u, released.wait_for(3).size());
  listener.nsp = nullptr;
  ASSERT_EQ(SILEX_OK, silex_connection_listen(handle, id, &listener));
  runtime.stop();
  EXPECT_EQ(4u, released.wait_for(4).size());
}

TEST_F(ConnectionInC, FiguresAreReadAsFarAsTheCallerKnowsThem) {
  const silex_id id = open();
  silex_emission emission{};
  emission.size = sizeof emission;
  emission.name = "event";
  ASSERT_EQ(SILEX_OK, silex_connection_emit(runtime.handle(), id, &emission, nullptr));
  silex_connection_statistics statistics{};
  statistics.size = sizeof statistics;
  ASSERT_TRUE(eventually([&] {
    return silex_connection_read(runtime.handle(), id, &statistics) == SILEX_OK && statistics.waiting == 1;
  }));
  EXPECT_EQ(1u, statistics.emitted);
  EXPECT_EQ(0u, statistics.sent);
  EXPECT_EQ(0u, statistics.connections);
  statistics.size = offsetof(silex_connection_statistics, sent);
  statistics.sent = 77;
  ASSERT_EQ(SILEX_OK, silex_connection_read(runtime.handle(), id, &statistics));
  EXPECT_EQ(77u, statistics.sent);
}

TEST_F(ConnectionInC, TheWaitForAnAcknowledgementIsCancelledByItsId) {
  const silex_id id = open();
  Lines told;
  silex_emission emission{};
  emission.size = sizeof emission;
  emission.name = "event";
  emission.timeout_ns = 3'600'000'000'000;
  emission.data = &told;
  emission.acknowledged = [](void* data, const silex_acknowledgement* acknowledgement) {
    static_cast<Lines*>(data)->add(silex_status_name(acknowledgement->status));
  };
  silex_id wait = 0;
  ASSERT_EQ(SILEX_OK, silex_connection_emit(runtime.handle(), id, &emission, &wait));
  EXPECT_EQ(SILEX_OK, silex_cancel(runtime.handle(), wait));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_cancel(runtime.handle(), wait));
  EXPECT_THAT(told.wait_for(1), ElementsAre("SILEX_ERROR_CANCELLED"));
}

TEST_F(ConnectionInC, ClosesWhatIsClosedNoMore) {
  const silex_id id = open();
  EXPECT_EQ(SILEX_OK, silex_connection_close(runtime.handle(), id));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_connection_close(runtime.handle(), id));
}

}  // namespace
}  // namespace silex::test
