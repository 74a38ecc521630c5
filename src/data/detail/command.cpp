#include "data/detail/command.hpp"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace cambium::data::detail {
namespace {

std::string read_all(int fd) {
  std::string out;
  std::array<char, 1 << 16> buffer;
  ssize_t n = 0;
  while ((n = ::read(fd, buffer.data(), buffer.size())) > 0) {
    out.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return out;
}

}  // namespace

Result<std::string> run_command(const Command& command) {
  std::array<int, 2> pipe_ends{};
  if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::io, "Could not make a pipe; too many files are open.");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t child = 0;
  const int error = posix_spawnp(&child, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  std::string out = error == 0 ? read_all(pipe_ends[0]) : std::string();
  ::close(pipe_ends[0]);
  if (error != 0) {
    return fail(ErrorCode::unavailable, "Could not run " + command.words.front() + ": " +
                                            std::strerror(error) + ". Run tools/setup.");
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out;
  return fail(ErrorCode::unavailable,
              command.words.front() + " ended with an error (see its words above).");
}

}  // namespace cambium::data::detail
