//! The beacon section of the C header, used as C would.

use cambium_native::beacon::curve::G1;
use cambium_native::beacon::*;
use cambium_native::ffi::{Slice, FALSE, INVALID, OK};

const SHARES: usize = 3200;
const COMMITMENTS: usize = 51 * 96;
const CONTEXT: &[u8] = b"a chain, a session, a dealer";

fn hex(text: &str) -> Vec<u8> {
    let byte = |i: usize| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap();
    (0..text.len() / 2).map(byte).collect()
}

fn slice(bytes: &[u8]) -> Slice {
    Slice {
        ptr: bytes.as_ptr(),
        len: bytes.len(),
    }
}

#[derive(Clone)]
struct Member {
    secret: [u8; 32],
    key: [u8; 48],
    first: u32,
    count: u32,
}

fn member(number: u8, first: u32, count: u32) -> Member {
    let mut m = Member {
        secret: [number; 32],
        key: [0; 48],
        first,
        count,
    };
    let mut proof = [0u8; 64];
    let mine = [number];
    unsafe {
        cn_beacon_key(
            slice(&m.secret),
            slice(&mine),
            m.key.as_mut_ptr(),
            proof.as_mut_ptr(),
        );
        assert_eq!(
            cn_beacon_owns_key(slice(&m.key), slice(&proof), slice(&mine)),
            OK
        );
        assert_eq!(
            cn_beacon_owns_key(slice(&m.key), slice(&proof), slice(b"other")),
            FALSE
        );
    }
    m
}

fn members() -> Vec<Member> {
    vec![member(1, 1, 50), member(2, 51, 30), member(3, 81, 20)]
}

#[derive(Clone)]
struct Deal {
    commitments: Vec<u8>,
    ephemeral: [u8; 48],
    proof: [u8; 64],
    shares: Vec<u8>,
}

impl Deal {
    fn by(secret: &[u8], to: &[Member]) -> Deal {
        let recipients: Vec<CRecipient> = to
            .iter()
            .map(|m| CRecipient {
                key: slice(&m.key),
                first: m.first,
                count: m.count,
            })
            .collect();
        let mut d = Deal {
            commitments: vec![0; COMMITMENTS],
            ephemeral: [0; 48],
            proof: [0; 64],
            shares: vec![0; SHARES],
        };
        let rc = unsafe {
            cn_beacon_deal(
                slice(secret),
                slice(CONTEXT),
                recipients.as_ptr(),
                recipients.len(),
                d.commitments.as_mut_ptr(),
                d.ephemeral.as_mut_ptr(),
                d.proof.as_mut_ptr(),
                d.shares.as_mut_ptr(),
            )
        };
        assert_eq!(rc, OK);
        d
    }

    fn view(&self) -> CDeal {
        CDeal {
            commitments: slice(&self.commitments),
            ephemeral: slice(&self.ephemeral),
            proof: slice(&self.proof),
            shares: slice(&self.shares),
            context: slice(CONTEXT),
        }
    }

    fn sound(&self) -> bool {
        unsafe { cn_beacon_is_sound(&self.view()) == OK }
    }

    fn open(&self, to: &Member) -> Option<Vec<[u8; 32]>> {
        let mut scalars = vec![[0u8; 32]; to.count as usize];
        let out = scalars.as_mut_ptr().cast();
        let rc =
            unsafe { cn_beacon_open(slice(&to.secret), &self.view(), to.first, to.count, out) };
        (rc == OK).then_some(scalars)
    }

    fn judged(&self, by: &Member, opener: &Member) -> i32 {
        let (mut point, mut proof) = ([0u8; 48], [0u8; 64]);
        let (secret, context) = (slice(&opener.secret), slice(CONTEXT));
        unsafe {
            let ephemeral = slice(&self.ephemeral);
            let (p, q) = (point.as_mut_ptr(), proof.as_mut_ptr());
            assert_eq!(cn_beacon_complain(secret, ephemeral, context, p, q), OK);
            let (key, point, proof) = (slice(&by.key), slice(&point), slice(&proof));
            cn_beacon_judge(&self.view(), key, point, proof, by.first, by.count)
        }
    }
}

