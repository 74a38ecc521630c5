// The C face of the Rust library in native/: what no packaged C or C++ library offers.
//
// Conventions, the same for every function:
//  * Results are integers: CN_OK or one of the CN_* values below; nothing throws, nothing unwinds.
//  * `error`, where there is one, may be null. On failure it receives a sentence in UTF-8 that the
//    caller releases with cn_buffer_free; on success it is left untouched.
//  * Memory that Rust hands out is described by {ptr, len, cap} and goes back to its own free
//    function exactly once. A zeroed buffer may be freed, and freeing does nothing then.
//  * Slices are borrowed for the duration of the call. A null ptr with len 0 is an empty slice.
//  * Handles are opaque. A const handle may be used from many threads at once; a non-const one
//    belongs to one thread at a time.
#ifndef CAMBIUM_NATIVE_H
#define CAMBIUM_NATIVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CN_NOEXCEPT noexcept
extern "C" {
#else
#define CN_NOEXCEPT
#endif

enum {
  CN_OK = 0,
  CN_INVALID = 1,  // the input was refused; `error` says why
  CN_FALSE = 2,    // a well-formed question was answered with no
};

typedef struct {
  const uint8_t* ptr;
  size_t len;
} cn_slice;

typedef struct {
  uint8_t* ptr;
  size_t len;
  size_t cap;
} cn_buffer;

void cn_buffer_free(cn_buffer buffer) CN_NOEXCEPT;

// ---- tokenizer -------------------------------------------------------------------------------

typedef struct cn_tokenizer cn_tokenizer;
typedef struct cn_stream cn_stream;

typedef struct {
  uint32_t* ptr;
  size_t len;
  size_t cap;
} cn_ids;

void cn_ids_free(cn_ids ids) CN_NOEXCEPT;

// Trains a byte-level BPE. `vocab_size` counts the 256 bytes and the special tokens, which get
// the lowest ids in the order given. Documents must be UTF-8; no merge crosses a document.
// The same documents in the same order give the same `json`, the text of a tokenizer.json.
int cn_tokenizer_train(const cn_slice* documents, size_t document_count, uint32_t vocab_size,
                       const cn_slice* specials, size_t special_count, cn_buffer* json,
                       cn_buffer* error) CN_NOEXCEPT;

// Reads a tokenizer.json of any kind the tokenizers library knows. Truncation and padding that
// the file asks for are switched off: encode returns the whole text.
int cn_tokenizer_load(cn_slice json, cn_tokenizer** out, cn_buffer* error) CN_NOEXCEPT;
void cn_tokenizer_free(cn_tokenizer* tokenizer) CN_NOEXCEPT;

// Number of ids, special tokens included.
uint32_t cn_tokenizer_vocab_size(const cn_tokenizer* tokenizer) CN_NOEXCEPT;

// The id of a whole token such as "<|end|>"; CN_FALSE if the vocabulary has no such token.
int cn_tokenizer_token_id(const cn_tokenizer* tokenizer, cn_slice token,
                          uint32_t* id) CN_NOEXCEPT;

// `text` must be UTF-8. Special tokens written out in the text are encoded as ordinary text, so a
// prompt cannot forge one; put the ids of real ones there yourself. Adds no start or end token.
int cn_tokenizer_encode(const cn_tokenizer* tokenizer, cn_slice text, cn_ids* ids,
                        cn_buffer* error) CN_NOEXCEPT;

// The bytes that `ids` stand for, special tokens left out. A byte-level tokenizer gives the exact
// bytes, which need not be UTF-8 when ids were cut inside a character; others give UTF-8.
int cn_tokenizer_decode(const cn_tokenizer* tokenizer, const uint32_t* ids, size_t count,
                        cn_buffer* bytes, cn_buffer* error) CN_NOEXCEPT;

// Decodes one id at a time into pieces that are each valid UTF-8: bytes of a character that is
// not complete yet are held back, bytes that can never become one come out as U+FFFD. The stream
// keeps what it needs of the tokenizer alive; the tokenizer may be freed first.
int cn_stream_new(const cn_tokenizer* tokenizer, cn_stream** out) CN_NOEXCEPT;
void cn_stream_free(cn_stream* stream) CN_NOEXCEPT;
int cn_stream_push(cn_stream* stream, uint32_t id, cn_buffer* text, cn_buffer* error) CN_NOEXCEPT;
// What is still held back, as U+FFFD where it is no whole character. The stream starts afresh.
int cn_stream_finish(cn_stream* stream, cn_buffer* text, cn_buffer* error) CN_NOEXCEPT;

// ---- BLAKE3 ----------------------------------------------------------------------------------

typedef struct cn_blake3 cn_blake3;

// `digest` receives 32 bytes.
void cn_blake3_hash(cn_slice bytes, uint8_t* digest) CN_NOEXCEPT;

// The same hash over bytes that arrive piece by piece. finish may be called at any time and again.
cn_blake3* cn_blake3_new(void) CN_NOEXCEPT;
void cn_blake3_free(cn_blake3* hasher) CN_NOEXCEPT;
void cn_blake3_update(cn_blake3* hasher, cn_slice bytes) CN_NOEXCEPT;
void cn_blake3_finish(const cn_blake3* hasher, uint8_t* digest) CN_NOEXCEPT;

// ---- Ed25519 under ZIP-215 -------------------------------------------------------------------

typedef struct {
  const uint8_t* public_key;  // 32 bytes
  const uint8_t* signature;   // 64 bytes
  cn_slice message;
} cn_ed25519_item;

// CN_OK or CN_FALSE. The rules are those of ZIP-215, under which one-by-one and batch
// verification agree on every input.
int cn_ed25519_verify(const cn_ed25519_item* item) CN_NOEXCEPT;

// Verifies `count` items at about half the cost of one at a time. CN_OK when all are valid, else
// CN_FALSE. `valid`, which may be null, receives `count` bytes, 1 or 0 for each item; `first_bad`,
// which may be null, the index of the first invalid item.
int cn_ed25519_verify_batch(const cn_ed25519_item* items, size_t count, uint8_t* valid,
                            size_t* first_bad) CN_NOEXCEPT;

// ---- the randomness beacon: threshold signatures on BLS12-381 --------------------------------
//
// 100 shares, any 51 of which sign; signatures in G1 (48 bytes), keys in G2 (96), the cipher suite
// BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_. Points are compressed, scalars big endian. Bytes
// that are no point of the right group's prime-order part, or are its identity, are refused.
// A member needs one secret of 32 bytes; everything else follows from it.

enum {
  CN_BEACON_SHARES = 100,
  CN_BEACON_THRESHOLD = 51,
  CN_BEACON_SCALAR = 32,
  CN_BEACON_POINT = 48,                                // of G1: keys of members, signatures
  CN_BEACON_PROOF = 64,
  CN_BEACON_KEY = 96,                                  // of G2: the group's and the shares' keys
  CN_BEACON_COMMITMENTS = CN_BEACON_THRESHOLD * 96,    // to a polynomial, constant term first
  CN_BEACON_DEAL_SHARES = CN_BEACON_SHARES * 32,
};

// Shares `first` .. `first + count - 1`, numbered from 1, belong to the owner of `key`.
typedef struct {
  cn_slice key;
  uint32_t first;
  uint32_t count;
} cn_beacon_recipient;

typedef struct {
  cn_slice commitments;
  cn_slice ephemeral;
  cn_slice proof;
  cn_slice shares;
  cn_slice context;  // binds the deal to its place; the same for dealing and checking
} cn_beacon_deal_view;

typedef struct {
  uint32_t number;
  const uint8_t* signature;  // CN_BEACON_POINT bytes
} cn_beacon_partial;

// The key that shares are encrypted to (CN_BEACON_POINT) with the proof that its secret is known.
void cn_beacon_key(cn_slice secret, cn_slice context, uint8_t* key, uint8_t* proof) CN_NOEXCEPT;
// CN_OK or CN_FALSE.
int cn_beacon_owns_key(cn_slice key, cn_slice proof, cn_slice context) CN_NOEXCEPT;

// A polynomial of the dealer's, its values hidden for the recipients. The same arguments give the
// same deal. CN_INVALID for a recipient's bad key or range.
int cn_beacon_deal(cn_slice secret, cn_slice context, const cn_beacon_recipient* recipients,
                   size_t count, uint8_t* commitments, uint8_t* ephemeral, uint8_t* proof,
                   uint8_t* shares) CN_NOEXCEPT;
// Sizes, points and proof, all that is public: CN_OK or CN_FALSE.
int cn_beacon_is_sound(const cn_beacon_deal_view* deal) CN_NOEXCEPT;
// left + right or, when `negate` is not 0, left - right, of commitments that were checked before;
// an empty left is zero. CN_FALSE when a coefficient vanishes.
int cn_beacon_sum(cn_slice left, cn_slice right, uint8_t negate, uint8_t* commitments) CN_NOEXCEPT;

// The holder's shares of a deal, CN_BEACON_SCALAR bytes each. CN_FALSE when one does not fit the
// deal's commitments; a deal without commitments is trusted.
int cn_beacon_open(cn_slice secret, const cn_beacon_deal_view* deal, uint32_t first,
                   uint32_t count, uint8_t* scalars) CN_NOEXCEPT;
// What a holder publishes about a deal whose shares do not fit.
int cn_beacon_complain(cn_slice secret, cn_slice ephemeral, cn_slice context, uint8_t* point,
                       uint8_t* proof) CN_NOEXCEPT;
// CN_OK: the shares are bad; CN_FALSE: they are good; CN_INVALID: the opening is not proven.
int cn_beacon_judge(const cn_beacon_deal_view* deal, cn_slice key, cn_slice point, cn_slice proof,
                    uint32_t first, uint32_t count) CN_NOEXCEPT;

// Sum of two scalars of CN_BEACON_SCALAR bytes; CN_INVALID when one is not below the order.
int cn_beacon_add_scalars(const uint8_t* left, const uint8_t* right, uint8_t* out) CN_NOEXCEPT;
// A share's signature, CN_BEACON_POINT bytes. CN_INVALID when the scalar is none, or zero.
int cn_beacon_sign(const uint8_t* scalar, cn_slice message, uint8_t* signature) CN_NOEXCEPT;
// By a key of CN_BEACON_KEY bytes: CN_OK or CN_FALSE.
int cn_beacon_verify(cn_slice key, cn_slice message, cn_slice signature) CN_NOEXCEPT;
// Signatures by shares of the group with these commitments, all at once: CN_OK or CN_FALSE.
int cn_beacon_verify_partials(cn_slice commitments, cn_slice message,
                              const cn_beacon_partial* partials, size_t count) CN_NOEXCEPT;
// The group's signature from the first CN_BEACON_THRESHOLD. CN_FALSE when there are fewer, a number
// comes twice or one is no point; wrong partials give a signature that does not verify.
int cn_beacon_combine(const cn_beacon_partial* partials, size_t count,
                      uint8_t* signature) CN_NOEXCEPT;

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // CAMBIUM_NATIVE_H
