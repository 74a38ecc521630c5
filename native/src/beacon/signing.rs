//! Signatures by shares and by the group (Boldyreva, 2003): a share signs as a key of its own, and
//! any THRESHOLD of them give the group's one signature by interpolation.

use super::curve::{same_pairing, Scalar, G1, G2, G2_BYTES};
use super::sharing::{decode_commitments, SHARES, THRESHOLD};

pub struct Partial<'a> {
    pub number: u32,
    pub signature: &'a [u8],
}

pub fn sign(share: &Scalar, message: &[u8]) -> G1 {
    G1::of_message(message).times(share)
}

pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    match (G2::decode(key), G1::decode(signature)) {
        (Some(key), Some(signature)) => same_pairing(&G1::of_message(message), &key, &signature),
        _ => false,
    }
}

pub fn group_key(commitments: &[u8]) -> Option<&[u8]> {
    (commitments.len() == THRESHOLD * G2_BYTES).then(|| &commitments[..G2_BYTES])
}

fn numbers_are_fine(partials: &[Partial]) -> bool {
    let mut seen = [false; SHARES as usize + 1];
    partials.iter().all(|p| {
        let fine = (1..=SHARES).contains(&p.number) && !seen[p.number as usize];
        if fine {
            seen[p.number as usize] = true;
        }
        fine
    })
}

/// All at once, weighted by a hash of everything, so that errors cannot cancel out. The weighted
/// sum of share keys is one sum over the commitments, whose weights are sums of powers.
pub fn verify_partials(commitments: &[u8], message: &[u8], partials: &[Partial]) -> bool {
    let Some(commitments) = decode_commitments(commitments) else {
        return false;
    };
    let signatures: Option<Vec<G1>> = partials.iter().map(|p| G1::decode(p.signature)).collect();
    let Some(signatures) = signatures.filter(|_| numbers_are_fine(partials)) else {
        return false;
    };
    let all: Vec<u8> = partials.iter().flat_map(|p| p.signature.to_vec()).collect();
    let weights: Vec<Scalar> = partials
        .iter()
        .map(|p| Scalar::hash("weight", &[message, &all, &p.number.to_be_bytes()]))
        .collect();
    let sum = signatures
        .iter()
        .zip(&weights)
        .fold(G1::default(), |sum, (s, w)| sum.plus(&s.times(w)));
    let mut powers = weights;
    let mut key = G2::default();
    for commitment in &commitments {
        let weight = powers.iter().fold(Scalar::small(0), |sum, p| sum.plus(p));
        key = key.plus(&commitment.times(&weight));
        for (power, partial) in powers.iter_mut().zip(partials) {
            *power = power.times(&Scalar::small(partial.number.into()));
        }
    }
    if key.is_identity() || sum.is_identity() {
        return key.is_identity() && sum.is_identity();
    }
    same_pairing(&G1::of_message(message), &key, &sum)
}

/// Lagrange's interpolation at zero over the first THRESHOLD of them.
pub fn combine(partials: &[Partial]) -> Option<G1> {
    let used = partials.get(..THRESHOLD)?;
    if !numbers_are_fine(used) {
        return None;
    }
    let mut sum = G1::default();
    for partial in used {
        let x = Scalar::small(partial.number.into());
        let mut above = Scalar::small(1);
        let mut below = Scalar::small(1);
        for other in used.iter().filter(|o| o.number != partial.number) {
            let y = Scalar::small(other.number.into());
            above = above.times(&y);
            below = below.times(&y.minus(&x));
        }
        let weight = above.times(&below.inverse());
        sum = sum.plus(&G1::decode(partial.signature)?.times(&weight));
    }
    (!sum.is_identity()).then_some(sum)
}
