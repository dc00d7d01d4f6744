import { type GitFile, gitBlobId, gitTrees, regularMode } from '../model/git-object.ts';
import { type FileTree, treeFiles } from '../model/tree.ts';

/** The id that git gives a tree of these files, each with mode 100644. @throws DefectError for a path git refuses. */
export function gitTreeId(tree: FileTree): string {
  return gitTrees(filesOf(tree)).rootId;
}

/**
 * The same without `hydrator.metadata`: what plans, digests and "did anything change" go by. The metadata names the
 * definitions commit and so differs where nothing else does.
 */
export function contentTreeId(tree: FileTree): string {
  return contentTreeIdOf(filesOf(tree));
}

/** As `contentTreeId`, for a tree that lies in git already. */
export function contentTreeIdOf(files: Iterable<GitFile>): string {
  return gitTrees([...files].filter(({ path }) => path !== treeFiles.metadata)).rootId;
}

function filesOf(tree: FileTree): GitFile[] {
  return [...tree].map(([path, bytes]) => ({ path, mode: regularMode, id: gitBlobId(bytes) }));
}
