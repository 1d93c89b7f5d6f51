// The library refuses to load before the metadata it keeps its parts in.
import "reflect-metadata";

export * from "@peculiar/x509";