fn sum(left: &[u8], right: &[u8], negate: u8) -> Option<Vec<u8>> {
    let mut out = vec![0u8; COMMITMENTS];
    let rc = unsafe { cn_beacon_sum(slice(left), slice(right), negate, out.as_mut_ptr()) };
    (rc == OK).then_some(out)
}

/// A group made by two dealers: its commitments and all its shares in order.
fn group() -> (Vec<u8>, Vec<[u8; 32]>) {
    let all = members();
    let deals = [Deal::by(&[7; 32], &all), Deal::by(&[8; 32], &all)];
    let shares_of =
        |d: &Deal| -> Vec<[u8; 32]> { all.iter().flat_map(|m| d.open(m).unwrap()).collect() };
    let (left, right) = (shares_of(&deals[0]), shares_of(&deals[1]));
    let mut shares = vec![[0u8; 32]; 100];
    for i in 0..100 {
        let (l, r) = (left[i].as_ptr(), right[i].as_ptr());
        assert_eq!(
            unsafe { cn_beacon_add_scalars(l, r, shares[i].as_mut_ptr()) },
            OK
        );
    }
    let first = sum(&[], &deals[0].commitments, 0).unwrap();
    (sum(&first, &deals[1].commitments, 0).unwrap(), shares)
}

fn sign(share: &[u8; 32], message: &[u8]) -> [u8; 48] {
    let mut out = [0u8; 48];
    let rc = unsafe { cn_beacon_sign(share.as_ptr(), slice(message), out.as_mut_ptr()) };
    assert_eq!(rc, OK);
    out
}

fn combine(partials: &[(u32, [u8; 48])]) -> Option<[u8; 48]> {
    let items: Vec<CPartial> = partials
        .iter()
        .map(|(number, s)| CPartial {
            number: *number,
            signature: s.as_ptr(),
        })
        .collect();
    let mut out = [0u8; 48];
    let rc = unsafe { cn_beacon_combine(items.as_ptr(), items.len(), out.as_mut_ptr()) };
    (rc == OK).then_some(out)
}

fn verify_partials(commitments: &[u8], message: &[u8], partials: &[(u32, [u8; 48])]) -> bool {
    let items: Vec<CPartial> = partials
        .iter()
        .map(|(number, s)| CPartial {
            number: *number,
            signature: s.as_ptr(),
        })
        .collect();
    let (c, m) = (slice(commitments), slice(message));
    unsafe { cn_beacon_verify_partials(c, m, items.as_ptr(), items.len()) == OK }
}

fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    unsafe { cn_beacon_verify(slice(key), slice(message), slice(signature)) == OK }
}

/// RFC 9380, J.9.1, with the suite's own domain.
#[test]
fn hashes_to_the_curve_as_published() {
    let dst = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
    let x = hex(concat!(
        "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4",
        "e8cf62d9c09db0fac349612b759e79a1"
    ));
    let mut point = G1::hash(b"", dst).encode();
    point[0] &= 0x1f; // flags of the compressed form
    assert_eq!(point.to_vec(), x);
}

/// Round 1000 of drand's public network "quicknet", which has the same cipher suite.
#[test]
fn verifies_what_another_beacon_published() {
    let key = hex(concat!(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c",
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb",
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ));
    let signature = hex(concat!(
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125",
        "e342b73a8dd2bacbe47e4b6b63ed5e39"
    ));
    // SHA-256 of the round as eight bytes.
    let message = hex("f652498d092acd949bad74e40683bf3824fb817980504a0c7e6722cfc5a9c0a3");
    assert!(verify(&key, &message, &signature));
    assert!(!verify(&key, &message[1..], &signature));
}

