//! The randomness beacon's threshold signatures on BLS12-381, as C functions.

pub mod curve;
pub mod proof;
pub mod sharing;
pub mod signing;

use crate::ffi::{array, Slice, FALSE, INVALID, OK};
use curve::{Scalar, G1, SCALAR_BYTES};
use sharing::{Opening, Recipient, SHARES};
use signing::Partial;
use std::ptr::copy_nonoverlapping;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct CRecipient {
    pub key: Slice,
    pub first: u32,
    pub count: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct CDeal {
    pub commitments: Slice,
    pub ephemeral: Slice,
    pub proof: Slice,
    pub shares: Slice,
    pub context: Slice,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct CPartial {
    pub number: u32,
    pub signature: *const u8,
}

unsafe fn put(bytes: &[u8], out: *mut u8) {
    copy_nonoverlapping(bytes.as_ptr(), out, bytes.len());
}

fn answer(yes: bool) -> i32 {
    if yes {
        OK
    } else {
        FALSE
    }
}

fn range_fits(first: u32, count: u32) -> bool {
    first >= 1 && count <= SHARES && first - 1 <= SHARES - count
}

unsafe fn partials<'a>(items: *const CPartial, count: usize) -> Vec<Partial<'a>> {
    let read = |p: &CPartial| Partial {
        number: p.number,
        signature: std::slice::from_raw_parts(p.signature, curve::G1_BYTES),
    };
    array(items, count).iter().map(read).collect()
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_key(
    secret: Slice,
    context: Slice,
    key: *mut u8,
    proof: *mut u8,
) {
    let secret = sharing::secret_key(secret.bytes());
    let public = sharing::public_key(&secret);
    let claim = sharing::key_claim(context.bytes(), &[&G1::generator()], &[&public]).prove(&secret);
    put(&public.encode(), key);
    put(&claim, proof);
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_owns_key(key: Slice, proof: Slice, context: Slice) -> i32 {
    let Some(key) = G1::decode(key.bytes()) else {
        return FALSE;
    };
    let claim =
        sharing::key_claim(context.bytes(), &[&G1::generator()], &[&key]).holds(proof.bytes());
    answer(claim)
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_deal(
    secret: Slice,
    context: Slice,
    recipients: *const CRecipient,
    count: usize,
    commitments: *mut u8,
    ephemeral: *mut u8,
    proof: *mut u8,
    shares: *mut u8,
) -> i32 {
    let mut to = Vec::new();
    for r in array(recipients, count) {
        let Some(key) = G1::decode(r.key.bytes()).filter(|_| range_fits(r.first, r.count)) else {
            return INVALID;
        };
        to.push(Recipient {
            key,
            first: r.first,
            count: r.count,
        });
    }
    let deal = sharing::deal(secret.bytes(), context.bytes(), &to);
    put(&deal.commitments, commitments);
    put(&deal.ephemeral, ephemeral);
    put(&deal.proof, proof);
    put(&deal.shares, shares);
    OK
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_is_sound(deal: *const CDeal) -> i32 {
    let deal = *deal;
    let sized = deal.shares.bytes().len() == SHARES as usize * SCALAR_BYTES;
    answer(
        sized
            && sharing::is_sound(
                deal.context.bytes(),
                deal.commitments.bytes(),
                deal.ephemeral.bytes(),
                deal.proof.bytes(),
            ),
    )
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_sum(left: Slice, right: Slice, negate: u8, out: *mut u8) -> i32 {
    let Some(mut right) = sharing::decode_commitments(right.bytes()) else {
        return FALSE;
    };
    if negate != 0 {
        right = right.iter().map(|p| p.negative()).collect();
    }
    let left = match left.bytes() {
        [] => Some(right.iter().map(|_| curve::G2::default()).collect()),
        bytes => sharing::decode_commitments(bytes),
    };
    match left.and_then(|left| sharing::combine(&left, &right)) {
        Some(sum) => {
            put(&sum, out);
            OK
        }
        None => FALSE,
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_open(
    secret: Slice,
    deal: *const CDeal,
    first: u32,
    count: u32,
    scalars: *mut u8,
) -> i32 {
    let deal = *deal;
    let secret = sharing::secret_key(secret.bytes());
    let commitments = match deal.commitments.bytes() {
        [] => None,
        bytes => match sharing::decode_commitments(bytes) {
            Some(points) => Some(points),
            None => return FALSE,
        },
    };
    let point = sharing::open_point(&secret, deal.ephemeral.bytes());
    let Some(point) = point.filter(|_| range_fits(first, count)) else {
        return FALSE;
    };
    let (point, context) = (point.encode(), deal.context.bytes());
    for number in first..first + count {
        let hidden = sharing::hidden_share(deal.shares.bytes(), number);
        let share = hidden.and_then(|h| sharing::unpad(&point, context, number, h));
        let fits = |s: &Scalar| {
            commitments
                .as_ref()
                .is_none_or(|c| sharing::fits(s, c, number))
        };
        let Some(share) = share.filter(fits) else {
            return FALSE;
        };
        put(
            &share.encode(),
            scalars.add((number - first) as usize * SCALAR_BYTES),
        );
    }
    OK
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_complain(
    secret: Slice,
    ephemeral: Slice,
    context: Slice,
    point: *mut u8,
    proof: *mut u8,
) -> i32 {
    let secret = sharing::secret_key(secret.bytes());
    let Some(ephemeral) = G1::decode(ephemeral.bytes()) else {
        return INVALID;
    };
    put(&ephemeral.times(&secret).encode(), point);
    put(
        &sharing::prove_opening(&secret, &ephemeral, context.bytes()),
        proof,
    );
    OK
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_judge(
    deal: *const CDeal,
    key: Slice,
    point: Slice,
    proof: Slice,
    first: u32,
    count: u32,
) -> i32 {
    let deal = *deal;
    let opening = Opening {
        key: key.bytes(),
        ephemeral: deal.ephemeral.bytes(),
        point: point.bytes(),
        proof: proof.bytes(),
        context: deal.context.bytes(),
    };
    let commitments = sharing::decode_commitments(deal.commitments.bytes());
    let Some(commitments) = commitments.filter(|_| range_fits(first, count)) else {
        return INVALID;
    };
    if !sharing::opening_holds(&opening) {
        return INVALID;
    }
    let good = (first..first + count).all(|number| {
        sharing::hidden_share(deal.shares.bytes(), number)
            .and_then(|h| sharing::unpad(opening.point, opening.context, number, h))
            .is_some_and(|s| sharing::fits(&s, &commitments, number))
    });
    // The question was whether the shares are bad.
    answer(!good)
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_add_scalars(
    left: *const u8,
    right: *const u8,
    out: *mut u8,
) -> i32 {
    let read = |p| Scalar::decode(std::slice::from_raw_parts(p, SCALAR_BYTES));
    match (read(left), read(right)) {
        (Some(left), Some(right)) => {
            put(&left.plus(&right).encode(), out);
            OK
        }
        _ => INVALID,
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_sign(
    scalar: *const u8,
    message: Slice,
    signature: *mut u8,
) -> i32 {
    let share = Scalar::decode(std::slice::from_raw_parts(scalar, SCALAR_BYTES));
    let Some(share) = share.filter(|s| !s.is_zero()) else {
        return INVALID;
    };
    put(&signing::sign(&share, message.bytes()).encode(), signature);
    OK
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_verify(key: Slice, message: Slice, signature: Slice) -> i32 {
    answer(signing::verify(
        key.bytes(),
        message.bytes(),
        signature.bytes(),
    ))
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_verify_partials(
    commitments: Slice,
    message: Slice,
    items: *const CPartial,
    count: usize,
) -> i32 {
    let items = partials(items, count);
    answer(signing::verify_partials(
        commitments.bytes(),
        message.bytes(),
        &items,
    ))
}

#[no_mangle]
pub unsafe extern "C" fn cn_beacon_combine(
    items: *const CPartial,
    count: usize,
    signature: *mut u8,
) -> i32 {
    match signing::combine(&partials(items, count)) {
        Some(group) => {
            put(&group.encode(), signature);
            OK
        }
        None => FALSE,
    }
}
