const REASON =
  'A cast says more than the compiler knows: read the value by a shape, a guard or a narrower type, or write the reason above it as `// cast: reason`.';

const GIVEN = /^\s*cast: \S/;

const isConst = ({ typeAnnotation }) =>
  typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.name === 'const';

/** @returns the first line of the statement, field or tag that a cast stands in */
function beginningOf(node) {
  let at = node;
  while (at.parent && !/Statement$|Declaration$|^Property$|^PropertyDefinition$|^JSXElement$/.test(at.type))
    at = at.parent;
  return at.loc.start.line;
}

const casts = {
  meta: { type: 'problem', schema: [], messages: { cast: REASON } },
  create(context) {
    const reasons = new Set(
      context.sourceCode
        .getAllComments()
        .filter(({ value }) => GIVEN.test(value))
        .map(({ loc }) => loc.end.line),
    );
    const hasReason = (node) =>
      [node.loc.start.line, beginningOf(node)].some((line) => reasons.has(line) || reasons.has(line - 1));
    const check = (node) => {
      // Of `x as unknown as T` the whole is one cast.
      if (isConst(node) || node.parent.type === 'TSAsExpression' || hasReason(node)) return;
      context.report({ node, messageId: 'cast' });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};

export const castsPlugin = { rules: { casts } };
