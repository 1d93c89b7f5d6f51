import type { EdgeLimits } from "../../config/model/edge";
import { nginx, type NginxText } from "./text";
import { durationWord, sizeWord } from "./words";

/** limits of a server block hold in each of its locations that does not say otherwise. */
export function limits({
  maxBodyBytes,
  timeouts: { connect, send, read },
}: EdgeLimits): readonly NginxText[] {
  return [
    ...(maxBodyBytes === undefined ? [] : [nginx`client_max_body_size ${sizeWord(maxBodyBytes)};`]),
    ...(connect === undefined ? [] : [nginx`proxy_connect_timeout ${durationWord(connect)};`]),
    ...(send === undefined ? [] : [nginx`proxy_send_timeout ${durationWord(send)};`]),
    ...(read === undefined ? [] : [nginx`proxy_read_timeout ${durationWord(read)};`]),
  ];
}
