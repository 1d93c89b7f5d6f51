import { Tasks } from "../../../lab/proxmox/tasks/tasks";
import { parseUpid, printUpid } from "../../../lab/proxmox/tasks/upid";

const request = { node: "pve1", type: "qmstart", id: "100", user: "terraform@pve!slipway" };

describe("a task's identity", () => {
  const upid = { ...request, pid: 4097, pstart: 65552, starttime: 1795206062, id: "noble image.qcow2" };

  it("reads back what it prints", () => {
    expect(parseUpid(printUpid(upid))).toEqual(upid);
  });

  it("has the nine parts that the provider splits", () => {
    expect(printUpid({ ...upid, id: "100" })).toBe(
      "UPID:pve1:00001001:00010010:6B00ABAE:qmstart:100:terraform@pve!slipway:",
    );
  });

  it("refuses what is none", () => {
    expect(parseUpid("UPID:pve1:xyz")).toBeUndefined();
  });
});

describe("a task", () => {
  const finished = async (tasks: Tasks, upid: string): Promise<string | undefined> => {
    await tasks.close();
    return tasks.find(upid)?.exitstatus;
  };

  it("runs until its worker has returned", async () => {
    const tasks = new Tasks(0);
    let release = (): void => undefined;
    let upid = "";
    await new Promise<void>((begun) => {
      upid = tasks.start(request, () => {
        begun();
        return new Promise<void>((resolve) => (release = resolve));
      });
    });
    expect(tasks.find(upid)?.status).toBe("running");
    release();
    expect(await finished(tasks, upid)).toBe("OK");
    expect(tasks.find(upid)?.log.at(-1)).toBe("TASK OK");
  });

  it("ends with the text its worker died of", async () => {
    const tasks = new Tasks(0);
    const upid = tasks.start(request, () => {
      throw new Error("can't lock file");
    });
    expect(await finished(tasks, upid)).toBe("can't lock file");
    expect(tasks.find(upid)?.log.at(-1)).toBe("TASK ERROR: can't lock file");
  });

  it("dies of a fault before its worker begins, and undoes what was reserved", async () => {
    const tasks = new Tasks(0);
    let worked = false;
    let undone = false;
    const upid = tasks.start(
      { ...request, fault: { dies: "out of luck" }, undo: () => (undone = true) },
      () => {
        worked = true;
      },
    );
    expect(await finished(tasks, upid)).toBe("out of luck");
    expect([worked, undone]).toEqual([false, true]);
  });

  it("counts its warnings", async () => {
    const tasks = new Tasks(0);
    const upid = tasks.start({ ...request, fault: { warnings: ["slow"] } }, (log) => log.warn("odd"));
    expect(await finished(tasks, upid)).toBe("WARNINGS: 2");
    expect(tasks.find(upid)?.log).toEqual(["WARN: odd", "WARN: slow", "TASK WARNINGS: 2"]);
  });
});
