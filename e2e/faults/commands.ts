import { once } from "node:events";
import { connect } from "node:net";

const encode = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;

/** Gives Redis a command whose answer is a word or a number; rejects with what Redis says against it. */
export async function commandRedis(port: number, command: readonly string[], password?: string): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  const commands = [...(password ? [["AUTH", password]] : []), command];
  try {
    await once(socket, "connect");
    socket.write(commands.map(encode).join(""));
    let said = "";
    while (said.split("\r\n").length <= commands.length) said += String((await once(socket, "data"))[0]);
    const complaint = said.split("\r\n").find((line) => line.startsWith("-"));
    if (complaint) throw new Error(`Redis: ${complaint.slice(1)}`);
  } finally {
    socket.destroy();
  }
}
