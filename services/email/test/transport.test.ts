import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { withContext } from "@boutique/rpc/context";
import { readSettings } from "@boutique/runtime/settings";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTransport, smtpUrl } from "../src/transport.ts";
import { openInbox } from "./inbox.ts";
import { order } from "./order.ts";
import { serve } from "./serve.ts";

const from = "Online Boutique <orders@boutique.example>";
const email = "someone@example.com";

const serveAt = (url: string, patience?: number) => serve(createTransport(url, from, patience));

/** A call with all the time there is. */
const patient = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
const mail = { to: email, subject: "", html: "", text: "" };

const failure = (call: Promise<unknown>) => call.then(() => undefined).catch((error) => error);

describe("by SMTP", () => {
  it("delivers a mail of two parts to the shopper alone", async () => {
    const inbox = await openInbox();
    const { client, sent } = await serveAt(inbox.url);

    await client.sendOrderConfirmation({ email, order });

    const [mail] = inbox.mails;
    expect(inbox.mails).toHaveLength(1);
    expect(mail).toMatchObject({ from: "orders@boutique.example", to: [email] });
    expect(mail?.head).toContain(`Subject: Your Online Boutique order ${order.orderId}`);
    expect(mail?.head).toContain(`From: ${from}`);
    expect(mail?.head).toContain(`To: ${email}`);
    expect(mail?.head).toContain("Auto-Submitted: auto-generated");
    expect(mail?.head).toContain("Content-Type: multipart/alternative");
    expect(Object.keys(mail?.parts ?? {})).toEqual(["text/plain", "text/html"]);
    expect(sent()).toHaveLength(1);
  });

  it.each(["text/plain", "text/html"])("says all in its part of %s", async (type) => {
    const inbox = await openInbox();
    const { client } = await serveAt(inbox.url);

    await client.sendOrderConfirmation({ email, order });

    const part = inbox.mails[0]?.parts[type];
    for (const fact of [order.orderId, order.shippingTrackingId, "CA$53.49", "CA$185.76", "Mountain View, CA 94043"]) {
      expect(part).toContain(fact);
    }
  });

  it("keeps signs that are not ASCII", async () => {
    const inbox = await openInbox();
    const { client } = await serveAt(inbox.url);

    const shippingCost = { currencyCode: "EUR", units: "7", nanos: 950_000_000 };
    await client.sendOrderConfirmation({ email, order: { ...order, items: [], shippingCost } });

    expect(inbox.mails[0]?.parts["text/plain"]).toContain("Total     €7.95");
    expect(inbox.mails[0]?.parts["text/html"]).toContain("€7.95");
  });

  it("logs in with what the URL says", async () => {
    const users: unknown[] = [];
    const inbox = await openInbox({
      authOptional: false,
      onAuth: ({ username, password }, _, done) => {
        users.push([username, password]);
        done(null, { user: username });
      },
    });
    const { client } = await serveAt(`smtp://shop:s%40cret@${inbox.host}`);

    await client.sendOrderConfirmation({ email, order });

    expect(users).toEqual([["shop", "s@cret"]]);
    expect(inbox.mails).toHaveLength(1);
  });

  it("lives on when its server refuses a shopper, and repeats neither address nor words", async () => {
    const inbox = await openInbox({
      onRcptTo: ({ address }, _, done) => done(address === email ? new Error(`no ${address} here`) : null),
    });
    const transport = createTransport(inbox.url, from);
    const { client } = await serve(transport);

    const { message, cause } = await failure(transport.send(mail, patient));

    expect(message).toBe("UNAVAILABLE: nothing was sent: mail cannot be sent now");
    expect(cause.message).toBe("SMTP failed: EENVELOPE 550");
    expect((await failure(client.sendOrderConfirmation({ email, order }))).message).toMatch(/^UNAVAILABLE/);
    expect(await client.sendOrderConfirmation({ email: "other@example.com", order })).toEqual({});
  });

  it("is refused with a wrong password, which is not repeated", async () => {
    const inbox = await openInbox({ authOptional: false, onAuth: (_, __, done) => done(new Error("wrong")) });
    const { send } = createTransport(`smtp://shop:s3cret@${inbox.host}`, from);

    const { message, cause } = await failure(send(mail, patient));

    expect(message).toBe("UNAVAILABLE: nothing was sent: mail cannot be sent now");
    expect(cause.message).toBe("SMTP failed: EAUTH 535");
  });

  it("is UNAVAILABLE while there is no server, and comes back with it", async () => {
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const { port } = gone.address() as AddressInfo;
    gone.close();
    const { client, sent } = await serveAt(`smtp://127.0.0.1:${port}`);

    const refusal = await failure(client.sendOrderConfirmation({ email, order }));
    const inbox = await openInbox({}, port);
    await client.sendOrderConfirmation({ email, order });

    expect(refusal.message).toMatch(/^UNAVAILABLE: [^0-9]+$/);
    expect(inbox.mails).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  it("does not wait for ever for a server that says nothing", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const { client } = await serveAt(`smtp://127.0.0.1:${port}`, 20);

    await expect(client.sendOrderConfirmation({ email, order })).rejects.toThrow("UNAVAILABLE");
  });
});

describe("a caller's time", () => {
  /** A mail server that never answers whom it asks about a sender; told of every connection and of its end. */
  async function openSlow() {
    const asked = Promise.withResolvers<() => void>();
    const ended = Promise.withResolvers<void>();
    let connections = 0;
    const inbox = await openInbox({
      onConnect: (_, done) => done(void connections++),
      onMailFrom: (_, __, done) => asked.resolve(() => done()),
      onClose: () => ended.resolve(),
    });
    return { inbox, asked: asked.promise, ended: ended.promise, connections: () => connections };
  }

  it("that is over begins nothing", async () => {
    const { inbox, connections } = await openSlow();

    const { message, cause } = await failure(
      createTransport(inbox.url, from).send(mail, { ...patient, deadline: Date.now() }),
    );

    expect(message).toBe("UNAVAILABLE: mail cannot be sent now");
    expect(cause.message).toBe("SMTP failed: the time was up");
    expect(connections()).toBe(0);
  });

  it("ends what has begun: a mail that is said not to be sent is not sent later", async () => {
    const { inbox, asked, ended } = await openSlow();

    const deadline = Date.now() + 500;
    const refusal = failure(createTransport(inbox.url, from).send(mail, { ...patient, deadline }));
    const goOn = await asked;
    const { cause } = await refusal;
    goOn();
    await ended;

    expect(cause.message).toBe("SMTP failed: the time was up");
    expect(inbox.mails).toEqual([]);
  });

  it("ends when they hang up", async () => {
    const { inbox, asked, ended } = await openSlow();
    const { client, sent } = await serveAt(inbox.url);
    const impatient = new AbortController();
    const caller = { ...patient, signal: impatient.signal, trace: {} };

    const refusal = withContext(caller, () => failure(client.sendOrderConfirmation({ email, order })));
    const goOn = await asked;
    impatient.abort();
    goOn();
    await ended;

    expect((await refusal).message).toMatch(/^CANCELLED/);
    expect([inbox.mails, sent()]).toEqual([[], []]);
  });
});

describe("the setting", () => {
  it.each(["smtp://mail.example.com", "smtp://user:s3cret@mail.example.com:587", "smtps://mail.example.com"])(
    "may be %s",
    (url) => {
      expect(readSettings({ SMTP_URL: smtpUrl }, { SMTP_URL: url })).toEqual({ SMTP_URL: url });
    },
  );

  it.each([
    ["mail.example.com", "SMTP_URL=mail.example.com is not an smtp:// or smtps:// URL"],
    ["http://mail.example.com", "SMTP_URL=http://mail.example.com is not an smtp:// or smtps:// URL"],
    ["smtp//user:s3cret@mail.example.com", "SMTP_URL (not shown) is not an smtp:// or smtps:// URL"],
  ])("is refused when it is %s", (url, words) => {
    expect(() => readSettings({ SMTP_URL: smtpUrl }, { SMTP_URL: url })).toThrow(new Error(words));
  });

  it("sends nothing anywhere when it is empty, and the event tells of it", async () => {
    const { client, sent } = await serveAt("");

    await client.sendOrderConfirmation({ email, order });

    expect(sent()).toMatchObject([{ domain: "example.com", order_id: order.orderId }]);
  });
});
