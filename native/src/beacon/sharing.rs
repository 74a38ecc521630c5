//! Verifiable sharing (Feldman, 1987) with shares encrypted by hashed Diffie-Hellman to their
//! holders, so that a deal is one public message and a bad share can be shown to everybody.

use super::curve::{expand, Scalar, G1, G2, G2_BYTES, SCALAR_BYTES};
use super::proof::{Claim, PROOF_BYTES};

pub const SHARES: u32 = 100;
pub const THRESHOLD: usize = 51;

const SHARE_BITS: usize = 7; // a share's number is at most 100

/// The secret that a member's shares are encrypted to, from its 32 secret bytes.
pub fn secret_key(secret: &[u8]) -> Scalar {
    Scalar::hash("key", &[secret])
}

pub fn public_key(secret: &Scalar) -> G1 {
    G1::generator().times(secret)
}

pub fn key_claim<'a>(context: &'a [u8], bases: &'a [&G1], powers: &'a [&G1]) -> Claim<'a> {
    Claim {
        purpose: "key-owner",
        context,
        bases,
        powers,
    }
}

fn ephemeral_claim<'a>(context: &'a [u8], bases: &'a [&G1], powers: &'a [&G1]) -> Claim<'a> {
    Claim {
        purpose: "ephemeral-owner",
        context,
        bases,
        powers,
    }
}

fn opening_claim<'a>(context: &'a [u8], bases: &'a [&G1], powers: &'a [&G1]) -> Claim<'a> {
    Claim {
        purpose: "opening",
        context,
        bases,
        powers,
    }
}

pub struct Recipient {
    pub key: G1,
    pub first: u32,
    pub count: u32,
}

pub struct Deal {
    pub commitments: Vec<u8>,
    pub ephemeral: Vec<u8>,
    pub proof: [u8; PROOF_BYTES],
    pub shares: Vec<u8>,
}

/// Everything follows from the arguments. The polynomial follows from the recipients too: a session
/// that a chain makes again with other members must not give anybody more shares of the same one.
pub fn deal(secret: &[u8], context: &[u8], recipients: &[Recipient]) -> Deal {
    let to: Vec<u8> = recipients
        .iter()
        .flat_map(|r| {
            let numbers = [r.first, r.count].map(u32::to_be_bytes).concat();
            [r.key.encode().to_vec(), numbers].concat()
        })
        .collect();
    let coefficients: Vec<Scalar> = (0..THRESHOLD as u64)
        .map(|k| Scalar::hash("coefficient", &[secret, context, &to, &k.to_be_bytes()]))
        .collect();
    let commitments = coefficients
        .iter()
        .flat_map(|c| G2::generator().times(c).encode());
    let ephemeral_secret = Scalar::hash("ephemeral", &[secret, context, &to]);
    let ephemeral = G1::generator().times(&ephemeral_secret);
    let mut shares = vec![0u8; SHARES as usize * SCALAR_BYTES];
    for recipient in recipients {
        let point = recipient.key.times(&ephemeral_secret).encode();
        for number in recipient.first..recipient.first + recipient.count {
            let share = value_at(&coefficients, number).encode();
            let place = (number as usize - 1) * SCALAR_BYTES;
            let pad = pad(&point, context, number);
            for i in 0..SCALAR_BYTES {
                shares[place + i] = share[i] ^ pad[i];
            }
        }
    }
    let proof =
        ephemeral_claim(context, &[&G1::generator()], &[&ephemeral]).prove(&ephemeral_secret);
    Deal {
        commitments: commitments.collect(),
        ephemeral: ephemeral.encode().to_vec(),
        proof,
        shares,
    }
}

