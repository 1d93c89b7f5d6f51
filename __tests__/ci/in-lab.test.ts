import { readFileSync } from "node:fs";
import {
  buildingMilliseconds,
  clusterFile,
  rehearsing,
  stand,
  type Standing,
} from "../rehearsal/stand/standing";
import { startStateServer, type StateServer } from "../rehearsal/stand/state-server";
import { type JobStand, standJobs } from "./job-stand";

rehearsing("the jobs on GitHub in the lab, with a real engine and a shared state", () => {
  let lab: Standing;
  let store: StateServer;
  let jobs: JobStand;
  let cluster: string;

  beforeAll(async () => {
    [lab, store] = await Promise.all([stand(clusterFile("shared-state")), startStateServer()]);
    cluster = readFileSync(clusterFile("two-workers"), "utf8")
      .replace("../../../config/", "./config/")
      .replace('name: "small",', `name: "small", state: { http: { address: "${store.address}" } },`);
    jobs = await standJobs("GitHub", {
      cluster,
      environment: {
        ...lab.environment,
        TERRAFORM_BINARY_NAME: lab.engine.file,
        TF_HTTP_USERNAME: store.username,
        TF_HTTP_PASSWORD: store.password,
      },
    });
  }, buildingMilliseconds);
  afterAll(async () => {
    await jobs.close();
    await store.close();
    await lab.close();
  });

  test("a push to main deploys the whole cluster, its state in the store", async () => {
    const deployed = await jobs.push("0".repeat(40));
    expect(deployed.output).toMatch(/Everything is as the file says\.\n$/);
    expect(deployed.code).toBe(0);
    expect(store.states.size).toBe(4);
  }, 900_000);

  test("a pull request with one more worker gets a comment that says so", async () => {
    jobs.commit("One more worker", "cluster.ts", cluster.replace("count: 2,", "count: 3,"));
    expect(await jobs.pullRequest("plan")).toMatchObject({ code: 0 });
    expect(jobs.forge.entries[0]?.body).toMatch(/\*\*Safe: .*\n- \*\*Machines\*\*: made: worker-3\n/);
  }, 900_000);

  test("its merge makes that worker, and nothing of the jobs holds a secret", async () => {
    const deployed = await jobs.push(jobs.merge());
    expect(deployed.code).toBe(0);
    expect(deployed.output).toContain("worker-3 is made on");
    expect(deployed.output).toMatch(/Everything is as the file says\.\n$/);
    const said = deployed.output + jobs.forge.entries.map(({ body }) => body).join("");
    for (const secret of [store.password, lab.environment["PROXMOX_VE_API_TOKEN"] ?? "none"])
      expect(said).not.toContain(secret);
    expect(lab.lab.complaints()).toEqual([]);
  }, 900_000);
});
