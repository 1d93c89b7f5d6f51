import { randomBytes } from "node:crypto";

/** newSerial is a certificate's serial number: 128 random bits, as the tls provider draws them. */
export function newSerial(): bigint {
  return BigInt(`0x${randomBytes(16).toString("hex")}`);
}

/** derInteger is the shortest ASN.1 encoding of a number from 0: a leading zero only keeps it from being negative. */
export function derInteger(value: bigint): string {
  const digits = value.toString(16);
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Number.parseInt(hex.slice(0, 2), 16) > 0x7f ? `00${hex}` : hex;
}
