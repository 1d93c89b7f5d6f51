import type { Release } from "../chart";
import { fullname } from "../names";
import { entryPointAddresses, entryPointFlags } from "./entry-point-flags";
import { bare, flag, flagsOf, onlyTrue } from "./flags";
import { accessLogFlags, logFlags, prometheusFlags, tracingFlags } from "./telemetry-flags";
import type { TraefikValues } from "./values";

/**
 * containerArguments in the order of the chart: the lab starts a real Traefik with them.
 * Source: traefik-helm-chart v41.3.0, templates/_podtemplate.tpl
 */
export function containerArguments(values: TraefikValues, release: Release): string[] {
  return [
    ...(values.global.checkNewVersion ? [] : ["--global.checkNewVersion=false"]),
    ...bare("global.sendAnonymousUsage", values.global.sendAnonymousUsage),
    ...onlyTrue("global.notAppendXForwardedFor", values.global.notAppendXForwardedFor),
    ...entryPointAddresses(values.ports),
    ...flagsOf("api", values.api),
    "--ping=true",
    ...onlyTrue("core.strictTLSOptions", values.core.strictTLSOptions),
    ...prometheusFlags(values.metrics),
    ...tracingFlags(values.tracing),
    ...crdFlags(values.providers.kubernetesCRD),
    ...ingressFlags(values, release),
    ...flagWhen(values.providers.kubernetesCRD, "providers.kubernetescrd.namespaces"),
    ...gatewayFlags(values, release),
    ...flagWhen(values.providers.kubernetesIngress, "providers.kubernetesingress.namespaces"),
    ...entryPointFlags(values.ports),
    ...logFlags(values.log),
    ...accessLogFlags(values.accessLog),
    ...values.additionalArguments,
  ];
}

function crdFlags(provider: TraefikValues["providers"]["kubernetesCRD"]): string[] {
  if (!provider.enabled) return [];
  const path = "providers.kubernetescrd";
  return [
    `--${path}`,
    ...flag(`${path}.labelSelector`, provider.labelSelector),
    ...flag(`${path}.ingressClass`, provider.ingressClass),
    ...onlyTrue(`${path}.allowCrossNamespace`, provider.allowCrossNamespace),
    ...flag(`${path}.crossProviderNamespaces`, provider.crossProviderNamespaces),
    ...flag(`${path}.defaultTLSResourcesNamespace`, provider.defaultTLSResourcesNamespace),
    ...onlyTrue(`${path}.safeNaming`, provider.safeNaming),
    ...onlyTrue(`${path}.allowExternalNameServices`, provider.allowExternalNameServices),
    ...flag(`${path}.allowEmptyServices`, provider.allowEmptyServices),
    ...onlyTrue(`${path}.nativeLBByDefault`, provider.nativeLBByDefault),
  ];
}

function ingressFlags({ providers, service }: TraefikValues, release: Release): string[] {
  const provider = providers.kubernetesIngress;
  if (!provider.enabled) return [];
  const path = "providers.kubernetesingress";
  const published = provider.publishedService.pathOverride || `${release.namespace}/${nameOf(release)}`;
  const publishes =
    provider.publishedService.enabled && (service.enabled || provider.publishedService.pathOverride !== "");
  return [
    `--${path}`,
    ...onlyTrue(`${path}.allowExternalNameServices`, provider.allowExternalNameServices),
    ...flag(`${path}.crossProviderNamespaces`, provider.crossProviderNamespaces),
    ...flag(`${path}.allowEmptyServices`, provider.allowEmptyServices),
    ...(publishes ? flag(`${path}.ingressendpoint.publishedservice`, published) : []),
    ...flag(`${path}.labelSelector`, provider.labelSelector),
    ...flag(`${path}.ingressClass`, provider.ingressClass),
    ...onlyTrue(`${path}.nativeLBByDefault`, provider.nativeLBByDefault),
    ...onlyTrue(`${path}.strictPrefixMatching`, provider.strictPrefixMatching),
  ];
}

function gatewayFlags({ providers, service }: TraefikValues, release: Release): string[] {
  const provider = providers.kubernetesGateway;
  if (!provider.enabled) return [];
  const path = "providers.kubernetesgateway";
  const { ip, hostname, service: address } = provider.statusAddress;
  return [
    `--${path}`,
    ...flag(`${path}.statusaddress.ip`, ip),
    ...flag(`${path}.statusaddress.hostname`, hostname),
    ...(address.enabled && service.enabled
      ? [
          ...flag(`${path}.statusaddress.service.name`, address.name || nameOf(release)),
          ...flag(`${path}.statusaddress.service.namespace`, address.namespace || release.namespace),
        ]
      : []),
    ...onlyTrue(`${path}.nativeLBByDefault`, provider.nativeLBByDefault),
    ...flag(`${path}.crossProviderNamespaces`, provider.crossProviderNamespaces),
    ...flag(`${path}.namespaces`, provider.namespaces),
    ...onlyTrue(`${path}.experimentalchannel`, provider.experimentalChannel),
    ...flag(`${path}.labelSelector`, provider.labelSelector),
  ];
}

function flagWhen(provider: { enabled: boolean; namespaces: string[] }, path: string): string[] {
  return provider.enabled ? flag(path, provider.namespaces) : [];
}

function nameOf(release: Release): string {
  return fullname(release, "traefik");
}
