import { loadAsWritten } from "@boutique/contract/proto";
import {
  type ServerDuplexStream,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { Addition } from "./server.ts";

const paths = ["v1", "v1alpha"].map((version) => `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`);

type Stream = ServerDuplexStream<Buffer, Buffer>;
type Reflector = (stream: Stream) => void;

/**
 * Server reflection for some services. It is made when it is first asked for: making it costs 17 ms of each start, and
 * few starts need it.
 */
export function createReflection(services: readonly string[]): Addition {
  let reflectors: Promise<Map<string, Reflector>> | undefined;
  const answer = (path: string) => async (stream: Stream) => {
    try {
      reflectors ??= load(services);
      (await reflectors).get(path)?.(stream);
    } catch {
      reflectors = undefined;
      stream.emit("error", { code: status.INTERNAL, details: "reflection cannot be made" });
    }
  };
  const asTheyAre = (bytes: Buffer) => bytes;
  return {
    addToServer(server) {
      for (const path of paths) server.register(path, answer(path), asTheyAre, asTheyAre, "bidi");
    },
  };
}

/** Has the library add itself to no server, and keeps what it would have added, by path. */
async function load(services: readonly string[]): Promise<Map<string, Reflector>> {
  const { ReflectionService } = await import("@grpc/reflection");
  const reflectors = new Map<string, Reflector>();
  const collector = {
    addService(service: ServiceDefinition, { ServerReflectionInfo: handle }: UntypedServiceImplementation) {
      const rpc = service.ServerReflectionInfo;
      if (rpc)
        reflectors.set(rpc.path, (stream) => Reflect.apply(handle as Reflector, undefined, [decoded(stream, rpc)]));
    },
  };
  new ReflectionService(loadAsWritten(), { services: [...services] }).addToServer(collector as never);
  return reflectors;
}

/**
 * A stream of bytes as the stream of messages that the library's handler takes. Bytes that are no message end the
 * stream, not the process: nobody above a listener would catch what is thrown in it.
 */
function decoded(stream: Stream, { requestDeserialize, responseSerialize }: ServiceDefinition[string]) {
  const answered = (listener: (message?: unknown) => void) => (bytes: Buffer) => {
    try {
      listener(requestDeserialize(bytes));
    } catch {
      stream.emit("error", { code: status.INVALID_ARGUMENT, details: "not a reflection request" });
    }
  };
  return {
    on: (event: string, listener: (message?: unknown) => void) =>
      stream.on(event, event === "data" ? answered(listener) : listener),
    write: (message: unknown) => stream.write(responseSerialize(message)),
    end: () => stream.end(),
  };
}
