import { RpcError } from "@boutique/rpc/error";

/** Why Redis failed, for the log: what it says, short of where it repeats the words of a command, a password perhaps. */
export const reasonOf = ({ message, code }: NodeJS.ErrnoException): string =>
  (message || String(code)).replace(/,? with args beginning with.*/s, "");

/** Whatever a store fails of, the caller learns that it is away; the log learns why. */
export const orAway = <T>(what: string, answer: Promise<T>): Promise<T> =>
  answer.catch((error) => {
    throw new RpcError("UNAVAILABLE", `${what} is away`, { cause: new Error(`Redis failed: ${reasonOf(error)}`) });
  });
