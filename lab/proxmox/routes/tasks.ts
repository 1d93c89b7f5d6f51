import { ApiError, badParameter } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";
import { parseUpid } from "../tasks/upid";
import type { Task } from "../tasks/tasks";

const TASK = "/nodes/{node}/tasks/{upid}";

export const taskRoutes: readonly Route[] = [
  { method: "GET", path: `${TASK}/status`, run: (call) => statusRow(taskOf(call)) },
  { method: "GET", path: `${TASK}/log`, run: getLog },
  { method: "DELETE", path: TASK, run: stopTask },
  { method: "GET", path: "/nodes/{node}/tasks", run: listTasks },
];

function taskOf(call: Call): Task {
  const upid = call.parameters.required("upid");
  if (!parseUpid(upid)) throw badParameter({ upid: "unable to parse worker upid" });
  const task = call.cluster.tasks.find(upid);
  if (!task || task.node !== call.node) throw badParameter({ upid: "no such task" });
  const own = task.user === call.caller.name;
  if (!own && !call.cluster.access.has(call.caller, `/nodes/${call.node}`, ["Sys.Audit"])) {
    throw new ApiError(403, `Permission check failed (/nodes/${call.node}, Sys.Audit)`);
  }
  return task;
}

function statusRow(task: Task): Record<string, unknown> {
  const [user = task.user, tokenid] = task.user.split("!");
  return {
    upid: task.upid,
    node: task.node,
    pid: task.pid,
    pstart: task.pstart,
    starttime: task.starttime,
    type: task.type,
    id: task.id,
    user,
    status: task.status,
    ...(tokenid === undefined ? {} : { tokenid }),
    ...(task.exitstatus === undefined ? {} : { exitstatus: task.exitstatus }),
  };
}

function getLog(call: Call): unknown {
  const start = call.parameters.integer("start") ?? 0;
  const limit = call.parameters.integer("limit") ?? 50;
  const lines = taskOf(call).log.map((t, index) => ({ n: index + 1, t }));
  return limit === 0 ? lines.slice(start) : lines.slice(start, start + limit);
}

function stopTask(call: Call): null {
  call.cluster.tasks.abort(taskOf(call));
  return null;
}

function listTasks(call: Call): unknown {
  return call.cluster.tasks
    .all()
    .filter((task) => task.node === call.node)
    .map(statusRow);
}
