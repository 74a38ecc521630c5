// Result<T>: the value, or an Error that says what, where and what to do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace cambium {

enum class ErrorCode : std::uint8_t {
  invalid_input,   // the caller's bytes or arguments are wrong
  not_found,       // it does not exist
  already_exists,  // it exists and may not be made again
  corrupt,         // stored or received bytes fail their checksum or proof
  io,              // the operating system refused: disk full, permission, port in use
  unavailable,     // try again later: a peer, child process or resource is away
  timeout,         // a deadline passed
  cancelled,       // somebody asked to stop
  refused,         // a rule forbids it
  unsupported,     // this build or machine cannot do it
};

std::string_view name(ErrorCode code);

/// `message` is a full sentence for a person: what failed, where, and what to do about it.
struct Error {
  ErrorCode code;
  std::string message;

  /// The same error seen from further out: "<where>: <message>".
  Error in(std::string_view where) && {
    message.insert(0, std::string(where) + ": ");
    return std::move(*this);
  }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

template <class T>
tl::unexpected<Error> forward_error(T&& failed) {
  return tl::unexpected<Error>(std::forward<T>(failed).error());
}

}  // namespace cambium

/// Leaves the function with the error of `expr`, a Result, when it holds one.
#define TRY_STATUS(expr)                                            \
  do {                                                              \
    if (auto status_ = (expr); !status_) [[unlikely]]               \
      return ::cambium::forward_error(std::move(status_));          \
  } while (false)

#define CAMBIUM_CONCAT_(a, b) a##b
#define CAMBIUM_CONCAT(a, b) CAMBIUM_CONCAT_(a, b)
#define TRY_ASSIGN_(tmp, target, expr)                                      \
  auto tmp = (expr);                                                        \
  if (!tmp) [[unlikely]]                                                    \
    return ::cambium::forward_error(std::move(tmp));                        \
  target = std::move(*tmp)

/// `TRY(auto x, f());` binds the value of a Result or leaves with its error.
#define TRY(target, expr) TRY_ASSIGN_(CAMBIUM_CONCAT(try_, __LINE__), target, expr)
