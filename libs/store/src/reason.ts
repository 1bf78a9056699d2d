/** Why Redis failed, for the log: what it says, short of where it repeats the words of a command, a password perhaps. */
export const reasonOf = ({ message, code }: NodeJS.ErrnoException): string =>
  (message || String(code)).replace(/,? with args beginning with.*/s, "");