/// Whoever copied another's ephemeral could have its victims open the other's pads: hence the proof
/// of knowledge.
pub fn is_sound(context: &[u8], commitments: &[u8], ephemeral: &[u8], proof: &[u8]) -> bool {
    let Some(ephemeral) = G1::decode(ephemeral) else {
        return false;
    };
    commitments.len() == THRESHOLD * G2_BYTES
        && ephemeral_claim(context, &[&G1::generator()], &[&ephemeral]).holds(proof)
        && commitments
            .chunks(G2_BYTES)
            .all(|c| G2::decode(c).is_some())
}

fn pad(point: &[u8], context: &[u8], number: u32) -> [u8; SCALAR_BYTES] {
    let mut out = [0u8; SCALAR_BYTES];
    expand("pad", &[point, context, &number.to_be_bytes()], &mut out);
    out
}

fn value_at(coefficients: &[Scalar], number: u32) -> Scalar {
    let x = Scalar::small(number.into());
    let zero = Scalar::small(0);
    coefficients
        .iter()
        .rev()
        .fold(zero, |sum, c| sum.times(&x).plus(c))
}

/// Commitments that were checked before.
pub fn decode_commitments(bytes: &[u8]) -> Option<Vec<G2>> {
    if bytes.len() != THRESHOLD * G2_BYTES {
        return None;
    }
    bytes
        .chunks(G2_BYTES)
        .map(G2::decode_checked_before)
        .collect()
}

/// The public key of a share: the polynomial in the exponent.
pub fn share_key(commitments: &[G2], number: u32) -> G2 {
    let x = Scalar::small(number.into());
    let mut sum = commitments[commitments.len() - 1].clone();
    for c in commitments[..commitments.len() - 1].iter().rev() {
        sum = sum.times_bits(&x, SHARE_BITS).plus(c);
    }
    sum
}

/// The holder's share by its opened point; nothing when it is no scalar.
pub fn unpad(point: &[u8], context: &[u8], number: u32, hidden: &[u8]) -> Option<Scalar> {
    let pad = pad(point, context, number);
    let mut bytes = [0u8; SCALAR_BYTES];
    for i in 0..SCALAR_BYTES {
        bytes[i] = hidden[i] ^ pad[i];
    }
    Scalar::decode(&bytes)
}

pub fn fits(share: &Scalar, commitments: &[G2], number: u32) -> bool {
    G2::generator().times(share).encode() == share_key(commitments, number).encode()
}

pub fn hidden_share(shares: &[u8], number: u32) -> Option<&[u8]> {
    let place = (number as usize).checked_sub(1)? * SCALAR_BYTES;
    shares.get(place..place + SCALAR_BYTES)
}

pub fn open_point(secret: &Scalar, ephemeral: &[u8]) -> Option<G1> {
    G1::decode(ephemeral).map(|r| r.times(secret))
}

pub fn prove_opening(secret: &Scalar, ephemeral: &G1, context: &[u8]) -> [u8; PROOF_BYTES] {
    let (key, point) = (public_key(secret), ephemeral.times(secret));
    opening_claim(context, &[&G1::generator(), ephemeral], &[&key, &point]).prove(secret)
}

pub struct Opening<'a> {
    pub key: &'a [u8],
    pub ephemeral: &'a [u8],
    pub point: &'a [u8],
    pub proof: &'a [u8],
    pub context: &'a [u8],
}

pub fn opening_holds(opening: &Opening) -> bool {
    let points = [opening.key, opening.ephemeral, opening.point].map(G1::decode);
    let [Some(key), Some(ephemeral), Some(point)] = points else {
        return false;
    };
    let (bases, powers) = ([&G1::generator(), &ephemeral], [&key, &point]);
    opening_claim(opening.context, &bases, &powers).holds(opening.proof)
}

/// Sums or differences, coefficient by coefficient; nothing when one becomes the identity, which
/// could not be told from a missing one.
pub fn combine(left: &[G2], right: &[G2]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(THRESHOLD * G2_BYTES);
    for (a, b) in left.iter().zip(right) {
        let sum = a.plus(b);
        if sum.is_identity() {
            return None;
        }
        out.extend_from_slice(&sum.encode());
    }
    Some(out)
}
