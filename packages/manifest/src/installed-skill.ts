import type { Sha256 } from './ids.ts';
import type { SkillManifest } from './skill-manifest.ts';

/**
 * A skill that is ready to load: the hand-over between the registry client, which provides it, and the runtime, which
 * runs it. `bundle` is the very text whose digest was checked; nobody reads the file a second time.
 */
export interface InstalledSkill {
  readonly manifest: SkillManifest;
  /** Digest of the whole file tree. Consent, audit records and results name the skill by it. */
  readonly digest: Sha256;
  /** Text of the file that `manifest.main` names. */
  readonly bundle: string;
  /** Source map of the bundle, JSON text; used for stack traces only. */
  readonly sourceMap?: string;
  /** Body of SKILL.md: prose for the model, untrusted. */
  readonly instructions?: string;
  /** `registry`: verified signatures stand behind the digest. `unsigned-local`: a folder on this machine. */
  readonly origin: 'registry' | 'unsigned-local';
}
