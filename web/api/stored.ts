import type { TypedDocumentNode } from 'urql';

/**
 * @param documentId id of a stored operation
 * @returns the operation as urql takes it: it sends the id and nothing else, so the page can run no operation of its own
 */
export function stored<Data, Variables>(documentId: string): TypedDocumentNode<Data, Variables> {
  // cast: urql never looks into a document that has an id
  return { kind: 'Document', definitions: [], documentId } as unknown as TypedDocumentNode<Data, Variables>;
}
