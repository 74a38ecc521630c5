#include "cli/signer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "cli/home_dir.hpp"

namespace cambium::cli {
namespace {

/// Echo off as long as it lives.
class Silence {
 public:
  explicit Silence(int fd) : fd_(fd), known_(::tcgetattr(fd, &before_) == 0) {
    if (!known_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (known_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int fd_;
  termios before_{};
  bool known_;
};

}  // namespace

Result<node::Keystore> keys_with(const Invocation& call, std::optional<std::string> passphrase) {
  TRY(const auto home, home_of(call));
  return node::Keystore::open(node::HomePaths{home}.keys(), std::move(passphrase));
}

Result<node::Keystore> keys_of(const Invocation& call) {
  return keys_with(call, passphrase_of(call));
}

Result<std::string> ask_secret(const std::string& prompt) {
  const int fd = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    return fail(ErrorCode::unavailable, "A passphrase is needed and there is no terminal to ask "
                                        "on; set CAMBIUM_PASSPHRASE.");
  }
  std::string line;
  {
    const Silence silence(fd);
    [[maybe_unused]] auto said = ::write(fd, prompt.data(), prompt.size());
    for (char c; ::read(fd, &c, 1) == 1 && c != '\n';) line += c;
    said = ::write(fd, "\n", 1);
  }
  ::close(fd);
  return line;
}

Result<node::KeyPtr> key_named(Invocation& call, const std::string& name) {
  TRY(const auto keys, keys_of(call));
  auto key = keys.find(name);
  const bool locked = !key && key.error().code == ErrorCode::refused && !passphrase_of(call);
  if (!locked) return key;
  TRY(auto passphrase, ask_secret(fmt::format("Passphrase of the key `{}`: ", name)));
  TRY(const auto opened, keys_with(call, std::move(passphrase)));
  return opened.find(name);
}

Flag from_flag() { return {"from", "KEY", "the key that signs; demo when it is left out"}; }

Result<node::KeyPtr> signer_of(Invocation& call) {
  return key_named(call, call.flag_or("from", std::string(node::kDemoKey)));
}

}  // namespace cambium::cli
