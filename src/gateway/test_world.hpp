// A running node with a gateway and a small seeded model, for tests from outside.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "gateway/gateway.hpp"
#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"

namespace cambium::gateway {

/// One HTTP exchange; the connection closes after it.
struct Reply {
  int status = 0;
  std::string head;
  std::string body;  // chunks joined
  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

inline std::string join_chunks(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    const auto line = body.find("\r\n");
    const std::size_t size =
        std::strtoull(std::string(body.substr(0, line)).c_str(), nullptr, 16);
    if (line == body.npos || size == 0) break;
    out += body.substr(line + 2, size);
    body.remove_prefix(std::min(body.size(), line + 2 + size + 2));
  }
  return out;
}

inline Reply exchange(std::uint16_t port, const std::string& text) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  EXPECT_EQ(::send(fd, text.data(), text.size(), MSG_NOSIGNAL), ssize_t(text.size()));
  std::string got;
  char piece[4096];
  for (ssize_t n = 0; (n = recv(fd, piece, sizeof piece, 0)) > 0;) {
    got.append(piece, std::size_t(n));
  }
  close(fd);
  Reply reply;
  const auto end = got.find("\r\n\r\n");
  reply.head = got.substr(0, end);
  reply.status = reply.head.size() > 12 ? std::atoi(reply.head.c_str() + 9) : 0;
  if (end != got.npos) reply.body = got.substr(end + 4);
  if (reply.head.find("chunked") != got.npos) reply.body = join_chunks(reply.body);
  return reply;
}

class GatewayWorld : public testing::Test {
 protected:
  GatewayWorld() {
    home_ = std::filesystem::temp_directory_path() /
            fmt::format("cambium-gateway-{}-{}", ::getpid(),
                        testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(home_);
    for (const auto* port : {"gateway.port", "gateway.compute_port"}) {
      EXPECT_TRUE(config_.set(port, "0", "the test"));
    }
  }
  ~GatewayWorld() override {
    stop();
    std::filesystem::remove_all(home_);
  }

  void start() {
    auto opened = node::Node::open({home_, config_, clock_, random_, {}, learn::Profile::nano});
    ASSERT_TRUE(opened) << opened.error().message;
    node_ = std::move(*opened);
    ASSERT_TRUE(node_->start());
    serve_small_model();
    auto gateway = Gateway::start(*node_);
    ASSERT_TRUE(gateway) << gateway.error().message;
    gateway_ = std::move(*gateway);
  }
  void stop() {
    gateway_.reset();
    if (node_) node_->stop();
    node_.reset();
  }

  Reply get(const std::string& target) {
    return exchange(gateway_->port(), fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n"
                                                  "Connection: close\r\n\r\n", target));
  }
  Reply post(const std::string& target, const std::string& body) {
    return exchange(gateway_->port(),
                    fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                                target, body.size(), body));
  }

  SystemClock clock_;
  SeededRandom random_{11};
  Config config_;
  std::filesystem::path home_;
  std::unique_ptr<node::Node> node_;
  std::unique_ptr<Gateway> gateway_;

 private:
  void serve_small_model() {
    const std::string_view documents[] = {"a tree grows a ring each year; the cambium grows it"};
    auto tokenizer = model::Tokenizer::train({.documents = documents, .vocab = 300}).value();
    auto architecture = model::tiny_architecture();
    architecture.vocab = tokenizer->vocab();
    serve::ServedModel served{
        .id = "small", .index_root = {}, .weights = {}, .tokenizer = tokenizer};
    served.weights = model::synthetic_weights(architecture, 1, {}).value();
    node_->host().publish(std::move(served));
  }
};

/// "1.234567" as micro-credits.
inline std::int64_t micro_of(const std::string& text) {
  const auto dot = text.find('.');
  return std::stoll(text.substr(0, dot)) * 1'000'000 + std::stoll(text.substr(dot + 1));
}

}  // namespace cambium::gateway
