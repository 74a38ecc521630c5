//! BLS12-381 as the beacon uses it: small values over blst's C functions. Every decoded point is on
//! the curve, in the subgroup of prime order and not the identity.

use blst::*;

pub const G1_BYTES: usize = 48;
pub const G2_BYTES: usize = 96;
pub const SCALAR_BYTES: usize = 32;

/// Of the published cipher suite with signatures in G1, so that any library of it can check ours.
const SIGNATURE_DST: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// An integer modulo the groups' order. It wipes itself.
#[derive(Clone)]
pub struct Scalar(blst_scalar);

impl Scalar {
    pub fn small(value: u64) -> Scalar {
        let mut out = blst_scalar::default();
        out.b[..8].copy_from_slice(&value.to_le_bytes());
        Scalar(out)
    }

    /// 48 uniform bytes reduced, so that the bias is below 2^-128.
    pub fn hash(purpose: &str, parts: &[&[u8]]) -> Scalar {
        let mut wide = [0u8; 48];
        expand(purpose, parts, &mut wide);
        let mut out = blst_scalar::default();
        unsafe { blst_scalar_from_be_bytes(&mut out, wide.as_ptr(), wide.len()) };
        Scalar(out)
    }

    /// Big endian, below the order.
    pub fn decode(bytes: &[u8]) -> Option<Scalar> {
        if bytes.len() != SCALAR_BYTES {
            return None;
        }
        let mut out = blst_scalar::default();
        unsafe { blst_scalar_from_bendian(&mut out, bytes.as_ptr()) };
        unsafe { blst_scalar_fr_check(&out) }.then_some(Scalar(out))
    }

    pub fn encode(&self) -> [u8; SCALAR_BYTES] {
        let mut out = self.0.b;
        out.reverse();
        out
    }

    pub fn is_zero(&self) -> bool {
        self.0.b == [0; SCALAR_BYTES]
    }

    fn fr(&self) -> blst_fr {
        let mut out = blst_fr::default();
        unsafe { blst_fr_from_scalar(&mut out, &self.0) };
        out
    }

    fn from_fr(value: &blst_fr) -> Scalar {
        let mut out = blst_scalar::default();
        unsafe { blst_scalar_from_fr(&mut out, value) };
        Scalar(out)
    }

    fn combine(
        &self,
        other: &Scalar,
        f: unsafe extern "C" fn(*mut blst_fr, *const blst_fr, *const blst_fr),
    ) -> Scalar {
        let mut out = blst_fr::default();
        unsafe { f(&mut out, &self.fr(), &other.fr()) };
        Scalar::from_fr(&out)
    }

    pub fn plus(&self, other: &Scalar) -> Scalar {
        self.combine(other, blst_fr_add)
    }
    pub fn minus(&self, other: &Scalar) -> Scalar {
        self.combine(other, blst_fr_sub)
    }
    pub fn times(&self, other: &Scalar) -> Scalar {
        self.combine(other, blst_fr_mul)
    }
    pub fn inverse(&self) -> Scalar {
        let mut out = blst_fr::default();
        unsafe { blst_fr_eucl_inverse(&mut out, &self.fr()) };
        Scalar::from_fr(&out)
    }
}

/// Bytes from SHA-256 by RFC 9380's expansion; each part goes in with its length.
pub fn expand(purpose: &str, parts: &[&[u8]], out: &mut [u8]) {
    let mut message = Vec::new();
    for part in parts {
        message.extend_from_slice(&(part.len() as u64).to_be_bytes());
        message.extend_from_slice(part);
    }
    let dst = format!("cambium/beacon/v1/{purpose}");
    unsafe {
        blst_expand_message_xmd(
            out.as_mut_ptr(),
            out.len(),
            message.as_ptr(),
            message.len(),
            dst.as_ptr(),
            dst.len(),
        );
    }
}

