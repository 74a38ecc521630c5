//! The Ed25519 section of the C header, used as C would.

use cambium_native::ed25519::{cn_ed25519_verify, cn_ed25519_verify_batch, Item};
use cambium_native::ffi::{Slice, FALSE, OK};
use ed25519_zebra::{SigningKey, VerificationKey};
use std::ptr::null_mut;

struct Signed {
    key: [u8; 32],
    signature: [u8; 64],
    message: Vec<u8>,
}

impl Signed {
    fn by(seed: u8, message: &[u8]) -> Signed {
        let key = SigningKey::from([seed; 32]);
        let signature = key.sign(message).to_bytes();
        let key = VerificationKey::from(&key).into();
        Signed {
            key,
            signature,
            message: message.to_vec(),
        }
    }

    fn item(&self) -> Item {
        let message = Slice {
            ptr: self.message.as_ptr(),
            len: self.message.len(),
        };
        Item {
            public_key: self.key.as_ptr(),
            signature: self.signature.as_ptr(),
            message,
        }
    }

    fn valid(&self) -> bool {
        unsafe { cn_ed25519_verify(&self.item()) == OK }
    }
}

fn many(count: usize) -> Vec<Signed> {
    (0..count)
        .map(|i| Signed::by((i % 50) as u8, &i.to_le_bytes()))
        .collect()
}

/// The result, the verdicts and the first bad index.
fn batch(signed: &[Signed]) -> (i32, Vec<bool>, usize) {
    let items: Vec<Item> = signed.iter().map(Signed::item).collect();
    let (mut valid, mut first) = (vec![7u8; items.len()], usize::MAX);
    let (p, n) = (items.as_ptr(), items.len());
    let rc = unsafe { cn_ed25519_verify_batch(p, n, valid.as_mut_ptr(), &mut first) };
    (rc, valid.into_iter().map(|v| v == 1).collect(), first)
}

#[test]
fn one_signature() {
    let good = Signed::by(1, b"hello");
    assert!(good.valid());
    for bit in [0, 300, 511] {
        let mut bad = Signed::by(1, b"hello");
        bad.signature[bit / 8] ^= 1 << (bit % 8);
        assert!(!bad.valid(), "bit {bit}");
    }
    assert!(!Signed {
        message: b"hellp".to_vec(),
        ..good
    }
    .valid());
}

#[test]
fn a_batch_names_exactly_the_bad_ones() {
    assert_eq!(batch(&[]).0, OK);
    assert_eq!(batch(&many(100)), (OK, vec![true; 100], usize::MAX));
    let mut signed = many(100);
    for bad in [17, 64, 99] {
        signed[bad].message.push(0);
    }
    let (rc, valid, first) = batch(&signed);
    assert_eq!((rc, first), (FALSE, 17));
    let bad: Vec<usize> = (0..100).filter(|i| !valid[*i]).collect();
    assert_eq!(bad, [17, 64, 99]);
    let items: Vec<Item> = signed.iter().map(Signed::item).collect();
    assert_eq!(
        unsafe { cn_ed25519_verify_batch(&items[0], 100, null_mut(), null_mut()) },
        FALSE
    );
}

/// The 8 points of small order in all their encodings, canonical or not, accept s = 0 under
/// ZIP-215: libraries that check without the cofactor refuse most of them.
#[test]
fn zip215_accepts_small_order_points_alone_and_in_batches() {
    let point = |text: &str| -> [u8; 32] {
        let byte = |i: usize| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap();
        std::array::from_fn(byte)
    };
    let points = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    let mut signed = Vec::new();
    for key in points.map(point) {
        for r in points.map(point) {
            let mut signature = [0u8; 64];
            signature[..32].copy_from_slice(&r);
            signed.push(Signed {
                key,
                signature,
                message: b"Zcash".to_vec(),
            });
        }
    }
    assert!(signed.iter().all(Signed::valid));
    assert_eq!(batch(&signed).0, OK);
}

#[test]
fn a_key_that_is_no_point_is_refused() {
    let mut bad = Signed::by(1, b"m");
    bad.key = [0x02; 32];
    bad.key[0] = 2;
    bad.key[1..].fill(0);
    assert!(!bad.valid());
    assert_eq!(batch(&[Signed::by(1, b"m"), bad]).2, 1);
}
