import ts from 'typescript';

const REASON =
  'A name that is any text also finds what every object inherits, such as constructor: read it by ownValue of subgraphs/shared/names/own-value.ts, or keep a Map.';

const { Any, Unknown, String: Text, TemplateLiteral, StringMapping } = ts.TypeFlags;
const ANY_TEXT = Any | Unknown | Text | TemplateLiteral | StringMapping;

/** @returns the types that a value may have, with what is known of a type parameter in its place. */
function membersOf(type, checker) {
  const known = checker.getBaseConstraintOfType(type) ?? type;
  return known.isUnion() ? known.types.flatMap((member) => membersOf(member, checker)) : [known];
}

/** Whether an assertion, and no proof, says which keys there are. */
const isAsserted = (node) =>
  node.type === 'TSAsExpression' &&
  !(node.typeAnnotation.type === 'TSTypeReference' && node.typeAnnotation.typeName.name === 'const');

/** Whether what stands before the bracket answers to numbers alone: a list, bytes, a text. */
function isList(type, checker) {
  return (
    checker.isArrayLikeType(type) ||
    (type.flags & ts.TypeFlags.StringLike) !== 0 ||
    /^(Uint8|Uint16|Uint32|Int32|Float64)Array$|^Buffer$/.test(type.symbol?.name ?? '')
  );
}

const ownNames = {
  meta: { type: 'problem', schema: [], messages: { name: REASON } },
  create(context) {
    const { parserServices } = context.sourceCode;
    const checker = parserServices.program.getTypeChecker();
    const typesOf = (node) => membersOf(parserServices.getTypeAtLocation(node), checker);
    const isAnyText = (node) =>
      typesOf(isAsserted(node) ? node.expression : node).some(({ flags }) => (flags & ANY_TEXT) !== 0);
    const report = (node) => context.report({ node, messageId: 'name' });
    return {
      'MemberExpression[computed=true]'(node) {
        if (isAnyText(node.property) && !typesOf(node.object).every((type) => isList(type, checker)))
          report(node);
      },
      'BinaryExpression[operator="in"]'(node) {
        if (node.left.type !== 'PrivateIdentifier' && isAnyText(node.left)) report(node);
      },
      'ObjectPattern > Property[computed=true]'(node) {
        if (isAnyText(node.key)) report(node);
      },
    };
  },
};

export const ownNamesPlugin = { rules: { 'own-names': ownNames } };
