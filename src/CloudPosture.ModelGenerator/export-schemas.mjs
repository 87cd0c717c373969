// Prints the operations and shapes of an AWS SDK for JavaScript v3 client in the format of the v2 SDK's apis/*.min.json.
// Usage: node export-schemas.mjs @aws-sdk/client-iam
import { createRequire } from "node:module";

const [Simple, List, MapOf, Structure, Union, Operation, Failure] = [0, 1, 2, 3, 4, 9, -3];
// Schemas write an unnamed shape as a number: one value of `scalars`, on its own or as the element of a list or map.
const [ListModifier, MapModifier] = [64, 128];
// A v3 schema does not tell integers from fractions; of the services taken from v3 only these have both.
const withFractions = new Set(["@aws-sdk/client-ec2"]);
const number = { type: withFractions.has(process.argv[2]) ? "double" : "integer" };
const scalars = new Map([
  [0, {}], [1, number], [2, { type: "boolean" }], [4, { type: "timestamp" }],
  [5, { type: "timestamp", timestampFormat: "iso8601" }], [6, { type: "timestamp", timestampFormat: "rfc822" }],
  [7, { type: "timestamp", timestampFormat: "unixTimestamp" }], [15, { type: "structure", document: true }], [21, { type: "blob" }],
]);
const [Label, IdempotencyToken, Sensitive, Payload] = [1, 4, 8, 16];
const shapes = {};

function scalar(code) {
  if (code & ListModifier) return { type: "list", member: scalar(code & ~ListModifier) };
  if (code & MapModifier) return { type: "map", key: {}, value: scalar(code & ~MapModifier) };
  if (!scalars.has(code)) throw new Error(`The schema code ${code} is unknown.`);
  return scalars.get(code);
}

function traits(value, member) {
  if (value === 0 || value === undefined) return {};
  if (typeof value === "object") return names(value, member);
  if (typeof value !== "number" || value & ~(Label | IdempotencyToken | Sensitive | Payload)) throw new Error(`The traits ${JSON.stringify(value)} are unknown.`);
  return names({ httpLabel: value & Label, idempotencyToken: value & IdempotencyToken, sensitive: value & Sensitive, httpPayload: value & Payload }, member);
}

// Of an error only its code is read, so what its traits say of the HTTP answer is passed over; so is what language a text is in.
function names({ mediaType, xmlName, jsonName, ec2QueryName, idempotencyToken, sensitive, httpQuery, httpLabel, httpHeader, httpPayload, httpError, error, awsQueryError, ...others }, member) {
  if (Object.keys(others).length) throw new Error(`The traits ${JSON.stringify(others)} are unknown.`);
  return {
    ...((xmlName ?? jsonName) && { locationName: xmlName ?? jsonName }),
    ...(ec2QueryName && { queryName: ec2QueryName }),
    ...(idempotencyToken && { idempotencyToken: true }),
    ...(sensitive && { sensitive: true }),
    ...(httpQuery && { location: "querystring", locationName: httpQuery }),
    ...(httpHeader && { location: "header", locationName: httpHeader }),
    ...(httpLabel && { location: "uri", locationName: member }),
    ...(httpPayload && { payload: true }),
  };
}

const isMember = schema => Array.isArray(schema) && schema.length === 2;

function reference(schema, member) {
  if (isMember(schema)) return { ...reference(schema[0]), ...traits(schema[1], member) };
  if (typeof schema === "function") return reference(schema());
  if (typeof schema === "number") return scalar(schema);
  if (schema === "unit") return { type: "structure", members: {} };
  if (schema[0] === Simple) return { ...reference(schema[4]), ...traits(schema[3]) };
  define(schema);
  return { shape: schema[2] };
}

function define(schema) {
  const [kind, , name, own, first, second, required = 0] = schema;
  if (name in shapes) return;
  const shape = shapes[name] = {};
  Object.assign(shape, content(kind, first, second, required), traits(own));
}

function content(kind, first, second, required) {
  switch (kind) {
    case List: return { type: "list", member: reference(first) };
    case MapOf: return { type: "map", key: reference(first), value: reference(second) };
    case Structure: case Union: case Failure: return {
      type: "structure",
      ...(required && { required: first.slice(0, required) }),
      ...bodied(Object.fromEntries(first.map((member, index) => [member, reference(second[index], member)]))),
    };
    default: throw new Error(`The schema kind ${kind} is unknown.`);
  }
}

/** The members, and apart from them which one is the whole body. */
function bodied(members) {
  const body = Object.keys(members).find(name => members[name].payload);
  if (body) delete members[body].payload;
  return { ...(body && { payload: body }), members };
}

function http(own) {
  const { http: [method, requestUri, responseCode] = [], ...others } = own || {};
  if (Object.keys(others).length) throw new Error(`The traits ${JSON.stringify(others)} are unknown.`);
  return method && { http: { method, requestUri, responseCode } };
}

const target = schema => (typeof schema === "function" ? schema() : schema);
const isUnit = schema => !Array.isArray(target(schema));

const client = createRequire(import.meta.url)(process.argv[2]);
const operations = {};
for (const schema of Object.values(client)) {
  if (!Array.isArray(schema) || schema[0] !== Operation) continue;
  const [, , name, own, input, output] = schema;
  operations[name] = { ...http(own), ...(!isUnit(input) && { input: reference(input) }), ...(!isUnit(output) && { output: reference(output) }) };
}
process.stdout.write(JSON.stringify({ operations, shapes }));
