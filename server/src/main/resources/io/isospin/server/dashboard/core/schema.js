// What the API's own description says of resources. Tables and forms follow from it; there is no second schema.
import { ROOT, Refusal } from './api.js';

const VERSION = '/v2.0/';
const RESERVED = new Set(['fields', 'sort_key', 'sort_dir', 'limit', 'marker', 'page_reverse', 'watch', 'revision']);
const TAGS = new Set(['tags-any', 'not-tags', 'not-tags-any']);

let document_;

export async function loadSchema() {
  const answer = await fetch(new URL('openapi.json', ROOT), { cache: 'no-cache' });
  if (!answer.ok) throw new Refusal(answer.status, '', 'openapi.json');
  document_ = await answer.json();
}

const known = new Map();

/** A collection by its path, `rbac-policies`; undefined where this server has none. */
export function resource(path) {
  if (!known.has(path)) known.set(path, read(path));
  return known.get(path);
}

/** All collections of documents. */
export function resources() {
  return Object.keys(document_.paths)
    .filter((path) => path.startsWith(VERSION) && !path.slice(VERSION.length).includes('/'))
    .map((path) => resource(path.slice(VERSION.length)))
    .filter(Boolean);
}

export function resourceOf(member) {
  return resources().find((one) => one.member === member);
}

function read(path) {
  const item = document_.paths[VERSION + path];
  const answer = item?.get?.responses?.['200']?.content?.['application/json']?.schema?.properties ?? {};
  const [key, list] = Object.entries(answer).find(([, schema]) => schema.type === 'array' && schema.items?.$ref) ?? [];
  if (!key) return undefined;
  const member = list.items.$ref.split('/').pop();
  const schemas = document_.components.schemas;
  const one = Object.entries(document_.paths)
    .find(([name]) => name.startsWith(`${VERSION}${path}/{`) && name.endsWith('}'))?.[1] ?? {};
  const parameters = Object.fromEntries((item.get.parameters ?? []).filter((p) => p.name).map((p) => [p.name, p.schema]));
  return {
    path,
    key,
    member,
    attributes: schemas[member]?.properties ?? {},
    create: item.post && schemas[`${member}_create`],
    update: one.put && schemas[`${member}_update`],
    deletable: Boolean(one.delete),
    filters: Object.keys(parameters).filter((name) => !RESERVED.has(name) && !TAGS.has(name) && name !== 'tenant_id'),
    sortable: new Set(parameters.sort_key?.items?.enum ?? []),
    watchable: 'watch' in parameters,
    pages: 'limit' in parameters,
  };
}

/** What a value may be, out of JSON Schema's ways to say it. */
export function facts(schema) {
  const nullable = allowsNull(schema);
  const main = chosen(schema);
  const type = [main.type].flat().find((one) => one && one !== 'null');
  const choices = (main.enum ?? []).filter((value) => value !== null);
  return {
    kind: kindOf(main, type, choices),
    nullable,
    choices,
    collection: schema['x-isospin-collection']?.replace(VERSION, ''),
    rule: schema['x-isospin-rule'],
    minimum: main.minimum,
    maximum: main.maximum,
    maxLength: main.maxLength,
    minLength: main.minLength,
    pattern: main.pattern,
    example: main.examples?.[0] ?? main.anyOf?.find((one) => one.examples)?.examples[0],
    item: main.items,
    properties: main.properties,
    required: main.required ?? [],
    initial: schema.default,
    description: schema.description,
  };
}

function allowsNull(schema) {
  return [schema.type].flat().includes('null') || (schema.anyOf ?? []).some((one) => one.type === 'null' || allowsNull(one));
}

/** Of several forms the one that a person fills in: booleans and numbers before the words for them. */
function chosen(schema) {
  if (schema.type || schema.enum || !schema.anyOf) return schema;
  return chosen(schema.anyOf.find((one) => one.type !== 'null') ?? {});
}

function kindOf(schema, type, choices) {
  if (type === 'boolean') return 'boolean';
  if (choices.length) return 'choice';
  if (type === 'integer' || type === 'number') return 'integer';
  if (type === 'array') return schema.items?.properties ? 'rows' : 'lines';
  if (type === 'object') return 'object';
  return 'text';
}
