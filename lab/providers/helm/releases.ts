import {
  ChartRefusal,
  type ChartAddress,
  type Crds,
  findChart,
  type Release,
  type Rendered,
} from "../../charts";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { bringIn, checkKinds, checkOwners, createCrds, takeAway } from "./apply";
import { referenceTo } from "../../kubernetes/client";
import { type Cluster, sameObject } from "./cluster";
import { FailedRelease, HelmFailure } from "./failure";
import { forget, history, remember, spare } from "./history";
import { digestOf, ownedReferences, type ReleaseRecord } from "./record";
import { waitUntilReady } from "./wait";

/** Order is one release as it is asked for. */
export interface Order {
  readonly release: Release;
  readonly chart: ChartAddress;
  readonly values: ReleaseRecord["config"];
  readonly createNamespace: boolean;
  readonly skipCrds: boolean;
  readonly wait: boolean;
  readonly waitForJobs: boolean;
  /** timeout in seconds, of each thing that is waited for. */
  readonly timeout: number;
  readonly atomic: boolean;
  readonly cleanupOnFail: boolean;
  /** maxHistory, how many revisions are remembered; 0 = all. */
  readonly maxHistory: number;
}

export interface HelmOptions {
  readonly crds: Crds;
  /**
   * webhooks of charts: left out where the API calls them for real, because nobody in the lab answers and what they
   * judge could not be written.
   */
  readonly webhooks: "applied" | "left out";
}

/** Helm does to one cluster what a release asks. Source of order and words: helm v3.18.4 pkg/action */
export class Helm {
  constructor(
    private readonly cluster: Cluster,
    private readonly options: HelmOptions,
  ) {}

  /** last revision of a release, whatever became of it; undefined when there is none. */
  async last(release: Release): Promise<ReleaseRecord | undefined> {
    return (await history(this.cluster, release.namespace, release.name)).at(-1);
  }

  /** check that a release can be rendered, before anything is done. */
  check(order: Pick<Order, "release" | "chart" | "values">): void {
    this.rendered(order);
  }

  async install(order: Order): Promise<ReleaseRecord> {
    const { release } = order;
    if ((await this.last(release)) !== undefined)
      throw new HelmFailure("cannot re-use a name that is still in use");
    const rendered = this.rendered(order);
    if (!order.skipCrds) await createCrds(this.cluster, rendered.crds);
    await checkKinds(this.cluster, rendered.objects);
    await checkOwners(this.cluster, rendered.objects, release, "Unable to continue with install");
    await this.checkNamespace(order);
    const begun = revision(order, rendered, 1, "pending-install", "Initial install underway");
    await remember(this.cluster, begun);
    try {
      await bringIn(this.cluster, rendered.objects, release);
      await this.wait(order, rendered.objects);
    } catch (error) {
      await this.failed(begun, `Release "${release.name}" failed: ${messageOf(error)}`);
      if (!order.atomic) throw error instanceof HelmFailure ? new FailedRelease(error.message) : error;
      await this.uninstall(release, { wait: false, timeout: order.timeout });
      throw new HelmFailure(
        `release ${release.name} failed, and has been uninstalled due to atomic being set: ${messageOf(error)}`,
      );
    }
    return this.done(begun, "Install complete");
  }

  async upgrade(order: Order): Promise<ReleaseRecord> {
    const { release } = order;
    const past = await history(this.cluster, release.namespace, release.name);
    const current = past.findLast(({ info }) => info.status === "deployed") ?? past.at(-1);
    if (current === undefined) throw new HelmFailure(`"${release.name}" has no deployed releases`);
    const rendered = this.rendered(order);
    await checkKinds(this.cluster, rendered.objects);
    const added = rendered.objects.filter(
      (object) => !current.objects.some((old) => sameObject(old, referenceTo(object))),
    );
    await checkOwners(this.cluster, added, release, "Unable to continue with update");
    const number = Math.max(...past.map(({ version }) => version)) + 1;
    const next = after(current, revision(order, rendered, number, "pending-upgrade", "Preparing upgrade"));
    await forget(this.cluster, spare(past, order.maxHistory === 0 ? 0 : order.maxHistory - 1));
    await remember(this.cluster, next);
    try {
      await bringIn(this.cluster, rendered.objects, release);
      await takeAway(
        this.cluster,
        current.objects.filter((old) => !rendered.objects.some((kept) => sameObject(old, referenceTo(kept)))),
      );
      await this.wait(order, rendered.objects);
    } catch (error) {
      await this.failed(next, `Upgrade "${release.name}" failed: ${messageOf(error)}`);
      if (order.cleanupOnFail) await takeAway(this.cluster, ownedReferences(added));
      if (!order.atomic) throw error;
      await this.rollBack(order, current, number + 1);
      throw new HelmFailure(
        `release ${release.name} failed, and has been rolled back due to atomic being set: ${messageOf(error)}`,
      );
    }
    await remember(this.cluster, { ...current, info: { ...current.info, status: "superseded" } });
    return this.done(next, "Upgrade complete");
  }

