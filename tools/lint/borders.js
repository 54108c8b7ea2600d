import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

const SUBGRAPHS = ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access', 'audit'];
/** What of subgraphs/shared the gateway may know. */
const GATEWAY_SHARED =
  /^subgraphs\/shared\/((identity|errors|policy|settings|audit|ports|records|in-step|scalars|sections|days|names|certain)\/|runtime\/when-closed\.ts$)/;
/** Order inside a subgraph: resolvers → reads and changes → source; ingest → source. */
const LAYERS = {
  resolvers: ['reads', 'changes', 'source'],
  changes: ['reads', 'source'],
  reads: ['source'],
  ingest: ['source', 'sessions'],
  sessions: ['source'],
  source: [],
};

/**
 * @param {string} from importing file, relative to the root
 * @param {string} to imported file, relative to the root
 * @param {boolean} [typeOnly] whether only types are imported
 * @returns {string | undefined} why the import is forbidden
 */
export function forbiddenImport(from, to, typeOnly = false) {
  const [fromTop] = from.split('/');
  const [toTop] = to.split('/');
  if (toTop === 'test') return fromTop === 'test' ? undefined : 'nobody imports test';
  if (fromTop === 'test' || fromTop === 'programs' || fromTop === 'tools' || isSchemaTool(from))
    return undefined;
  if (toTop === 'programs') return 'nobody imports programs';
  if (fromTop === 'store') return toTop === 'store' ? undefined : 'store imports nothing else';
  if (fromTop === 'schema') return toTop === 'schema' ? undefined : 'schema imports nothing else';
  if (fromTop === 'web') return fromWeb(to, toTop);
  if (fromTop === 'gateway') return fromGateway(to, toTop);
  if (fromTop === 'intake') return fromIntake(to, toTop);
  if (fromTop === 'seed') return fromSeed(to, toTop);
  return fromTop === 'subgraphs'
    ? (permitBorder(from, to, typeOnly) ?? fromSubgraph(from, to, toTop))
    : undefined;
}

const isSchemaTool = (file) => /^schema\/tools\/[a-z]+-main\.ts$/.test(file);

/** What the page and the graph must read the same way, the texts of errors, and the page's addresses. */
const WEB_SHARED =
  /^(subgraphs\/shared\/(errors\/catalogue|scalars\/cpr|(written|days|names|certain)\/[a-z-]+)|gateway\/page\/addresses)\.ts$/;

function fromWeb(to, toTop) {
  if (toTop === 'web' || WEB_SHARED.test(to) || to.endsWith('.css')) return undefined;
  return 'web imports its own files, the error catalogue, its addresses, and what reads days, numbers and names';
}

function fromGateway(to, toTop) {
  if (toTop === 'gateway' || toTop === 'schema' || GATEWAY_SHARED.test(to)) return undefined;
  return 'the gateway knows the schema and the shared identity, policy, errors and settings, never a subgraph';
}

function fromIntake(to, toTop) {
  if (toTop === 'intake' || toTop === 'schema' || GATEWAY_SHARED.test(to)) return undefined;
  if (/^gateway\/(auth|http|plugins|transport)\//.test(to)) return undefined;
  return 'intake knows who calls, how requests are answered and the ports of the subgraphs';
}

function fromSeed(to, toTop) {
  if (
    toTop === 'seed' ||
    toTop === 'intake' ||
    to === 'schema/subgraph-names.ts' ||
    /^gateway\/(auth|http|saml)\//.test(to)
  )
    return undefined;
  if (/^subgraphs\/(shared|[a-z]+\/(ingest|source))\//.test(to)) return undefined;
  return 'seed makes records for the feed and knows the shapes they have';
}

function fromSubgraph(from, to, toTop) {
  const [, owner, layer] = from.split('/');
  const [, target, targetLayer] = to.split('/');
  if (toTop === 'schema') return undefined;
  if (toTop === 'store')
    return to === 'store/indexes.ts'
      ? undefined
      : 'subgraphs know the driver and the index helper, not the store';
  if (toTop !== 'subgraphs') return 'a subgraph imports subgraphs/shared, its own files and generated types';
  if (owner === 'shared')
    return target === 'shared' ? guardBorder(from, to) : 'shared code knows no subgraph';
  if (target !== 'shared' && target !== owner) return 'no subgraph imports another';
  if (target === 'shared') return guardBorder(from, to);
  if (
    SUBGRAPHS.includes(owner) &&
    layer in LAYERS &&
    targetLayer in LAYERS &&
    layer !== targetLayer &&
    !LAYERS[layer].includes(targetLayer)
  )
    return `${layer} does not import ${targetLayer}: resolvers → reads → guard → source`;
  if (layer === 'resolvers' && targetLayer === 'source') return 'resolvers go through reads';
  return undefined;
}

/** Permits are issued by the guard alone; sources take them as types. */
function guardBorder(from, to) {
  if (
    to !== 'subgraphs/shared/guard/guard.ts' ||
    /\/(shared\/(guard|runtime|sections|reference)|context\.ts$)/.test(from)
  )
    return undefined;
  return 'the guard comes with the request context; it is not made elsewhere';
}

/** Whoever could issue a permit could read without the guard. */
function permitBorder(from, to, typeOnly) {
  if (to !== 'subgraphs/shared/guard/permit.ts' || typeOnly || from === 'subgraphs/shared/guard/guard.ts')
    return undefined;
  return 'permits are issued by the guard alone; everyone else takes them as types';
}

const isTypeOnly = (node) =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (node.specifiers?.length > 0 &&
    node.specifiers.every((specifier) => specifier.importKind === 'type' || specifier.exportKind === 'type'));

const borders = {
  meta: { type: 'problem', schema: [], messages: { border: 'Forbidden import: {{reason}}' } },
  create(context) {
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      const from = relative(ROOT, context.filename).split(sep).join('/');
      const to = relative(ROOT, join(dirname(context.filename), specifier))
        .split(sep)
        .join('/')
        .replace(/\.js$/, '.ts');
      const reason = forbiddenImport(from, to, isTypeOnly(node));
      if (reason) context.report({ node, messageId: 'border', data: { reason } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export const bordersPlugin = { rules: { borders } };
