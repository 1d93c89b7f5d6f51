import type { DiagnosticMessage, PathMessage } from "./problem";
import type { SchemaMessage } from "./schema-message";

/** The messages of tfplugin6.proto, with its field names. */
export interface ValueMessage {
  readonly msgpack: Buffer;
}

export interface DiagnosticsAnswer {
  readonly diagnostics: readonly DiagnosticMessage[];
}

export interface SchemaAnswer {
  readonly provider: SchemaMessage;
  readonly resource_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly data_source_schemas: Readonly<Record<string, SchemaMessage>>;
}

export interface ConfigureRequest {
  readonly config: ValueMessage;
}

/** ConfigRequest asks to judge a resource's or data source's configuration, or to read a data source. */
export interface ConfigRequest {
  readonly type_name: string;
  readonly config: ValueMessage;
}

export interface ReadDataAnswer extends Partial<DiagnosticsAnswer> {
  readonly state?: ValueMessage;
}

export interface ImportRequest {
  readonly type_name: string;
  readonly id: string;
}

export interface ImportAnswer extends Partial<DiagnosticsAnswer> {
  readonly imported_resources?: readonly {
    readonly type_name: string;
    readonly state: ValueMessage;
    readonly private: Buffer;
  }[];
}

export interface UpgradeStateRequest {
  readonly type_name: string;
  readonly version: number;
  readonly raw_state: { readonly json: Buffer };
}

export interface UpgradeStateAnswer extends Partial<DiagnosticsAnswer> {
  readonly upgraded_state?: ValueMessage;
}

export interface ReadRequest {
  readonly type_name: string;
  readonly current_state: ValueMessage;
  readonly private: Buffer;
}

export interface ReadAnswer extends Partial<DiagnosticsAnswer> {
  readonly new_state?: ValueMessage;
  readonly private: Buffer;
}

export interface PlanRequest {
  readonly type_name: string;
  readonly prior_state: ValueMessage;
  readonly proposed_new_state: ValueMessage;
  readonly config: ValueMessage;
  readonly prior_private: Buffer;
}

export interface PlanAnswer extends Partial<DiagnosticsAnswer> {
  readonly planned_state?: ValueMessage;
  readonly requires_replace?: readonly PathMessage[];
  readonly planned_private: Buffer;
  readonly legacy_type_system?: boolean;
}

export interface ApplyRequest {
  readonly type_name: string;
  readonly prior_state: ValueMessage;
  readonly planned_state: ValueMessage;
  readonly config: ValueMessage;
  readonly planned_private: Buffer;
}

export interface ApplyAnswer extends DiagnosticsAnswer {
  readonly new_state: ValueMessage;
  readonly private: Buffer;
  readonly legacy_type_system?: boolean;
}
