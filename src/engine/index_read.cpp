// Opening the index and reading pages from it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/index_impl.hpp"
#include "engine/index_schema.hpp"

namespace cambium::engine {

using detail::Statement;

namespace {

constexpr std::size_t kMaxPage = 200;
constexpr std::int64_t kNewest = INT64_MAX;
constexpr std::int64_t kSearchHits = 20;

// A cursor is "<height>" or "<height>.<position>" of the last row that was shown.
struct Cursor {
  std::int64_t height = kNewest;
  std::int64_t position = kNewest;
};

Result<Cursor> parse_cursor(const std::string& text) {
  Cursor out;
  if (text.empty()) return out;
  const char* end = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data(), end, out.height);
  bool good = error == std::errc();
  out.position = -2;
  if (good && at != end && *at == '.') {
    auto more = std::from_chars(at + 1, end, out.position);
    good = more.ec == std::errc();
    at = more.ptr;
  }
  if (good && at == end) return out;
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` is no page cursor; use the `next` of an earlier answer.", text));
}

std::int64_t page_limit(const PageRequest& page) {
  return static_cast<std::int64_t>(std::clamp<std::size_t>(page.limit, 1, kMaxPage));
}

Hash hash_of(const std::string& hex) { return Hash::from_hex(hex).value_or(Hash{}); }

std::vector<std::string> split(const std::string& joined) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < joined.size();) {
    auto comma = std::min(joined.find(',', at), joined.size());
    out.push_back(joined.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

Result<std::int64_t> user_version(sqlite3* db) {
  TRY(auto query, Statement::prepare(db, "PRAGMA user_version"));
  TRY(bool row, query.step());
  return row ? query.whole(0) : 0;
}

constexpr const char* kTxColumns =
    "t.height, t.position, t.hash, t.time_ms, t.status, t.messages, t.signer, t.fee_ucbm, "
    "t.gas_used";

TxRow tx_row(const Statement& row) {
  TxRow out;
  out.height = {static_cast<std::uint64_t>(row.whole(0))};
  out.index = static_cast<std::uint32_t>(row.whole(1));
  out.id = TxId::from_hex(row.text(2)).value_or(TxId{});
  out.time = {row.whole(3)};
  out.status = static_cast<std::uint32_t>(row.whole(4));
  out.messages = split(row.text(5));
  out.signer = row.text(6);
  out.fee_ucbm = static_cast<std::uint64_t>(row.whole(7));
  out.gas_used = static_cast<std::uint64_t>(row.whole(8));
  return out;
}

}  // namespace

Index::Index(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Index::~Index() = default;

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& file) {
  auto impl = std::make_unique<Impl>();
  auto opened = detail::open_database(file);
  if (!opened && opened.error().code == ErrorCode::corrupt) {
    // A damaged index is worth nothing: the chain has everything in it.
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm"}) {
      std::filesystem::remove(file.string() + tail, ignored);
    }
    opened = detail::open_database(file);
  }
  if (!opened) return tl::unexpected<Error>(opened.error());
  impl->db = std::move(*opened);
  TRY(auto version, user_version(impl->db.get()));
  if (version != kIndexVersion) {
    const std::string make = fmt::format(
        "BEGIN; DROP TABLE IF EXISTS blocks; DROP TABLE IF EXISTS txs; DROP TABLE IF EXISTS "
        "account_txs; DROP TABLE IF EXISTS events; DROP TABLE IF EXISTS names; {} "
        "PRAGMA user_version={}; COMMIT;", kIndexSchema, kIndexVersion);
    TRY_STATUS(detail::run(impl->db.get(), make.c_str()));
  }
  return std::unique_ptr<Index>(new Index(std::move(impl)));
}

Height Index::Impl::height(const std::string& chain) const {
  auto query = Statement::prepare(db.get(), "SELECT MAX(height) FROM blocks WHERE chain = ?");
  if (!query) return {};
  auto row = query->bind(chain).step();
  return {row && *row ? static_cast<std::uint64_t>(query->whole(0)) : 0};
}

Height Index::height(const std::string& chain) const {
  std::lock_guard lock(impl_->mutex);
  return impl_->height(chain);
}

Result<Page<BlockRow>> Index::blocks(const std::string& chain, const PageRequest& page) const {
  TRY(auto cursor, parse_cursor(page.before));
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      "SELECT height, hash, time_ms, tx_count, state_root, proposer FROM blocks "
      "WHERE chain = ? AND height < ? ORDER BY height DESC LIMIT ?"));
  query.bind(chain).bind(cursor.height).bind(page_limit(page));
  Page<BlockRow> out;
  for (;;) {
    TRY(bool row, query.step());
    if (!row) break;
    out.items.push_back({{static_cast<std::uint64_t>(query.whole(0))}, hash_of(query.text(1)),
                         {query.whole(2)}, static_cast<std::uint64_t>(query.whole(3)),
                         hash_of(query.text(4)),
                         crypto::Address::from_text(query.text(5)).value_or(crypto::Address{})});
  }
  if (static_cast<std::int64_t>(out.items.size()) == page_limit(page)) {
    out.next = std::to_string(out.items.back().height.value);
  }
  return out;
}

Result<Page<TxRow>> Index::txs(const std::string& chain, const std::optional<std::string>& account,
                               const PageRequest& page) const {
  TRY(auto cursor, parse_cursor(page.before));
  const std::string from = account
      ? "account_txs a JOIN txs t ON t.chain = a.chain AND t.height = a.height AND "
        "t.position = a.position WHERE a.account = ? AND a.chain = ? AND (a.height, a.position)"
      : "txs t WHERE t.chain = ? AND (t.height, t.position)";
  const std::string order = account ? "a.height DESC, a.position DESC"
                                    : "t.height DESC, t.position DESC";
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      fmt::format("SELECT {} FROM {} < (?, ?) ORDER BY {} LIMIT ?", kTxColumns, from, order)));
  if (account) query.bind(*account);
  query.bind(chain).bind(cursor.height).bind(cursor.position).bind(page_limit(page));
  Page<TxRow> out;
  for (;;) {
    TRY(bool row, query.step());
    if (!row) break;
    out.items.push_back(tx_row(query));
  }
  if (static_cast<std::int64_t>(out.items.size()) == page_limit(page)) {
    out.next = fmt::format("{}.{}", out.items.back().height.value, out.items.back().index);
  }
  return out;
}

Result<std::vector<TxRow>> Index::txs_of_block(const std::string& chain, Height height) const {
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      fmt::format("SELECT {} FROM txs t WHERE t.chain = ? AND t.height = ? ORDER BY t.position",
                  kTxColumns)));
  query.bind(chain).bind(static_cast<std::int64_t>(height.value));
  std::vector<TxRow> out;
  for (;;) {
    TRY(bool row, query.step());
    if (!row) return out;
    out.push_back(tx_row(query));
  }
}

Result<TxRow> Index::tx(const std::string& chain, const TxId& id) const {
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      fmt::format("SELECT {} FROM txs t WHERE t.hash = ? AND t.chain = ?", kTxColumns)));
  TRY(bool row, query.bind(id.hex()).bind(chain).step());
  if (row) return tx_row(query);
  return fail(ErrorCode::not_found,
              fmt::format("Chain {} has no final transaction {}.", chain, id.hex()));
}

Result<Page<EventRow>> Index::events(const std::string& chain, const std::string& type,
                                     const PageRequest& page) const {
  TRY(auto cursor, parse_cursor(page.before));
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      "SELECT height, position, body FROM events WHERE chain = ? AND type = ? AND "
      "(height, position) < (?, ?) ORDER BY height DESC, position DESC, number DESC LIMIT ?"));
  query.bind(chain).bind(type).bind(cursor.height).bind(cursor.position).bind(page_limit(page));
  Page<EventRow> out;
  for (;;) {
    TRY(bool row, query.step());
    if (!row) break;
    EventRow event{{static_cast<std::uint64_t>(query.whole(0))}, query.whole(1), {}};
    const Bytes body = query.bytes(2);
    event.event.ParseFromArray(body.data(), static_cast<int>(body.size()));
    out.items.push_back(std::move(event));
  }
  if (static_cast<std::int64_t>(out.items.size()) == page_limit(page)) {
    out.next = fmt::format("{}.{}", out.items.back().height.value, out.items.back().tx_index);
  }
  return out;
}

Result<std::vector<SearchHit>> Index::search(const std::string& text) const {
  std::vector<SearchHit> out;
  if (text.empty()) return out;
  // Upper end of the prefix range; '~' sorts after everything that ids contain.
  const std::string end = text + "~";
  std::lock_guard lock(impl_->mutex);
  TRY(auto query, Statement::prepare(impl_->db.get(),
      "SELECT kind, id, title, chain FROM ("
      "SELECT 'block' kind, CAST(height AS TEXT) id, "
      "  'Block ' || height || ' of ' || chain title, chain "
      "  FROM blocks WHERE CAST(height AS TEXT) = ?1 OR (hash >= ?1 AND hash < ?2) "
      "UNION ALL SELECT 'tx', hash, 'Transaction ' || messages, chain "
      "  FROM txs WHERE hash >= ?1 AND hash < ?2 "
      "UNION ALL SELECT kind, id, title, chain FROM names WHERE id >= ?1 AND id < ?2) "
      "ORDER BY id = ?1 DESC, LENGTH(id), id LIMIT ?3"));
  query.bind(text).bind(end).bind(kSearchHits);
  for (;;) {
    TRY(bool row, query.step());
    if (!row) return out;
    out.push_back({query.text(0), query.text(1), query.text(2), query.text(3)});
  }
}

}  // namespace cambium::engine