  async uninstall(release: Release, { wait, timeout }: Pick<Order, "wait" | "timeout">): Promise<void> {
    const past = await history(this.cluster, release.namespace, release.name);
    const last = past.at(-1);
    if (last === undefined) return;
    await takeAway(this.cluster, last.objects, wait ? timeout : undefined);
    await forget(this.cluster, past);
  }

  private rendered(order: Pick<Order, "release" | "chart" | "values">): Rendered {
    try {
      const rendered = findChart(order.chart).render(order.values, order.release, this.options.crds);
      if (this.options.webhooks === "applied") return rendered;
      return { ...rendered, objects: rendered.objects.filter(({ kind }) => !webhookKinds.includes(kind)) };
    } catch (error) {
      if (error instanceof ChartRefusal) throw new HelmFailure(error.message);
      throw error;
    }
  }

  private async checkNamespace({ release, createNamespace }: Order): Promise<void> {
    const name = release.namespace;
    const namespace = { apiVersion: "v1", kind: "Namespace" };
    if ((await this.cluster.get({ ...namespace, name })) !== undefined) return;
    if (!createNamespace) throw new HelmFailure(`create: failed to create: namespaces "${name}" not found`);
    await this.cluster.create({ ...namespace, metadata: { name, labels: { name } } });
  }

  private async wait(order: Order, objects: readonly KubernetesObjectLike[]): Promise<void> {
    if (!order.wait && !order.atomic) return;
    await waitUntilReady(this.cluster, objects, { seconds: order.timeout, jobs: order.waitForJobs });
  }

  private async done(release: ReleaseRecord, description: string): Promise<ReleaseRecord> {
    const deployed: ReleaseRecord = {
      ...release,
      info: { ...release.info, status: "deployed", description },
    };
    await remember(this.cluster, deployed);
    return deployed;
  }

  private async failed(release: ReleaseRecord, description: string): Promise<void> {
    await remember(this.cluster, { ...release, info: { ...release.info, status: "failed", description } });
  }

  /** rollBack renders the revision that ran before once more; only its values are remembered. */
  private async rollBack(order: Order, to: ReleaseRecord, number: number): Promise<void> {
    const { repository, name: chart, version } = to.chart;
    const before = { ...order, chart: { repository, chart, version }, values: to.config };
    const rendered = this.rendered(before);
    await bringIn(this.cluster, rendered.objects, order.release);
    await remember(this.cluster, { ...to, info: { ...to.info, status: "superseded" } });
    const again = revision(before, rendered, number, "deployed", `Rollback to ${to.version}`);
    await remember(this.cluster, after(to, again));
  }
}

const webhookKinds = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];

function revision(
  { release, chart, values }: Pick<Order, "release" | "chart" | "values">,
  rendered: Rendered,
  version: number,
  status: ReleaseRecord["info"]["status"],
  description: string,
): ReleaseRecord {
  const now = Math.floor(Date.now() / 1000);
  const { repository, appVersion } = findChart(chart);
  return {
    ...release,
    version,
    info: { status, description, first_deployed: now, last_deployed: now },
    chart: { name: chart.chart, version: chart.version, appVersion, repository },
    config: values,
    objects: ownedReferences(rendered.objects),
    manifest: digestOf(rendered.objects),
  };
}

/** after the revision before it: the release itself is as old as it was. */
function after({ info }: ReleaseRecord, next: ReleaseRecord): ReleaseRecord {
  return { ...next, info: { ...next.info, first_deployed: info.first_deployed } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
