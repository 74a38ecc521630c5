// Where things of the network are, and the key that lines to type name.
export const validatorHref = (operator: string) => `/network/validators/${operator}`;
export const stakeHref = (address: string) => `/network/staking/${address}`;
export const proposalHref = (id: string) => `/network/governance/${id}`;

/** What stands for the reader's own key in a line to type. */
export const KEY = "MYKEY";

export const line = (words: string) => `cambium ${words} --from ${KEY}`;
