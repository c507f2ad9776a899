import { expect, test } from 'vitest';
import { findLargeFolders } from '../../src/house/folder-size.ts';

const files = (folder: string, count: number, extension = 'ts'): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/file-${index}.${extension}`);

test('a folder with 20 source files: is accepted; one with 21: is reported', () => {
  expect(findLargeFolders([...files('a', 20), ...files('b', 21)])).toEqual([{ folder: 'b', count: 21 }]);
});

test('files in subfolders and files that are no sources: are not counted', () => {
  expect(findLargeFolders([...files('a', 20), ...files('a/b', 20), ...files('a', 9, 'md')])).toEqual([]);
});
