import {
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { join } from "node:path";
import type { Provider } from "./provider";
import { serviceOf } from "./service";

/** serve answers Terraform on a unix socket until the returned function is called. */
export async function serve(provider: Provider, socket: string): Promise<() => Promise<void>> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const service = serviceOf(provider);
  const nothing = { diagnostics: [] };
  server.addService(definition("health.proto", "grpc.health.v1.Health"), {
    Check: unary(() => ({ status: "SERVING" })),
  });
  server.addService(definition("tfplugin6.proto", "tfplugin6.Provider"), {
    GetProviderSchema: unary(service.schema),
    ValidateProviderConfig: unary(() => nothing),
    ConfigureProvider: unary(() => nothing),
    ValidateResourceConfig: unary(service.validate),
    UpgradeResourceState: unary(service.upgrade),
    ReadResource: unary(service.read),
    PlanResourceChange: unary(service.plan),
    ApplyResourceChange: unary(service.apply),
    StopProvider: unary(() => ({})),
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix://${socket}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  return () =>
    new Promise((resolve) => {
      server.tryShutdown(() => {
        resolve();
      });
    });
}

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
