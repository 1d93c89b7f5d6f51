import {
  Server as GrpcServer,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { Environment, Provider } from "./provider";
import { serviceOf } from "./service";

/**
 * serve answers on a unix socket until the returned function is called. Every connection has a provider of its own,
 * as if the engine had started a process: two stacks that run at once are configured for different clusters.
 */
export async function serve(
  provider: Provider,
  environment: Environment,
  socket: string,
): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const listener = createServer((connection) => {
    open.add(connection);
    const server = answering(provider, environment);
    connection.once("close", () => {
      open.delete(connection);
      server.forceShutdown();
    });
    server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  });
  listener.listen(socket);
  await once(listener, "listening");
  return async () => {
    const closed = once(listener, "close");
    listener.close();
    for (const connection of open) connection.destroy();
    await closed;
  };
}

function answering(provider: Provider, environment: Environment): GrpcServer {
  const server = new GrpcServer({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const service = serviceOf(provider, environment);
  server.addService(health, { Check: unary(() => ({ status: "SERVING" })) });
  server.addService(pluginProtocol, {
    GetProviderSchema: unary(service.schema),
    ValidateProviderConfig: unary(() => ({ diagnostics: [] })),
    ConfigureProvider: unary(service.configure),
    ValidateResourceConfig: unary(service.validate),
    ValidateDataResourceConfig: unary(() => ({ diagnostics: [] })),
    UpgradeResourceState: unary(service.upgrade),
    ReadResource: unary(service.read),
    PlanResourceChange: unary(service.plan),
    ApplyResourceChange: unary(service.apply),
    ImportResourceState: unary(service.import),
    ReadDataSource: unary(service.readData),
    StopProvider: unary(() => ({})),
  });
  return server;
}

const health = definition("health.proto", "grpc.health.v1.Health");
const pluginProtocol = definition("tfplugin6.proto", "tfplugin6.Provider");

function definition(file: string, name: string): ServiceDefinition {
  const found = loadSync(join(__dirname, file), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
  })[name];
  if (found === undefined || "format" in found) throw new Error(`${file} defines no service ${name}.`);
  return found;
}

/** unary answers one question; what a resource did not foresee is our mistake and shows its stack. */
function unary<Request, Answer>(
  answer: (request: Request) => Answer | Promise<Answer>,
): handleUnaryCall<Request, Answer> {
  return (call, callback) => {
    new Promise<Answer>((resolve) => {
      resolve(answer(call.request));
    }).then(
      (value) => {
        callback(null, value);
      },
      (error: unknown) => {
        const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
        callback({ code: status.INTERNAL, details });
      },
    );
  };
}
