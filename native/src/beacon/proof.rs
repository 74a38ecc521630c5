//! Knowledge of a discrete logarithm (Schnorr, 1989), and equality of two (Chaum and Pedersen,
//! 1992), made non-interactive by hashing everything that is claimed (Fiat and Shamir, 1986).

use super::curve::{Scalar, G1, SCALAR_BYTES};

pub const PROOF_BYTES: usize = 2 * SCALAR_BYTES;

/// `powers[i] = bases[i]^x`, for one x.
pub struct Claim<'a> {
    pub purpose: &'a str,
    pub context: &'a [u8],
    pub bases: &'a [&'a G1],
    pub powers: &'a [&'a G1],
}

impl Claim<'_> {
    fn challenge(&self, commitments: &[G1]) -> Scalar {
        let mut parts = vec![self.context.to_vec()];
        let points = self.bases.iter().chain(self.powers).copied();
        parts.extend(points.chain(commitments).map(|p| p.encode().to_vec()));
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Scalar::hash(&format!("{}/challenge", self.purpose), &parts)
    }

    /// The nonce follows from the secret and the claim: the same claim gives the same proof, and
    /// another never shares its nonce.
    pub fn prove(&self, x: &Scalar) -> [u8; PROOF_BYTES] {
        let mut parts = vec![x.encode().to_vec(), self.context.to_vec()];
        let points = self.bases.iter().chain(self.powers);
        parts.extend(points.map(|p| p.encode().to_vec()));
        let slices: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let nonce = Scalar::hash(&format!("{}/nonce", self.purpose), &slices);
        let commitments: Vec<G1> = self.bases.iter().map(|b| b.times(&nonce)).collect();
        let challenge = self.challenge(&commitments);
        let answer = nonce.minus(&challenge.times(x));
        let mut out = [0u8; PROOF_BYTES];
        out[..SCALAR_BYTES].copy_from_slice(&challenge.encode());
        out[SCALAR_BYTES..].copy_from_slice(&answer.encode());
        out
    }

    pub fn holds(&self, proof: &[u8]) -> bool {
        if proof.len() != PROOF_BYTES {
            return false;
        }
        let challenge = Scalar::decode(&proof[..SCALAR_BYTES]);
        let answer = Scalar::decode(&proof[SCALAR_BYTES..]);
        let (Some(challenge), Some(answer)) = (challenge, answer) else {
            return false;
        };
        let commitments: Vec<G1> = self
            .bases
            .iter()
            .zip(self.powers)
            .map(|(base, power)| base.times(&answer).plus(&power.times(&challenge)))
            .collect();
        self.challenge(&commitments).encode() == challenge.encode()
    }
}
