import { descriptionBlank } from './description-blank.ts';
import { enginesRange } from './engines-range.ts';
import { fsGlob } from './fs-glob.ts';
import { fsMountForm } from './fs-mount-form.ts';
import { fsMountReserved } from './fs-mount-reserved.ts';
import { fsMountUnique } from './fs-mount-unique.ts';
import { fsPathForm } from './fs-path-form.ts';
import { fsPathSensitive } from './fs-path-sensitive.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { hostALabel } from './host-a-label.ts';
import { hostAscii } from './host-ascii.ts';
import { hostBare } from './host-bare.ts';
import { hostIpLiteral } from './host-ip-literal.ts';
import { hostLabel } from './host-label.ts';
import { hostLocalName } from './host-local-name.ts';
import { hostLowerCase } from './host-lower-case.ts';
import { hostPublicSuffix } from './host-public-suffix.ts';
import { hostTrailingDot } from './host-trailing-dot.ts';
import { hostWildcard } from './host-wildcard.ts';
import { licenseForm } from './license-form.ts';
import { limitBounds } from './limit-bounds.ts';
import { mainRelativeJs } from './main-relative-js.ts';
import { nameForm } from './name-form.ts';
import { netHttpReason } from './net-http-reason.ts';
import { netMethod } from './net-method.ts';
import { netPath } from './net-path.ts';
import { netQuery } from './net-query.ts';
import { patternCount } from './pattern-count.ts';
import { permissionDuplicate } from './permission-duplicate.ts';
import type { Rule } from './rule.ts';
import { schemaSupported } from './schema-supported.ts';
import { secretBasic } from './secret-basic.ts';
import { secretHeader } from './secret-header.ts';
import { secretHostDeclared } from './secret-host-declared.ts';
import { secretNameForm } from './secret-name-form.ts';
import { secretPlace } from './secret-place.ts';
import { secretSigner } from './secret-signer.ts';
import { toolAnnotationsContradict } from './tool-annotations-contradict.ts';
import { toolApprovalDestructive } from './tool-approval-destructive.ts';
import { toolInputObject } from './tool-input-object.ts';
import { toolLimitAboveSkill } from './tool-limit-above-skill.ts';
import { toolNameForm } from './tool-name-form.ts';
import { toolNameLength } from './tool-name-length.ts';
import { toolNameUnique } from './tool-name-unique.ts';
import { toolPermissionDeclared } from './tool-permission-declared.ts';
import { toolReadOnlyWrites } from './tool-read-only-writes.ts';
import { toolsEmpty } from './tools-empty.ts';
import { versionSemver } from './version-semver.ts';

/** Every semantic rule, in the order in which the reference lists them. */
export const RULES: readonly Rule[] = Object.freeze([
  nameForm,
  versionSemver,
  mainRelativeJs,
  enginesRange,
  licenseForm,
  descriptionBlank,
  hiddenCharacters,
  toolsEmpty,
  toolNameForm,
  toolNameUnique,
  toolNameLength,
  toolAnnotationsContradict,
  toolApprovalDestructive,
  toolReadOnlyWrites,
  toolPermissionDeclared,
  toolLimitAboveSkill,
  toolInputObject,
  schemaSupported,
  fsMountForm,
  fsMountUnique,
  fsMountReserved,
  fsPathForm,
  fsPathSensitive,
  fsGlob,
  hostBare,
  hostAscii,
  hostLowerCase,
  hostTrailingDot,
  hostWildcard,
  hostLabel,
  hostIpLiteral,
  hostLocalName,
  hostALabel,
  hostPublicSuffix,
  netMethod,
  netPath,
  netQuery,
  netHttpReason,
  secretNameForm,
  secretHostDeclared,
  secretPlace,
  secretHeader,
  secretBasic,
  secretSigner,
  permissionDuplicate,
  patternCount,
  limitBounds,
]);

/** Ids of the rules an operator may waive by name. */
export const OVERRIDABLE_RULES: readonly string[] = Object.freeze(
  RULES.filter((rule) => rule.overridable === true).map((rule) => rule.id),
);
