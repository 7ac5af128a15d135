// Generated from schema/skill-manifest.schema.json by scripts/generate.ts; do not edit
export const KNOWN_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["", ["$schema","manifestVersion","name","version","description","license","main","engines","tools","permissions","config","isolation","limits"]],
  ["/engines", ["carapace"]],
  ["/tools/*", ["title","description","input","output","annotations","approval","permissions","limits"]],
  ["/tools/*/annotations", ["readOnly","destructive","idempotent","openWorld"]],
  ["/tools/*/limits", ["concurrency","callsPerMinute"]],
  ["/permissions", ["fs","net","secrets","data","jit"]],
  ["/permissions/fs/*", ["mount","path","access","match","except","reason"]],
  ["/permissions/net/*", ["host","scheme","ports","methods","paths","query","reason"]],
  ["/permissions/secrets/*", ["name","description","host","port","path","in","reason"]],
  ["/permissions/secrets/*/in", ["header","prefix","query","basic","signer","options"]],
  ["/permissions/secrets/*/in/basic", ["username"]],
  ["/permissions/data", ["quotaMiB","files","reason"]],
  ["/limits", ["wallMs","cpuMs","memoryMiB","outputKiB","logKiB","brokerCalls","fetches","bytesInMiB","bytesOutKiB","fsReadMiB","fsWriteMiB","files","concurrency","callsPerMinute"]],
]);
