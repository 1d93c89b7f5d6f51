import type { EdgeStream } from "../config/model/edge";
import type { Stream } from "./hosts";
import { addressWord, portWord } from "./nginx/words";

/** stream, a port that is passed on. The proxy has no text of ours beside it, so it carries no mark. */
export function stream({ name, port, transports, to, certificate }: EdgeStream): Stream {
  return {
    name,
    incomingPort: Number(portWord(port)),
    forwardingHost: addressWord(to.address),
    forwardingPort: Number(portWord(to.port)),
    tcpForwarding: transports.includes("TCP"),
    udpForwarding: transports.includes("UDP"),
    ...(certificate === undefined ? {} : { certificate }),
  };
}
