import { createHash } from 'node:crypto';

/** Hashes as RFC 9162 §2.1 says: leaves and nodes have different prefixes, so neither passes for the other. */
export function leafHash(data: Uint8Array): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(0)).update(data).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** The largest power of two below `count`. */
function splitPoint(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

/** The root over leaf hashes in this order; at least one. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) throw new RangeError('a Merkle tree has at least one leaf');
  if (leaves.length === 1) return first;
  const split = splitPoint(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The inclusion path of one leaf, lowest sibling first. */
export function merklePath(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitPoint(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...merklePath(left, index), merkleRoot(right)]
    : [...merklePath(right, index - split), merkleRoot(left)];
}

export interface MerkleTree {
  readonly root: Uint8Array;
  /** The inclusion path of each leaf, as `merklePath` gives it. */
  readonly paths: readonly (readonly Uint8Array[])[];
}

/** Root and all paths at once: each node is hashed once, where a path for itself hashes the whole tree. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  const [first] = leaves;
  if (first === undefined) throw new RangeError('a Merkle tree has at least one leaf');
  if (leaves.length === 1) return { root: first, paths: [[]] };
  const split = splitPoint(leaves.length);
  const left = merkleTree(leaves.slice(0, split));
  const right = merkleTree(leaves.slice(split));
  return {
    root: nodeHash(left.root, right.root),
    paths: [
      ...left.paths.map((path) => [...path, right.root]),
      ...right.paths.map((path) => [...path, left.root]),
    ],
  };
}

export interface InclusionProof {
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

/** The root that a leaf and its path lead to; `undefined` when the path does not fit index and count. */
export function rootFromPath(leaf: Uint8Array, proof: InclusionProof): Uint8Array | undefined {
  const { index, count } = proof;
  const isPlace = Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count;
  return isPlace ? climb(leaf, proof) : undefined;
}

function climb(leaf: Uint8Array, { index, count, path }: InclusionProof): Uint8Array | undefined {
  if (count === 1) return path.length === 0 ? leaf : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined) return undefined;
  const split = splitPoint(count);
  const rest = path.slice(0, -1);
  const isLeft = index < split;
  const below = isLeft
    ? climb(leaf, { index, count: split, path: rest })
    : climb(leaf, { index: index - split, count: count - split, path: rest });
  if (below === undefined) return undefined;
  return isLeft ? nodeHash(below, sibling) : nodeHash(sibling, below);
}
