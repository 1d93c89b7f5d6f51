import type { Fault as ApiFault, RequestMatch } from "../../../proxmox";
import type { Cure } from "../fault";
import type { Field } from "../field";

/** call of the provider about a machine, by what it does. */
export const call = {
  clone: ({ template }: Field): RequestMatch => ({ method: "POST", path: `/qemu/${template}/clone` }),
  configure: ({ worker }: Field): RequestMatch => ({ method: "PUT", path: `/qemu/${worker.vmId}/config` }),
  resize: ({ worker }: Field): RequestMatch => ({ method: "PUT", path: `/qemu/${worker.vmId}/resize` }),
  start: ({ worker }: Field): RequestMatch => ({ method: "POST", path: `/qemu/${worker.vmId}/status/start` }),
  stop: ({ worker }: Field): RequestMatch => ({ method: "POST", path: `/qemu/${worker.vmId}/status/stop` }),
  destroy: ({ worker }: Field): RequestMatch => ({
    method: "DELETE",
    path: new RegExp(`/qemu/${worker.vmId}$`),
  }),
  createTemplate: (): RequestMatch => ({ method: "POST", path: /\/qemu$/ }),
  download: (): RequestMatch => ({ method: "POST", path: "/download-url" }),
} as const;

export type Call = (field: Field) => RequestMatch;

/** failing makes a call go wrong, so many times. */
export function failing(request: Call, fault: ApiFault, times = 1): (field: Field) => Cure {
  return (field) => {
    field.hand.fail({ ...request(field), times }, fault);
    return undefined;
  };
}

/** answering with an error, and nothing done. */
export function answering(request: Call, status: number, reason: string, times = 1): (field: Field) => Cure {
  return failing(request, { kind: "answer", status, reason }, times);
}

/** dying, the worker that a call starts. */
export function dying(request: Call, dies: string): (field: Field) => Cure {
  return failing(request, { kind: "task", task: { dies } });
}

/** killed, the engine and its providers: when a call has been carried out and not answered, or in place of it. */
export function killed(
  request: Call,
  when: "instead" | "done",
  taskMilliseconds = 0,
): (field: Field) => Cure {
  return (field) => {
    const task = { milliseconds: taskMilliseconds };
    field.hand.fail(request(field), { kind: "meanwhile", when, task, act: () => field.kill() });
    return undefined;
  };
}

/** withoutTemplate on the worker's host: the machine and its image are gone before the run. */
export async function withoutTemplate(field: Field): Promise<void> {
  const host = field.workersHost;
  await field.hand.deleteVm(field.template);
  for (const { volid, content, host: on } of field.state.volumes()) {
    if (content === "import" && on === host) field.hand.deleteVolume(host, volid);
  }
  await field.forgetTheLost();
}
