import type { PermissionSet } from '../permission.ts';
import type { ToolDefinition } from '../tool-definition.ts';

/**
 * The part of a skill's permissions that one tool holds. Without a list of its own a tool holds all of them; an empty
 * list holds nothing. `data` is held by a tool that lists `data`. `jit` is a property of the worker and stays.
 */
export function narrowToTool(permissions: PermissionSet, tool: Pick<ToolDefinition, 'permissions'>): PermissionSet {
  const held = tool.permissions;
  if (held === undefined) return permissions;
  return Object.freeze({
    fs: Object.freeze(permissions.fs.filter((entry) => held.includes(`fs:${entry.mount}`))),
    net: Object.freeze(permissions.net.filter((entry) => held.includes(`net:${entry.host}`))),
    secrets: Object.freeze(permissions.secrets.filter((entry) => held.includes(`secret:${entry.name}`))),
    ...(permissions.data !== undefined && held.includes('data') ? { data: permissions.data } : {}),
    jit: permissions.jit,
  });
}