#[test]
fn any_51_shares_give_the_one_signature_and_50_give_none() {
    let (commitments, shares) = group();
    let message = b"round 7";
    let all: Vec<(u32, [u8; 48])> = (1..=100)
        .map(|i| (i, sign(&shares[i as usize - 1], message)))
        .collect();
    assert!(verify_partials(&commitments, message, &all));
    let signature = combine(&all[..51]).unwrap();
    assert!(verify(&commitments[..96], message, &signature));
    assert!(!verify(&commitments[..96], b"round 8", &signature));
    assert_eq!(combine(&all[49..]).unwrap(), signature);
    let every_second: Vec<_> = all.iter().step_by(2).chain(&all[1..2]).copied().collect();
    assert_eq!(combine(&every_second).unwrap(), signature);

    assert!(combine(&all[..50]).is_none());
    let mut twice = all[..50].to_vec();
    twice.push(all[0]);
    assert!(combine(&twice).is_none());
    // A guess for the 51st share gives another signature.
    twice[50] = (51, all[51].1);
    assert!(!verify(
        &commitments[..96],
        message,
        &combine(&twice).unwrap()
    ));
}

#[test]
fn wrong_partials_are_found_even_when_they_would_cancel_out() {
    let (commitments, shares) = group();
    let signed: Vec<(u32, [u8; 48])> = (1..=3)
        .map(|i| (i, sign(&shares[i as usize - 1], b"m")))
        .collect();
    assert!(verify_partials(&commitments, b"m", &signed));
    assert!(!verify_partials(&commitments, b"n", &signed));
    // The same sum, shared out otherwise.
    let [a, b] = [0, 1].map(|i: usize| G1::decode(&signed[i].1).unwrap());
    let shift = G1::of_message(b"shift");
    let mut forged = signed.clone();
    forged[0].1 = a.plus(&shift).encode();
    forged[1].1 = b.plus(&shift.negative()).encode();
    assert!(!verify_partials(&commitments, b"m", &forged));
    let mut zero = signed.clone();
    zero[0].0 = 0;
    assert!(!verify_partials(&commitments, b"m", &zero));
}

#[test]
fn a_good_deal_cannot_be_complained_about() {
    let all = members();
    let deal = Deal::by(&[7; 32], &all);
    assert!(deal.sound());
    assert_eq!(deal.judged(&all[1], &all[1]), FALSE);
    assert_eq!(deal.judged(&all[1], &all[2]), INVALID); // opened with another's secret
    assert_eq!(deal.shares, Deal::by(&[7; 32], &all).shares);
}

#[test]
fn one_bad_share_is_shown_to_everybody() {
    let all = members();
    let mut deal = Deal::by(&[7; 32], &all);
    deal.shares[59 * 32 + 5] ^= 1; // share 60, of the second member
    assert!(deal.sound());
    assert!(deal.open(&all[1]).is_none());
    assert!(deal.open(&all[0]).is_some());
    assert_eq!(deal.judged(&all[1], &all[1]), OK);
    assert_eq!(deal.judged(&all[0], &all[0]), FALSE);
}

#[test]
fn a_copied_ephemeral_or_a_point_outside_its_group_is_unsound() {
    let all = members();
    let deal = Deal::by(&[7; 32], &all);
    let mut copied = Deal::by(&[8; 32], &all);
    copied.ephemeral = deal.ephemeral;
    assert!(!copied.sound());
    for byte in [0, 96 * 50 + 95] {
        let mut broken = deal.clone();
        broken.commitments[byte] ^= 1;
        assert!(!broken.sound());
    }
    let mut infinite = deal.clone();
    infinite.commitments[..96].fill(0);
    infinite.commitments[0] = 0xc0;
    assert!(!infinite.sound());
    let mut short = deal;
    short.shares.pop();
    assert!(!short.sound());
}

/// On the curve, but not in the subgroup: x = 4 with the smaller y.
#[test]
fn small_subgroups_are_refused() {
    let mut outside = [0u8; 48];
    (outside[0], outside[47]) = (0x80, 4);
    assert!(G1::decode_checked_before(&outside).is_some());
    assert!(G1::decode(&outside).is_none());
    let (commitments, shares) = group();
    let mut signed = vec![(1, sign(&shares[0], b"m"))];
    signed[0].1 = outside;
    assert!(!verify_partials(&commitments, b"m", &signed));
}

#[test]
fn taking_a_deal_out_again_leaves_the_others() {
    let all = members();
    let [a, b] = [7, 8].map(|s| Deal::by(&[s; 32], &all).commitments);
    let both = sum(&a, &b, 0).unwrap();
    assert_eq!(sum(&both, &b, 1).unwrap(), a);
    assert!(sum(&a, &a, 1).is_none());
}
