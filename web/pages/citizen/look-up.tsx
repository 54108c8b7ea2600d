import { createContext, useContext, useMemo, type ReactNode } from 'react';
import {
  useQuery,
  type AnyVariables,
  type OperationContext,
  type TypedDocumentNode,
  type UseQueryResponse,
} from 'urql';

const LookUpContext = createContext<Partial<OperationContext>>({});

interface LookUpProps {
  /** Why the person is looked up, when the user has stated it. */
  readonly purpose: string | null;
  readonly children: ReactNode;
}

/** Everything asked below is one look-up: its log entries carry one number, and the purpose. */
export function LookUp({ purpose, children }: LookUpProps) {
  const context = useMemo(
    () => ({
      fetchOptions: {
        credentials: 'same-origin' as const,
        headers: {
          'overblik-lookup': crypto.randomUUID(),
          ...(purpose !== null && { 'overblik-purpose': purpose }),
        },
      },
    }),
    [purpose],
  );
  return <LookUpContext value={context}>{children}</LookUpContext>;
}

/** @returns what a change made from this look-up is sent with. */
export const useLookUpContext = (): Partial<OperationContext> => useContext(LookUpContext);

/** Asks a part of the look-up. @returns its answer, and how to ask again */
export function useLookUp<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): UseQueryResponse<Data, Variables> {
  const context = useContext(LookUpContext);
  // cast: urql's type asks for variables exactly where there are any, which is open here
  return useQuery<Data, Variables>({ query, variables, context, pause } as never);
}
