// The common coins: what they are promised to, and how that goes.
import { question } from "./consensus.ts";

export interface Book {
  account: string;
  balance_ucbm: string;
  free_ucbm: string;
  book: { promised_ucbm: string; paid_ucbm: string; held_ucbm: string };
}

export interface Stream {
  to: string;
  amount_ucbm: string;
  paid_ucbm: string;
  start_ms: string;
  end_ms: string;
  purpose: string;
}

export interface Milestone {
  milestone: { title: string; amount_ucbm: string; due_ms: string };
  status: string;
  approvals?: string[];
}

export interface Grant {
  to: string;
  purpose: string;
  milestones?: Milestone[];
  reviewers?: string[];
  needed: number;
}

export interface Bounty {
  title: string;
  terms: string;
  amount_ucbm: string;
  deadline_ms: string;
  reviewers?: string[];
  needed: number;
  status: string;
  winner: string;
  submissions: number;
  open_disputes: number;
}

export interface Dispute {
  bounty: string;
  claimant: string;
  reason: string;
  status: string;
  round: number;
  seats: number;
  panel?: string[];
  for_claimant?: string[];
  against?: string[];
  claimant_won: boolean;
  due_ms: string;
  deposit_ucbm: string;
}

export interface Treasury {
  book: Book;
  streams: { id: string; stream: Stream }[];
  grants: { id: string; grant: Grant }[];
  bounties: { id: string; bounty: Bounty }[];
  disputes: { id: string; dispute: Dispute }[];
}

export async function getTreasury(signal: AbortSignal): Promise<Treasury> {
  const list = async <T>(name: string) =>
    (await question<{ items?: T[] }>(`treasury/${name}?limit=100`, signal)).items ?? [];
  const [book, streams, grants, bounties, disputes] = await Promise.all([
    question<Book>("treasury/book", signal),
    list<Treasury["streams"][number]>("streams"),
    list<Treasury["grants"][number]>("grants"),
    list<Treasury["bounties"][number]>("bounties"),
    list<Treasury["disputes"][number]>("disputes"),
  ]);
  return { book, streams, grants, bounties, disputes };
}
