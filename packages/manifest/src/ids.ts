import valid from 'semver/functions/valid.js';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A skill's name under the Agent Skills rules: 1-64 of `a-z0-9-`, no leading, trailing or double hyphen. */
export type SkillName = Branded<'SkillName'>;
/** An exact semantic version in canonical form, without build metadata. */
export type SkillVersion = Branded<'SkillVersion'>;
/** A tool's name: 1-64 of `A-Za-z0-9_-`, the common subset of what model providers accept. */
export type ToolName = Branded<'ToolName'>;
/** First component of a virtual path: 1-32 of `a-z0-9-`, starting with a letter. */
export type MountName = Branded<'MountName'>;
/** `sha256-` and 64 lower-case hexadecimal digits. */
export type Sha256 = Branded<'Sha256'>;
/** `sha512-` and 128 lower-case hexadecimal digits. */
export type Sha512 = Branded<'Sha512'>;

const MAX_VERSION_LENGTH = 64;
const SKILL_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MOUNT_NAME = /^[a-z][a-z0-9-]{0,31}$/;
const SHA256 = /^sha256-[0-9a-f]{64}$/;
const SHA512 = /^sha512-[0-9a-f]{128}$/;

/** Tells whether a string is a skill name. */
export function isSkillName(text: string): text is SkillName {
  return text.length <= 64 && SKILL_NAME.test(text);
}

/** Tells whether a string is a canonical semantic version; `v1.0.0`, `1.0` and build metadata are not. */
export function isSkillVersion(text: string): text is SkillVersion {
  return text.length <= MAX_VERSION_LENGTH && valid(text) === text;
}

/** Tells whether a string is a tool name. */
export function isToolName(text: string): text is ToolName {
  return TOOL_NAME.test(text);
}

/** Tells whether a string is a mount name. */
export function isMountName(text: string): text is MountName {
  return MOUNT_NAME.test(text);
}

/** Tells whether a string is a SHA-256 digest in the notation of this project. */
export function isSha256(text: string): text is Sha256 {
  return SHA256.test(text);
}

/** Tells whether a string is a SHA-512 digest in the notation of this project. */
export function isSha512(text: string): text is Sha512 {
  return SHA512.test(text);
}

function parseWith<Id extends string>(what: string, accepts: (text: string) => text is Id): (text: string) => Id {
  return (text) => {
    if (typeof text === 'string' && accepts(text)) return text;
    throw new TypeError(`Cannot parse ${what} ${JSON.stringify(String(text).slice(0, 80))}: not in canonical form`);
  };
}

/** Brands a skill name. Throws TypeError for any other text. */
export const parseSkillName: (text: string) => SkillName = parseWith('skill name', isSkillName);
/** Brands a canonical semantic version. Throws TypeError for any other text. */
export const parseSkillVersion: (text: string) => SkillVersion = parseWith('skill version', isSkillVersion);
/** Brands a tool name. Throws TypeError for any other text. */
export const parseToolName: (text: string) => ToolName = parseWith('tool name', isToolName);
/** Brands a mount name. Throws TypeError for any other text. */
export const parseMountName: (text: string) => MountName = parseWith('mount name', isMountName);
/** Brands a SHA-256 digest. Throws TypeError for any other text. */
export const parseSha256: (text: string) => Sha256 = parseWith('SHA-256 digest', isSha256);
/** Brands a SHA-512 digest. Throws TypeError for any other text. */
export const parseSha512: (text: string) => Sha512 = parseWith('SHA-512 digest', isSha512);

/** Longest `<skill>__<tool>` that every model provider accepts as a function name. */
export const MAX_QUALIFIED_TOOL_NAME = 64;

/** The name a model sees: `<skill>__<tool>`. */
export function qualifiedToolName(skill: string, tool: string): string {
  return `${skill}__${tool}`;
}