/// One group's operations over its projective and affine points.
macro_rules! group {
    ($name:ident, $point:ty, $affine:ty, $bytes:expr, $generator:ident, $mult:ident, $add:ident,
     $cneg:ident, $compress:ident, $uncompress:ident, $in_group:ident, $affine_inf:ident,
     $is_inf:ident, $from_affine:ident, $to_affine:ident) => {
        #[derive(Clone, Default)]
        pub struct $name(pub(super) $point);

        impl $name {
            pub fn generator() -> $name {
                $name(unsafe { *$generator() })
            }

            pub fn decode(bytes: &[u8]) -> Option<$name> {
                let affine = Self::on_curve(bytes)?;
                unsafe { $in_group(&affine) }.then(|| Self::from_affine(&affine))
            }

            /// Without the subgroup check: for bytes that passed `decode` before, such as state.
            pub fn decode_checked_before(bytes: &[u8]) -> Option<$name> {
                Self::on_curve(bytes).map(|affine| Self::from_affine(&affine))
            }

            fn on_curve(bytes: &[u8]) -> Option<$affine> {
                let mut affine = <$affine>::default();
                let fits = bytes.len() == $bytes
                    && unsafe { $uncompress(&mut affine, bytes.as_ptr()) }
                        == BLST_ERROR::BLST_SUCCESS
                    && !unsafe { $affine_inf(&affine) };
                fits.then_some(affine)
            }

            fn from_affine(affine: &$affine) -> $name {
                let mut out = <$point>::default();
                unsafe { $from_affine(&mut out, affine) };
                $name(out)
            }

            pub(super) fn affine(&self) -> $affine {
                let mut out = <$affine>::default();
                unsafe { $to_affine(&mut out, &self.0) };
                out
            }

            pub fn encode(&self) -> [u8; $bytes] {
                let mut out = [0u8; $bytes];
                unsafe { $compress(out.as_mut_ptr(), &self.0) };
                out
            }

            pub fn is_identity(&self) -> bool {
                unsafe { $is_inf(&self.0) }
            }

            pub fn times(&self, scalar: &Scalar) -> $name {
                self.times_bits(scalar, 255)
            }

            /// For scalars known to be below 2^bits.
            pub fn times_bits(&self, scalar: &Scalar, bits: usize) -> $name {
                let mut out = <$point>::default();
                unsafe { $mult(&mut out, &self.0, scalar.0.b.as_ptr(), bits) };
                $name(out)
            }

            pub fn plus(&self, other: &$name) -> $name {
                let mut out = <$point>::default();
                unsafe { $add(&mut out, &self.0, &other.0) };
                $name(out)
            }

            pub fn negative(&self) -> $name {
                let mut out = self.clone();
                unsafe { $cneg(&mut out.0, true) };
                out
            }
        }
    };
}

group!(
    G1,
    blst_p1,
    blst_p1_affine,
    G1_BYTES,
    blst_p1_generator,
    blst_p1_mult,
    blst_p1_add_or_double,
    blst_p1_cneg,
    blst_p1_compress,
    blst_p1_uncompress,
    blst_p1_affine_in_g1,
    blst_p1_affine_is_inf,
    blst_p1_is_inf,
    blst_p1_from_affine,
    blst_p1_to_affine
);
group!(
    G2,
    blst_p2,
    blst_p2_affine,
    G2_BYTES,
    blst_p2_generator,
    blst_p2_mult,
    blst_p2_add_or_double,
    blst_p2_cneg,
    blst_p2_compress,
    blst_p2_uncompress,
    blst_p2_affine_in_g2,
    blst_p2_affine_is_inf,
    blst_p2_is_inf,
    blst_p2_from_affine,
    blst_p2_to_affine
);

impl G1 {
    /// RFC 9380's hash to the curve.
    pub fn hash(message: &[u8], dst: &[u8]) -> G1 {
        let mut out = blst_p1::default();
        unsafe {
            blst_hash_to_g1(
                &mut out,
                message.as_ptr(),
                message.len(),
                dst.as_ptr(),
                dst.len(),
                std::ptr::null(),
                0,
            );
        }
        G1(out)
    }

    pub fn of_message(message: &[u8]) -> G1 {
        G1::hash(message, SIGNATURE_DST)
    }
}

/// e(left, key) == e(right, generator of G2).
pub fn same_pairing(left: &G1, key: &G2, right: &G1) -> bool {
    let by_key = blst_fp12::miller_loop(&key.affine(), &left.affine());
    let by_generator = blst_fp12::miller_loop(&G2::generator().affine(), &right.affine());
    blst_fp12::finalverify(&by_key, &by_generator)
}
