// A contributor's network over HTTP: the same work as in the node's own process, with a key of
// one's own against any node.
#pragma once

#include <filesystem>

#include "client/sender.hpp"
#include "node/keystore.hpp"
#include "node/trainer_backend.hpp"

namespace cambium::cli {

struct RemoteLink {
  client::NodeApi node;
  node::KeyPtr key;
  std::filesystem::path store;  // where downloaded payloads are kept
  std::stop_token stop;
};

Result<std::unique_ptr<node::TrainerBackend>> remote_backend(RemoteLink link);

}  // namespace cambium::cli
