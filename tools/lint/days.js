import ts from 'typescript';

/** Days are Denmark's and are made in one folder; what would make one otherwise is reported wherever it is written. */
const REASON =
  "Days come from subgraphs/shared/days alone: danishDay for a moment's day, calendar for what comes before or after it.";
const DAY_MS = 86_400_000;

const PARTS =
  /^(get|set)(UTC)?(FullYear|Year|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)$|^getTimezoneOffset$|^toLocale(Date|Time)?String$|^to(Date|Time|UTC|GMT)String$/;
const CUTS = new Set(['slice', 'substring', 'substr', 'split']);
const ISO_TEXTS = new Set(['toISOString', 'toJSON']);

/** @returns the name of a property, however it is written; undefined when it is computed. */
function nameOf(member) {
  if (member?.type !== 'MemberExpression') return undefined;
  const { property, computed } = member;
  if (!computed) return property.name;
  return property.type === 'Literal' ? String(property.value) : undefined;
}

const withoutChain = (node) => (node.type === 'ChainExpression' ? node.expression : node);
const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;

/** Whether a call gives the text of a date: `toISOString()`, `toJSON()`. */
function isIsoText(node) {
  const call = withoutChain(node);
  return call.type === 'CallExpression' && ISO_TEXTS.has(nameOf(call.callee));
}

/** Whether a call takes the first ten characters, or what is before the `T`, of any text. */
function isDayCut(name, [first, second], valueOf) {
  if (first === undefined) return false;
  if (name === 'split') return valueOf(first) === 'T';
  if (name === 'replace') return first.type === 'Literal' && /^T[.[\\]/.test(first.regex?.pattern ?? '');
  if (name !== 'slice' && name !== 'substring' && name !== 'substr') return false;
  if (valueOf(first) !== 0 || second === undefined) return false;
  return valueOf(second) === 10 || isSearchForT(second, valueOf);
}

function isSearchForT(node, valueOf) {
  return (
    node.type === 'CallExpression' && nameOf(node.callee) === 'indexOf' && valueOf(node.arguments[0]) === 'T'
  );
}

/** @returns the parts of a product, each as its value where that is known. */
function factorsOf(node, initOf) {
  if (node.type === 'BinaryExpression' && node.operator === '*')
    return [...factorsOf(node.left, initOf), ...factorsOf(node.right, initOf)];
  if (node.type === 'UnaryExpression' && node.operator === '-') return factorsOf(node.argument, initOf);
  const init = initOf(node);
  return init ? factorsOf(init, initOf) : [node];
}

/** Whether a term is one day or several in milliseconds, whatever it is multiplied by. */
function isDaysLong(node, initOf) {
  const known = factorsOf(node, initOf).flatMap((factor) => {
    if (factor.type === 'Literal' && typeof factor.value === 'number') return [factor.value];
    return factor.type === 'Identifier' && /^(ONE_)?DAYS?_?MS$/i.test(factor.name) ? [DAY_MS] : [];
  });
  const product = known.reduce((all, factor) => all * factor, 1);
  return product !== 0 && product % DAY_MS === 0;
}

/** @returns what a constant of the same file is set to; undefined for anything else. */
function constantOf(node, scope) {
  if (node?.type !== 'Identifier') return undefined;
  for (let at = scope; at; at = at.upper) {
    const found = at.set.get(node.name)?.defs[0];
    if (found)
      return found.parent?.kind === 'const' && found.node.id === found.name ? found.node.init : undefined;
  }
  return undefined;
}

const days = {
  meta: { type: 'problem', schema: [], messages: { day: REASON } },
  create(context) {
    const { sourceCode } = context;
    const { parserServices } = sourceCode;
    const report = (node) => context.report({ node, messageId: 'day' });
    const initOf = (node) => constantOf(node, sourceCode.getScope(node));
    const valueOf = (node) => (initOf(node) ?? node)?.value;
    const isText = (node) => {
      const type = parserServices.getTypeAtLocation(node);
      return (type.isUnion() ? type.types : [type]).some(
        ({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0,
      );
    };
    return {
      CallExpression(node) {
        const name = nameOf(node.callee);
        if (name === undefined) return;
        const { object } = node.callee;
        if (PARTS.test(name)) report(node);
        else if (CUTS.has(name) && isIsoText(object)) report(node);
        else if (isDayCut(name, node.arguments, valueOf) && isText(object)) report(node);
      },
      MemberExpression(node) {
        if (nameOf(node) === 'DateTimeFormat' && isNamed(node.object, 'Intl')) report(node);
      },
      NewExpression(node) {
        // Year, month and day are read as the machine's own.
        if (isNamed(node.callee, 'Date') && node.arguments.length > 1) report(node);
      },
      ':matches(BinaryExpression[operator=/^[+-]$/], AssignmentExpression[operator=/^[+-]=$/])'(node) {
        const terms = node.type === 'BinaryExpression' ? [node.left, node.right] : [node.right];
        if (terms.some((term) => isDaysLong(term, initOf))) report(node);
      },
    };
  },
};

export const daysPlugin = { rules: { days } };
