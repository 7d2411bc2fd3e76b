import type { CallContext } from '../database/orgDatabase.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call of a REST resource, from HTTP or from inside a composite request. HEAD arrives as GET. */
export interface ResourceRequest {
  method: string;
  /** Path below `/services/data/vNN.N`, still percent-encoded, without trailing slash or format suffix. */
  path: string;
  query: URLSearchParams;
  /** Header by lower-case name. */
  header: (name: string) => string | undefined;
  /** Parsed body; undefined when there is none. */
  body: unknown;
  /** In XML every value is a string, so record values are converted by the field's type. */
  bodyFormat: 'json' | 'xml';
  context: CallContext;
  /** Origin under which the org is reached, without trailing slash. */
  publicUrl: string;
}

export interface RoutedRequest extends ResourceRequest {
  /** Decoded `:name` segments of the resource's path. */
  params: Readonly<Record<string, string>>;
}

/** Element names of an answer in XML. */
export interface XmlNames {
  root: string;
  /** Names the elements when the answer is a list. */
  item?: string;
  /** Lists whose items stand inside one element, by name; other lists repeat their own. */
  lists?: Readonly<Record<string, string>>;
}

export interface ResourceResponse {
  status: number;
  /** JSON value; undefined for an empty answer. */
  body?: unknown;
  /** A file instead of a JSON value; `headers` name its content type. */
  bytes?: Buffer;
  headers?: Readonly<Record<string, string>>;
  xml?: XmlNames;
}

/** Synchronous, so that a composite request can run it inside a database transaction. */
export type ResourceHandler = (request: RoutedRequest) => ResourceResponse;

export interface Resource {
  /** path-to-regexp pattern below the version, e.g. `/sobjects/:type`. */
  path: string;
  methods: Partial<Record<HttpMethod, ResourceHandler>>;
}

/** Runs one request against the resources of the API; failures come back as responses. */
export type Dispatch = (request: ResourceRequest) => ResourceResponse;
