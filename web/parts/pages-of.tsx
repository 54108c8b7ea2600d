import { useState } from 'react';

/** A connection of the schema, as far as a list looks at it. */
export interface Connection<Row> {
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Row }[];
}

interface Pages<Row> {
  /** Where the page that is asked for begins. */
  readonly after: string | null;
  /** @returns the rows of all pages so far, and what asks for the next one; undefined at the end. */
  readonly rows: (connection: Connection<Row> | null | undefined) => {
    readonly rows: readonly Row[];
    readonly more: (() => void) | undefined;
  };
}

/** Keeps the pages of a list that have been seen while the next one is fetched. */
export function usePages<Row>(): Pages<Row> {
  const [after, setAfter] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<{ readonly upTo: string | null; readonly rows: readonly Row[] }>({
    upTo: null,
    rows: [],
  });
  return {
    after,
    rows(connection) {
      const page = connection?.edges.map(({ node }) => node) ?? [];
      const end = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
      // While the next page is under way the connection is still the one before.
      const isEarlier = end !== null && end === earlier.upTo;
      const rows = isEarlier ? earlier.rows : [...earlier.rows, ...page];
      const more = () => {
        setEarlier({ upTo: end, rows });
        setAfter(end);
      };
      return { rows, more: end === null || isEarlier ? undefined : more };
    },
  };
}
