import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import {
  type InstalledSkill,
  parseManifestText,
  parseSha256,
  parseSkillMarkdown,
  type SkillManifest,
} from '@carapace/manifest';
import { RuntimeFailure } from '../errors.ts';
import type { LoadPowers } from './load-powers.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** Largest size of each file of a skill folder. A larger one is refused before it is read. */
export const SKILL_FILE_BYTES: Readonly<Record<'manifest' | 'markdown' | 'bundle' | 'sourceMap', number>> = {
  manifest: 256 * KIB,
  markdown: 256 * KIB,
  bundle: 8 * MIB,
  sourceMap: 8 * MIB,
};

/**
 * Reads a local folder as a skill that nobody has signed: skill.json, SKILL.md, the bundle and its source map. Every file is
 * read once and its digest is taken from the same bytes, so what was judged is what runs.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_LOAD for a missing or unusable file, ManifestInvalid for their content
 */
export function readSkillFolder(folder: string, powers: LoadPowers): InstalledSkill {
  const root = powers.realPath(folder);
  const files = new Map<string, Buffer>();
  const read = (name: string, maxBytes: number): Buffer | undefined => {
    const bytes = powers.readFile(join(root, name), maxBytes);
    if (bytes !== undefined) files.set(name, bytes);
    return bytes;
  };
  const manifest = parseManifestText(
    textOf('skill.json', required(folder, 'skill.json', read('skill.json', SKILL_FILE_BYTES.manifest))),
  );
  const markdown = textOf('SKILL.md', required(folder, 'SKILL.md', read('SKILL.md', SKILL_FILE_BYTES.markdown)));
  const { body } = parseSkillMarkdown(markdown, basename(root));
  assertSameName(folder, root, manifest);
  const bundle = textOf(manifest.main, required(folder, manifest.main, read(manifest.main, SKILL_FILE_BYTES.bundle)));
  const sourceMap = read(`${manifest.main}.map`, SKILL_FILE_BYTES.sourceMap);
  return {
    manifest,
    digest: parseSha256(`sha256-${digestOf(files)}`),
    bundle,
    ...(sourceMap === undefined ? {} : { sourceMap: sourceMap.toString('utf8') }),
    instructions: body,
    origin: 'unsigned-local',
  };
}

function required(folder: string, name: string, bytes: Buffer | undefined): Buffer {
  if (bytes !== undefined) return bytes;
  throw new RuntimeFailure('ERR_CARAPACE_RUNTIME_LOAD', `Cannot load skill "${folder}": ${name} is missing`, {
    detail: { file: name },
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(name: string, bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new RuntimeFailure('ERR_CARAPACE_RUNTIME_LOAD', `Cannot read "${name}": not valid UTF-8`, { cause });
  }
}

/** Agent Skills ties the folder to the name; a manifest of another name would be consented to under a false one. */
function assertSameName(folder: string, root: string, manifest: SkillManifest): void {
  if (manifest.name === basename(root)) return;
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_LOAD',
    `Cannot load skill "${folder}": the manifest's name is "${manifest.name}"`,
  );
}

/** Over name, length and bytes of each file in name order: no two different sets of files share an encoding. */
function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    hash.update(`${name}\0${bytes.length}\0`);
    hash.update(bytes);
  }
  return hash.digest('hex');
}
