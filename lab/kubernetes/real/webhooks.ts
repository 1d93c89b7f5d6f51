import { createServer, type Server } from "node:https";
import { createSecureContext } from "node:tls";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "../../network/loopback";
import { type PemPair, selfSignedAuthority, serverCertificate } from "../../network/certificate";
import type { Json, KubernetesObjectLike } from "../contract";
import { isObject, listAt, textAt } from "../json";
import { ApiRefusal, type Client, refer } from "./client";
import { readJson } from "./read-json";
import { watch } from "./watch";

/**
 * Webhooks stands in for those who give admission webhooks their certificates, and for the webhooks of programs that
 * the lab does not run: these admit everything.
 */
export interface Webhooks {
  /** port of loopback at which a webhook that admits everything answers for any Service. */
  readonly port: number;
  /** isOf: some webhook configuration sends to that Service. */
  isOf(service: KubernetesObjectLike): boolean;
  /** certificate for a program that serves a Service's webhooks itself. */
  certificate(service: string, namespace: string): Promise<PemPair & { readonly authorityPem: string }>;
  close(): Promise<void>;
}

export async function startWebhooks(client: Client, report: (text: string) => void): Promise<Webhooks> {
  const authority = await selfSignedAuthority("lab webhooks");
  const caBundle = Buffer.from(authority.certificatePem).toString("base64");
  const trust = (configuration: KubernetesObjectLike): void => {
    const webhooks = untrusted(configuration).map((name) => ({ name, clientConfig: { caBundle } }));
    if (webhooks.length === 0) return;
    client.patch(refer(configuration), { webhooks }).catch((error: unknown) => {
      if (error instanceof ApiRefusal && error.code === 404) return;
      report(`${configuration.metadata.name} cannot be given its authority: ${String(error)}`);
    });
  };
  const apiVersion = "admissionregistration.k8s.io/v1";
  const configurations = await Promise.all(
    ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) =>
      watch(client, { apiVersion, kind }, { present: trust }),
    ),
  );
  const bound = await listenOnLoopback(await admittingServer(authority));
  return {
    port: bound.port,
    isOf: ({ metadata }) =>
      configurations
        .flatMap((watched) => watched.all())
        .flatMap((configuration) => listAt(configuration, "webhooks"))
        .some((webhook) => {
          const [name, namespace] = serviceOf(webhook);
          return name === metadata.name && namespace === metadata.namespace;
        }),
    async certificate(service, namespace) {
      const pair = await serverCertificate(authority, service, [`${service}.${namespace}.svc`]);
      return { ...pair, authorityPem: authority.certificatePem };
    },
    async close() {
      for (const watched of configurations) watched.close();
      await bound.close();
    },
  };
}

/** untrusted webhooks of a configuration, those that nobody gave an authority. */
function untrusted(configuration: KubernetesObjectLike): readonly string[] {
  return listAt(configuration, "webhooks").flatMap((webhook) => {
    const isOpen = serviceOf(webhook)[0] !== undefined && !textAt(webhook, "clientConfig", "caBundle");
    return isOpen ? (textAt(webhook, "name") ?? []) : [];
  });
}

function serviceOf(webhook: Json): readonly [string | undefined, string | undefined] {
  const of = (field: string): string | undefined => textAt(webhook, "clientConfig", "service", field);
  return [of("name"), of("namespace")];
}

/** admittingServer answers for whichever name it is called by. */
async function admittingServer(authority: PemPair): Promise<Server> {
  const pair = await serverCertificate(authority, "webhook", ["webhook"]);
  const contexts = new Map<string, ReturnType<typeof createSecureContext>>();
  const contextFor = async (name: string) => {
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const { certificatePem, keyPem } = await serverCertificate(authority, "webhook", [name]);
    const context = createSecureContext({ cert: certificatePem, key: keyPem });
    contexts.set(name, context);
    return context;
  };
  return createServer(
    {
      cert: pair.certificatePem,
      key: pair.keyPem,
      SNICallback(name, done) {
        contextFor(name).then(
          (context) => {
            done(null, context);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    },
    (request, response) => {
      void text(request).then((body) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(admission(readJson(body))));
      });
    },
  );
}

function admission(review: Json): Json {
  const { apiVersion, kind } = isObject(review) ? review : {};
  return { apiVersion, kind, response: { uid: textAt(review, "request", "uid"), allowed: true } };
}
