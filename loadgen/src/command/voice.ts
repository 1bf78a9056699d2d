/** What a process says to people, a line or more at a time, through whatever is open for it. */
export interface Voice {
  say(words: string): void;
  /** Says it through something else from now on; without, plainly again. */
  through(speak?: (words: string) => void): void;
}

/** A voice that speaks on stdout. */
export function createVoice(): Voice {
  const plainly = (words: string) => console.log(words);
  let speak = plainly;
  return {
    say: (words) => speak(words),
    through(other = plainly) {
      speak = other;
    },
  };
}
