/**
 * For a list of answers that has a place for each of those that were asked.
 * @returns each item with what stands in the same place of the other list
 * @throws Error where the lists are not of the same length
 */
export function pairs<A, B>(items: readonly A[], others: readonly B[]): (readonly [A, B])[] {
  if (items.length !== others.length)
    throw new Error(`${items.length} items stand beside ${others.length} others`);
  const rest = others.values();
  return items.map((item) => {
    const other = rest.next();
    if (other.done) throw new Error('a list has no value in the place of an item');
    return [item, other.value];
  });
}
