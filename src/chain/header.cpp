// Headers: what is signed, and checking that it was.
#include "chain/block.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {

Hash header_sign_digest(ByteView header) {
  return crypto::sha256({as_bytes("cambium/header/v1"), header});
}

Hash header_hash(ByteView header) { return crypto::sha256(header); }

Bytes beacon_message(std::string_view chain_id, Height height) {
  Bytes message;
  message.reserve(32 + chain_id.size());
  append(message, as_bytes("cambium/beacon/v1/"));
  append(message, as_bytes(chain_id));
  append_be64(message, height.value);
  return message;
}

v1::SignedHeader sign_header(const v1::Header& header, const crypto::SigningKey& key) {
  v1::SignedHeader out;
  out.set_header(to_string(schema::encode(header)));
  out.set_signature(to_string(key.sign(header_sign_digest(as_bytes(out.header())))));
  return out;
}

Result<v1::Header> verify_header(const v1::SignedHeader& signed_header,
                                 const crypto::SignatureVerifier& verifier) {
  TRY(auto header, schema::decode_as<v1::Header>(as_bytes(signed_header.header())));
  if (!is_well_formed(header.proposer())) {
    return fail(ErrorCode::invalid_input, "the header names no usable proposer key");
  }
  const Hash digest = header_sign_digest(as_bytes(signed_header.header()));
  if (!verifier.verify(
          {key_from_proto(header.proposer()), digest, as_bytes(signed_header.signature())})) {
    return fail(ErrorCode::corrupt,
                "the header's signature does not verify by the key it names; ask another node");
  }
  return header;
}

}  // namespace cambium::chain
