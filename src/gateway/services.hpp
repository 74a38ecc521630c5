// What handlers work with; owned by whoever runs the gateway, outliving every request.
#pragma once

#include "gateway/billing/billing.hpp"
#include "gateway/chat_service.hpp"
#include "gateway/ledger/ledger.hpp"
#include "node/node.hpp"

namespace cambium::gateway {

struct Services {
  node::Node& node;
  Ledger& ledger;
  Billing& billing;
  ChatService& chat;
};

}  // namespace cambium::gateway
