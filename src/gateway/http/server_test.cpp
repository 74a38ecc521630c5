// The server from outside: plain sockets, as a client would see it.
#include "gateway/http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "gateway/http/problem.hpp"

namespace cambium::gateway {
namespace {

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~Client() { hang_up(); }
  void hang_up() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  void send(std::string_view text) {
    EXPECT_EQ(::send(fd_, text.data(), text.size(), MSG_NOSIGNAL), ssize_t(text.size()));
  }
  // Reads until `mark` has appeared or the server closes.
  std::string read_until(std::string_view mark) {
    std::string got;
    char chunk[4096];
    while (got.find(mark) == std::string::npos) {
      const auto n = recv(fd_, chunk, sizeof chunk, 0);
      if (n <= 0) break;
      got.append(chunk, std::size_t(n));
    }
    return got;
  }

 private:
  int fd_;
};

struct Gone {
  std::mutex mutex;
  std::condition_variable changed;
  bool gone = false;
};

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<Route> routes;
    routes.push_back({.method = Method::get, .pattern = "/echo/{word}", .summary = "Echo",
                      .tag = "test",
                      .handler = PlainHandler([](const Request& request) {
                        Response response;
                        response.body = request.params.at("word") + request.query_or("more", "");
                        return response;
                      })});
    routes.push_back({.method = Method::post, .pattern = "/size", .summary = "Size",
                      .tag = "test",
                      .handler = PlainHandler([](const Request& request) {
                        Response response;
                        response.body = std::to_string(request.body.size());
                        return response;
                      })});
    routes.push_back({.method = Method::get, .pattern = "/events", .summary = "Events",
                      .tag = "test",
                      .handler = StreamHandler([this](const Request&, StreamPtr text) {
                        text->on_close([this] {
                          std::lock_guard lock(gone_.mutex);
                          gone_.gone = true;
                          gone_.changed.notify_all();
                        });
                        text->send(sse_event("hello", "{}"));
                        stream_ = text;
                        return std::optional<Response>();
                      })});
    auto server = Server::start({.port = 0, .max_body_bytes = 1000}, Router(std::move(routes)));
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }

  std::unique_ptr<Server> server_;
  StreamPtr stream_;
  Gone gone_;
};

TEST_F(ServerTest, AnswersTwoRequestsOnOneConnectionWithSecurityHeaders) {
  Client client(server_->port());
  client.send("GET /echo/a%20b?more=+c HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto first = client.read_until("a b c");
  EXPECT_NE(first.find("200 OK"), std::string::npos);
  EXPECT_NE(first.find("X-Content-Type-Options: nosniff"), std::string::npos);
  client.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(client.read_until("next_step").find("404"), std::string::npos);
}

TEST_F(ServerTest, NamesTheMethodsAPathTakes) {
  Client client(server_->port());
  client.send("GET /size HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto reply = client.read_until("next_step");
  EXPECT_NE(reply.find("405"), std::string::npos);
  EXPECT_NE(reply.find("Allow: post"), std::string::npos);
}

TEST_F(ServerTest, RefusesABodyOverTheLimitWithASentence) {
  Client client(server_->port());
  client.send("POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
  client.send(std::string(5000, 'x'));
  EXPECT_NE(client.read_until("next_step").find("body_too_large"), std::string::npos);
}

TEST_F(ServerTest, StreamsEventsAndTellsTheProducerWhenTheClientLeaves) {
  Client client(server_->port());
  client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(client.read_until("event: hello").find("text/event-stream"), std::string::npos);
  stream_->send(sse_event("more", "{}"));
  EXPECT_NE(client.read_until("event: more"), "");
  client.hang_up();
  std::unique_lock lock(gone_.mutex);
  EXPECT_TRUE(gone_.changed.wait_for(lock, std::chrono::seconds(5), [this] { return gone_.gone; }));
}

TEST_F(ServerTest, APortInUseIsASentence) {
  const auto second = Server::start({.port = server_->port()}, Router({}));
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("another program uses this port"), std::string::npos);
}

TEST(OpenApi, DescribesEveryPlainRoute) {
  EXPECT_EQ(to_response(Problem{404, "a", "b", "c"}).content_type, "application/problem+json");
}

}  // namespace
}  // namespace cambium::gateway
