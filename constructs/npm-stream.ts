import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerStream } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-stream";
import { Stream as StreamResource } from "../.gen/providers/nginxproxymanager/stream";
import type { Stream } from "../edge/hosts";
import type { ConstructId } from "./ids";
import type { NpmPreflight } from "./npm-preflight";

export interface NpmStreamProps {
  readonly stream: Stream;
  readonly certificateId: number | undefined;
  readonly preflight: NpmPreflight;
  readonly after: readonly ITerraformDependable[];
}

/** One entry of `edge.streams`. In plans: `nginxproxymanager_stream.<id>`. */
export class NpmStream extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmStreamProps) {
    super(scope, id);
    const { stream, certificateId, preflight, after } = props;
    const resource = new StreamResource(this, "Default", {
      enabled: true,
      incomingPort: stream.incomingPort,
      forwardingHost: stream.forwardingHost,
      forwardingPort: stream.forwardingPort,
      tcpForwarding: stream.tcpForwarding,
      udpForwarding: stream.udpForwarding,
      ...(certificateId === undefined ? {} : { certificateId }),
      dependsOn: [...after],
    });
    new DataNginxproxymanagerStream(this, "online", {
      id: resource.id,
      lifecycle: {
        postcondition: [
          preflight.isOnline([`port ${stream.incomingPort}`], "free the port on the proxy's machine"),
        ],
      },
    });
    this.written = resource;
  }
}
