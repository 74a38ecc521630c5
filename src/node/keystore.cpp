#include "node/keystore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/durable_file.hpp"
#include "base/hex.hpp"
#include "node/detail/sealed_secret.hpp"

namespace cambium::node {
namespace {

namespace fs = std::filesystem;

// A key file is three lines: how it is kept, the public key's type and hex, and the secret in hex.
constexpr std::string_view kPlain = "cambium key, NOT ENCRYPTED: for development only";
constexpr std::string_view kSealed = "cambium key, encrypted (argon2id, xchacha20-poly1305)";

struct KeyFile {
  bool encrypted = false;
  crypto::PublicKey key;
  Bytes body;  // the secret, or what seals it
};

Result<KeyFile> read_key_file(const fs::path& path) {
  std::ifstream in(path);
  std::string kind, type, key, body;
  const bool read = std::getline(in, kind) && in >> type >> key >> body;
  auto key_bytes = from_hex(key);
  auto body_bytes = from_hex(body);
  const bool sound = read && key_bytes && body_bytes && (kind == kPlain || kind == kSealed) &&
                     (type == "ed25519" || type == "secp256k1");
  if (!sound) {
    return fail(ErrorCode::corrupt,
                fmt::format("{} is not a key file; restore it from a backup.", path.string()));
  }
  auto key_type = type == "ed25519" ? crypto::KeyType::ed25519 : crypto::KeyType::secp256k1;
  return KeyFile{kind == kSealed, {key_type, *key_bytes}, *body_bytes};
}

Status check_name(const std::string& name) {
  const bool good = !name.empty() && name.size() <= 64 &&
                    std::all_of(name.begin(), name.end(), [](unsigned char c) {
                      return std::isalnum(c) || c == '-' || c == '_';
                    });
  if (good) return {};
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` is no key name; use letters, digits, - and _.", name));
}

}  // namespace

Result<Keystore> Keystore::open(const fs::path& dir, std::optional<std::string> passphrase) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (!error) fs::permissions(dir, fs::perms::owner_all, error);
  if (error) {
    return fail(ErrorCode::io, fmt::format("{} cannot be made private: {}.", dir.string(),
                                           error.message()));
  }
  return Keystore(dir, std::move(passphrase));
}

Status Keystore::save(const std::string& name, const crypto::SigningKey& key) {
  Bytes secret = key.secret();
  Bytes body = secret;
  if (passphrase_) {
    TRY(body, detail::seal_secret(secret, *passphrase_));
  }
  const std::string text = fmt::format(
      "{}\n{} {}\n{}\n", passphrase_ ? kSealed : kPlain,
      key.public_key().type == crypto::KeyType::ed25519 ? "ed25519" : "secp256k1",
      to_hex(key.public_key().bytes), to_hex(body));
  const fs::path path = dir_ / name;
  TRY_STATUS(write_durably(path, {as_bytes(text)}));
  std::error_code error;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
  if (error) return fail(ErrorCode::io, fmt::format("{}: {}.", path.string(), error.message()));
  return {};
}

Result<KeyPtr> Keystore::find(const std::string& name) const {
  TRY_STATUS(check_name(name));
  const fs::path path = dir_ / name;
  if (!fs::exists(path)) {
    return fail(ErrorCode::not_found,
                fmt::format("There is no key `{}`; `cambium key list` shows those there are.",
                            name));
  }
  TRY(auto file, read_key_file(path));
  Bytes secret = file.body;
  if (file.encrypted) {
    if (!passphrase_) {
      return fail(ErrorCode::refused, fmt::format("Key `{}` is encrypted; set "
                                                  "CAMBIUM_PASSPHRASE to open it.", name));
    }
    TRY(secret, detail::open_secret(file.body, *passphrase_));
  }
  TRY(auto key, crypto::key_from_secret(file.key.type, secret));
  if (!(key->public_key() == file.key)) {
    return fail(ErrorCode::corrupt, fmt::format("Key `{}` does not match its public half; restore "
                                                "the file from a backup.", name));
  }
  return KeyPtr(std::move(key));
}

Result<KeyPtr> Keystore::make(const std::string& name, Random& random, crypto::KeyType type) {
  TRY_STATUS(check_name(name));
  if (fs::exists(dir_ / name)) {
    return fail(ErrorCode::already_exists, fmt::format("There is a key `{}` already; choose "
                                                       "another name.", name));
  }
  auto key = crypto::generate_key(type, random);
  TRY_STATUS(save(name, *key));
  return KeyPtr(std::move(key));
}

Result<KeyPtr> Keystore::import(const std::string& name, crypto::KeyType type, ByteView secret) {
  TRY_STATUS(check_name(name));
  if (fs::exists(dir_ / name)) {
    return fail(ErrorCode::already_exists, fmt::format("There is a key `{}` already.", name));
  }
  TRY(auto key, crypto::key_from_secret(type, secret));
  TRY_STATUS(save(name, *key));
  return KeyPtr(std::move(key));
}

Result<KeyPtr> Keystore::find_or_make(const std::string& name, Random& random,
                                      crypto::KeyType type) {
  if (fs::exists(dir_ / name)) return find(name);
  return make(name, random, type);
}

Result<std::vector<KeyInfo>> Keystore::list() const {
  std::vector<KeyInfo> out;
  for (const auto& item : fs::directory_iterator(dir_)) {
    const std::string name = item.path().filename().string();
    if (!check_name(name)) continue;  // the temporary file of a write that was cut off
    TRY(auto file, read_key_file(item.path()));
    out.push_back({name, file.key, crypto::address_of(file.key), file.encrypted});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

Status Keystore::erase(const std::string& name) {
  TRY_STATUS(check_name(name));
  if (!fs::remove(dir_ / name)) {
    return fail(ErrorCode::not_found, fmt::format("There is no key `{}`.", name));
  }
  return {};
}

}  // namespace cambium::node
