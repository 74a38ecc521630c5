// What the index's two halves share.
#pragma once

#include <mutex>

#include "engine/detail/sqlite.hpp"
#include "engine/index.hpp"

namespace cambium::engine {

struct Index::Impl {
  detail::Database db;
  detail::Statements statements;  // of filling; they end before `db` does
  mutable std::mutex mutex;

  struct BlockKey {
    std::string chain;
    std::int64_t height;
  };
  using Events = google::protobuf::RepeatedPtrField<chain::v1::Event>;

  // The caller holds the mutex for all of these.
  Height height(const std::string& chain) const;
  Status add_block(const BlockKey& key, const chain::Registry& registry,
                   const CommittedBlock& block);
  Status add_tx(const BlockKey& key, const chain::Registry& registry, const CommittedBlock& block,
                std::size_t position);
  Status add_events(const BlockKey& key, std::int64_t position, const Events& events);
  Status add_names(const std::string& chain, const chain::v1::Event& event);
  Status add_name(const std::string& chain, const SearchHit& hit);
};

}  // namespace cambium::engine
